"""Passwords: argon2 by a library, and what is too weak."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from houlu.people.errors import PeopleError

SHORTEST, LONGEST = 10, 200
_DIFFERENT = 5
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread on paper
_hasher = PasswordHasher()
#: Verified for a name that does not exist, so that it takes as long.
NOBODY = _hasher.hash(secrets.token_hex(16))


def hashed(password: str) -> str:
    """What is stored. Slow on purpose."""
    return _hasher.hash(password)


def matches(stored: str, password: str) -> bool:
    """Whether it is the one. Slow on purpose."""
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def first_password() -> str:
    """One to be told once and changed at the first log-in: 80 random bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def require_good(password: str, name: str) -> None:
    """Raises PeopleError weak_password."""
    plain = password.lower()
    fine = SHORTEST <= len(password) <= LONGEST and len(set(plain)) >= _DIFFERENT and name.lower() not in plain
    if not fine:
        raise PeopleError("weak_password", f"{SHORTEST} to {LONGEST} characters, {_DIFFERENT} different ones, no name")
