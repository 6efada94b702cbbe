"""Ids and tokens of conversations. Only a token's hash is stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import uuid

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_CHOICE = re.compile(r"[0-9a-f]{16}")
_ID = re.compile(r"[0-9a-f]{32}")


def new_id() -> str:
    """An id nobody can guess."""
    return uuid.uuid4().hex


def new_token() -> str:
    """A bearer token of 256 random bits."""
    return secrets.token_urlsafe(32)


def new_choice_id() -> str:
    """An opaque id for a quick reply."""
    return secrets.token_hex(8)


def visit_token(bearer: str, salt: str) -> str:
    """The token of a visit sheet's link: 256 bits that only the bearer token's owner can make, and not the way back."""
    digest = hmac.new(bearer.encode(), f"visit:{salt}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def is_id(text: str) -> bool:
    """Whether it could be a conversation's id (the database is not asked about anything else)."""
    return _ID.fullmatch(text) is not None


def is_choice_id(text: str) -> bool:
    """Whether it could be a quick reply's id."""
    return _CHOICE.fullmatch(text) is not None


def is_token(text: str) -> bool:
    """Whether it could be a token."""
    return _TOKEN.fullmatch(text) is not None


def hashed(token: str) -> str:
    """What is stored of a token. It is random, so it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def matches(token: str, stored_hash: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(hashed(token), stored_hash)


def fingerprint(token: str, content: str) -> str:
    """Tells a repeated message from a changed one. Keyed by the token, which is not stored: it betrays no words."""
    return hmac.new(token.encode(), content.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
