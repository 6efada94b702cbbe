"""The people at the desk as programs use them: log-in, sessions, accounts, each act in the audit log."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NoReturn

import pyotp
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from houlu.conversations import tokens
from houlu.conversations.database import Database
from houlu.conversations.store import utc_now
from houlu.conversations.upsert import upsert
from houlu.keys import Keys
from houlu.people import accounts, passwords, presence
from houlu.people.accounts import Person
from houlu.people.audit import Audit
from houlu.people.errors import NotSignedIn, PeopleError, WrongLogin
from houlu.people.tables import login_failures, sessions
from houlu.people.tables import people as table

FREE_FAILURES = 5
LOCKED = timedelta(minutes=15)
_CODE_SECONDS = 30
_USED_EVERY = timedelta(seconds=30)  # how exactly idleness is measured


@dataclass(frozen=True)
class Rules:
    """How long a session lasts, and how long somebody who is not heard of counts as present."""

    session: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(minutes=60)
    away_seconds: int = 120


@dataclass(frozen=True)
class Session:
    """Somebody who is signed in. token: never stored, only its hash."""

    person: Person
    token: str
    expires_at: datetime

    @property
    def csrf(self) -> str:
        """What only a page that could read our answers knows."""
        return hmac.new(self.token.encode(), b"csrf", hashlib.sha256).hexdigest()

    def knows(self, csrf: str | None) -> bool:
        """Compare in constant time."""
        return hmac.compare_digest(self.csrf.encode(), (csrf or "").encode())


class People:
    """Blocking: call it from a thread. Every method raises DatabaseDown, too."""

    def __init__(
        self, database: Database, keys: Keys, audit: Audit, rules: Rules, now: Callable[[], datetime] = utc_now
    ) -> None:
        self.rules = rules
        self._database, self._keys, self._audit, self._now = database, keys, audit, now

    # Log-in and sessions.

    def login(self, name: str, password: str, code: str | None = None) -> Session:
        """Begin a session. Raises WrongLogin, PeopleError code_needed or locked."""
        person, failed = self._database.read(lambda c: (accounts.find(c, name), _failed(c, name)))
        if seconds := self._locked_for(failed):
            raise PeopleError("locked", "too many wrong log-ins", seconds)
        right = passwords.matches(person.password if person else passwords.NOBODY, password[:passwords.LONGEST + 1])
        if person is None or not right or person.disabled:
            self._fail(name, person)
        step = None
        if person.totp:
            if code is None:
                raise PeopleError("code_needed", "the one-time code is missing")
            step = self._step(person, code)
            if step is None:
                self._fail(name, person)
        return self._database.write(lambda c: self._begin(c, person, step))

    def session(self, token: str | None, active: bool = True, stream: bool = False) -> Session:
        """Who is signed in. active: somebody did something, so it does not end by idleness. stream: an open stream
        asks, which shows presence only where the page sends no heartbeats.

        Raises NotSignedIn.
        """
        if token is None or not tokens.is_token(token):
            raise NotSignedIn
        hashed, now = tokens.hashed(token), self._now()
        query = sa.select(sessions).where(sessions.c.token_hash == hashed)

        def read(c: Connection) -> tuple[Any, Person | None, datetime | None]:
            row = c.execute(query).first()
            return (row, accounts.find(c, row.person), presence.last(c, row.person)) if row else (None, None, None)

        row, person, seen = self._database.read(read)
        if row is None or person is None or person.disabled or row.expires_at <= now:
            raise NotSignedIn
        if now - row.used_at > self.rules.idle:
            raise NotSignedIn
        stale = active and now - row.used_at > _USED_EVERY
        unseen = seen is None or (utc_now() - seen).total_seconds() > self.rules.away_seconds / 8
        if stale or (unseen and not (stream and row.beats)):
            self._database.write(lambda c: _use(c, hashed, person.name, now if stale else None))
        return Session(person, token, row.expires_at)

    def beat(self, session: Session, active: bool) -> int:
        """The page is awake. active: and somebody touched it. The seconds until the session ends by idleness."""
        now, mine = self._now(), sessions.c.token_hash == tokens.hashed(session.token)
        values = {"beats": True, **({"used_at": now} if active else {})}

        def work(c: Connection) -> datetime:
            c.execute(sa.update(sessions).where(mine).values(**values))
            used: datetime = c.execute(sa.select(sessions.c.used_at).where(mine)).scalar() or now
            return used

        return max(0, int((self._database.write(work) + self.rules.idle - now).total_seconds()))

    def logout(self, session: Session) -> None:
        """End a session; with the last one the person has left."""

        def work(c: Connection) -> None:
            c.execute(sa.delete(sessions).where(sessions.c.token_hash == tokens.hashed(session.token)))
            presence.leave(c, session.person.name)
            self._audit.note(c, session.person.name, "logged_out")

        self._database.write(work)

    def change_password(self, session: Session, old: str, new: str) -> None:
        """The other sessions of the person end. Raises PeopleError wrong_password, weak_password or locked."""
        name = session.person.name
        if seconds := self._locked_for(self._database.read(lambda c: _failed(c, name))):
            raise PeopleError("locked", "too many wrong passwords", seconds)
        if not passwords.matches(session.person.password, old):
            self._database.write(lambda c: _count_failure(c, name, self._now()))
            raise PeopleError("wrong_password", "the old password is wrong")
        passwords.require_good(new, name)
        hashed = passwords.hashed(new)

        def work(c: Connection) -> None:
            accounts.end_sessions(c, name, but=tokens.hashed(session.token))
            kept = {"password": hashed, "must_change": False}
            c.execute(sa.update(table).where(table.c.name == name).values(**kept))
            self._audit.note(c, name, "changed_password")

        self._database.write(work)

    # Accounts; `by` is who does it.

    def add(self, by: str, name: str, title: str, role: str, password: str | None = None) -> tuple[Person, str]:
        """Make an account; without a password it gets a first one. Raises PeopleError."""
        given = password or passwords.first_password()
        passwords.require_good(given, name)
        hashed = passwords.hashed(given)

        def work(c: Connection) -> Person:
            made = accounts.add(c, name, title, role, hashed, must_change=password is None)
            self._audit.note(c, by, "added_person", detail=f"{name} {role}")
            return made

        return self._database.write(work), given

    def change(self, by: str, name: str, **values: Any) -> Person:
        """Title, role, disabled. Raises PeopleError."""
        if by == name and (values.get("disabled") or "role" in values):
            raise PeopleError("role", "nobody disables or demotes themselves")

        def work(c: Connection) -> Person:
            changed = accounts.change(c, name, **values)
            told = " ".join(f"{key}={values[key]}" for key in ("role", "disabled") if key in values)
            self._audit.note(c, by, "changed_person", detail=f"{name} {told}".strip())
            return changed

        return self._database.write(work)

    def new_password(self, by: str, name: str, password: str | None = None) -> str:
        """Set a first password (or the given one) and lift the lock; all sessions end. Raises PeopleError."""
        given = password or passwords.first_password()
        passwords.require_good(given, name)
        hashed = passwords.hashed(given)

        def work(c: Connection) -> None:
            accounts.change(c, name, password=hashed, must_change=password is None)
            _forget_failures(c, name)
            self._audit.note(c, by, "reset_password", detail=name)

        self._database.write(work)
        return given

    def new_totp(self, by: str, name: str) -> tuple[str, str]:
        """A new secret for one-time codes, and its address for a QR code; all sessions end. Raises PeopleError."""
        secret = pyotp.random_base32()

        def work(c: Connection) -> None:
            accounts.change(c, name, totp=self._keys.hide(secret), totp_step=None)
            self._audit.note(c, by, "set_totp", detail=name)

        self._database.write(work)
        return secret, pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Houlu")

    def no_totp(self, by: str, name: str) -> None:
        """Without one-time codes from now on. Raises PeopleError."""

        def work(c: Connection) -> None:
            accounts.change(c, name, totp=None, totp_step=None)
            self._audit.note(c, by, "removed_totp", detail=name)

        self._database.write(work)

    def everybody(self) -> tuple[list[Person], set[str], dict[str, datetime]]:
        """All accounts, who is online, when they were last heard of."""
        return self._database.read(
            lambda c: (accounts.everybody(c), presence.online(c, self.rules.away_seconds), presence.seen(c)))

    # Failures.

    def _locked_for(self, failed: tuple[int, datetime] | None) -> int:
        if failed is None or failed[0] < FREE_FAILURES:
            return 0
        left = (failed[1] + LOCKED - self._now()).total_seconds()
        return max(0, int(left + 0.999))

    def _fail(self, name: str, person: Person | None) -> NoReturn:
        def work(c: Connection) -> None:
            _count_failure(c, name, self._now())
            # A name that does not exist may be a password typed into the wrong field: it is not kept.
            self._audit.note(c, person.name if person else "?", "login_failed")

        self._database.write(work)
        raise WrongLogin

    def _step(self, person: Person, code: str) -> int | None:
        """The time step of a right code that was not used before; one step early or late is right, too."""
        secret = self._keys.open(person.totp or "")
        now = int((self._now() - datetime(1970, 1, 1)).total_seconds()) // _CODE_SECONDS
        for step in (now, now - 1, now + 1):
            unused = person.totp_step is None or step > person.totp_step
            if secret and unused and hmac.compare_digest(pyotp.HOTP(secret).at(step), code.strip()):
                return step
        return None

    def _begin(self, c: Connection, person: Person, step: int | None) -> Session:
        token, now = tokens.new_token(), self._now()
        if step is not None:
            free = sa.or_(table.c.totp_step.is_(None), table.c.totp_step < step)
            used = sa.update(table).where(table.c.name == person.name, free)
            if not c.execute(used.values(totp_step=step)).rowcount:
                raise WrongLogin
        _forget_failures(c, person.name)
        c.execute(sa.delete(sessions).where(sessions.c.expires_at <= now))
        ends = now + self.rules.session
        row = {"token_hash": tokens.hashed(token), "person": person.name, "made_at": now, "used_at": now}
        c.execute(sa.insert(sessions).values(**row, expires_at=ends))
        presence.touch(c, person.name)
        self._audit.note(c, person.name, "logged_in")
        return Session(person, token, ends)


def _use(c: Connection, token_hash: str, name: str, now: datetime | None) -> None:
    if now is not None:
        c.execute(sa.update(sessions).where(sessions.c.token_hash == token_hash).values(used_at=now))
    presence.touch(c, name)


def _key(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def _failed(c: Connection, name: str) -> tuple[int, datetime] | None:
    row = c.execute(sa.select(login_failures).where(login_failures.c.name_hash == _key(name))).first()
    return (row.failures, row.last_at) if row else None


def _count_failure(c: Connection, name: str, now: datetime) -> None:
    c.execute(sa.delete(login_failures).where(login_failures.c.last_at < now - LOCKED))
    upsert(c, login_failures, {"name_hash": _key(name)}, {"failures": 1, "last_at": now},
           failures=login_failures.c.failures + 1)


def _forget_failures(c: Connection, name: str) -> None:
    c.execute(sa.delete(login_failures).where(login_failures.c.name_hash == _key(name)))
