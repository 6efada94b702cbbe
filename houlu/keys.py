"""The one secret of an installation, and the keys made from it."""

from __future__ import annotations

import base64
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.engine import make_url


@dataclass(frozen=True)
class Keys:
    """audit: the key of the audit log's codes. box: encrypts what is kept for a short while."""

    audit: bytes
    box: Fernet

    @classmethod
    def of(cls, secret: str) -> Keys:
        """Different keys for different uses."""
        return cls(_derived(secret, "audit"), Fernet(base64.urlsafe_b64encode(_derived(secret, "box"))))

    def hide(self, text: str) -> str:
        """Encrypt."""
        return self.box.encrypt(text.encode()).decode()

    def open(self, hidden: str) -> str | None:
        """Decrypt; None when it was hidden with another secret."""
        try:
            return self.box.decrypt(hidden.encode()).decode()
        except InvalidToken:
            return None


def load_keys(secret: str | None, database_url: str, default_folder: Path) -> Keys:
    """The keys of the setting, else of a file beside the SQLite database (or in the default folder), made at first use.

    Raises OSError when the file can neither be read nor written.
    """
    if secret:
        return Keys.of(secret)
    database = make_url(database_url).database if database_url.startswith("sqlite") else None
    return Keys.of(_of_file((Path(database).parent if database else default_folder) / "secret.key"))


def _of_file(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as opened:
        secret = secrets.token_urlsafe(32)
        opened.write(f"{secret}\n")
    return secret


def _derived(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, None, f"houlu {purpose}".encode()).derive(secret.encode())
