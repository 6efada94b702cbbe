"""Every setting of Houlu, read once from the environment or `.env`; `.env.example` explains them to the operator."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from limits import parse_many
from pydantic import BaseSettings, Field, validator

from houlu.desk.hours import OfficeHours
from houlu.keys import Keys, load_keys

ROOT = Path(__file__).resolve().parents[1]
_FRAME_SOURCE = re.compile(r"'self'|'none'|(https?://)?[\w*.:-]+")


class Settings(BaseSettings):
    """What may differ between two installations. A wrong value fails at start-up with its name."""

    host: str = "127.0.0.1"
    port: int = Field(default=5005, ge=1, le=65535)
    database_url: str = f"sqlite:///{ROOT / 'var' / 'houlu.db'}"
    redis_url: str | None = None
    model: Path | None = None
    knowledge: Path = ROOT / "data" / "knowledge"
    media: Path = ROOT / "data" / "media"
    phone: str | None = None
    office_hours: str = "mon-fri 08:30-12:00,13:30-17:30"
    rate_limit: str = "30/minute"
    open_limit: str = "60/minute"
    retention_days: int = Field(default=180, ge=1)
    learn_since: date | None = None
    public_url: str | None = None
    frame_ancestors: str = "'self'"
    turn_timeout: float = Field(default=10.0, gt=0)
    knowledge_page: Literal["off", "on"] = "off"
    secret_key: str | None = Field(default=None, min_length=32)
    desk_answers: Path = ROOT / "data" / "desk"
    desk_session_hours: int = Field(default=12, ge=1, le=168)
    desk_idle_minutes: int = Field(default=60, ge=1)
    desk_away_seconds: int = Field(default=120, ge=5)
    desk_warn_minutes: int = Field(default=10, ge=1)
    desk_escalate_minutes: int = Field(default=30, ge=1)

    class Config:
        """Where the values come from."""

        env_prefix = "HOULU_"
        env_file = (ROOT / ".env", ".env")
        env_file_encoding = "utf-8"

    @validator("phone", "public_url", "model", "learn_since", "secret_key", "redis_url", pre=True)
    @classmethod
    def _blank_is_unset(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @validator("database_url")
    @classmethod
    def _known_driver(cls, value: str) -> str:
        value = re.sub(r"^postgres(ql)?://", "postgresql+psycopg2://", value)
        if not value.startswith(("sqlite:///", "postgresql+psycopg2://")):
            raise ValueError("use sqlite:///file or postgresql://user:password@host/name")
        return value

    @validator("redis_url")
    @classmethod
    def _known_scheme(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("redis://", "rediss://")):
            raise ValueError("use redis://host:6379/0, or rediss:// for TLS")
        return value

    @validator("office_hours")
    @classmethod
    def _readable_hours(cls, value: str) -> str:
        OfficeHours.parse(value)
        return value

    @validator("rate_limit", "open_limit")
    @classmethod
    def _readable_limit(cls, value: str) -> str:
        if value != "off":
            parse_many(value)
        return value

    @validator("frame_ancestors")
    @classmethod
    def _only_sources(cls, value: str) -> str:
        # The value goes into a response header: nothing but a list of sources may get there.
        if not value.split() or not all(_FRAME_SOURCE.fullmatch(part) for part in value.split()):
            raise ValueError("use 'self', 'none' or a list of origins such as https://www.hospital.cn")
        return value

    @property
    def secure(self) -> bool:
        """Whether people reach us through TLS."""
        return (self.public_url or "").startswith("https://")

    def keys(self) -> Keys:
        """The keys of this installation; makes them at the first use when HOULU_SECRET_KEY is unset. Raises OSError."""
        return load_keys(self.secret_key, self.database_url, ROOT / "var")


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process. Raises pydantic.ValidationError naming every wrong value."""
    return Settings()
