"""One line for each event. Never a patient's words: callers pass names and numbers, and ids are shortened here."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

# Libraries that put what a patient wrote into their messages: only the place is told.
_QUOTING = ("rasa", "rasa_sdk", "jieba")
_LONG_ID = re.compile(r"\b([0-9a-f]{8})[0-9a-f]{24}\b")


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        if record.name.partition(".")[0] in _QUOTING:
            record = logging.makeLogRecord({**vars(record), "msg": f"{record.pathname}:{record.lineno}", "args": ()})
        line = super().format(record).replace("\n", " | ")
        return _LONG_ID.sub(r"\1", line)

    def formatException(self, ei: object) -> str:  # noqa: N802 (the name is logging's)
        # An exception's message may quote what a patient wrote: only its type and its place are told.
        error = ei[1] if isinstance(ei, tuple) else None
        return where(error) if isinstance(error, BaseException) else ""


def configure(level: int = logging.INFO) -> None:
    """Send the log of this process to standard error, one line an event, without anybody's words."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
    _restrain_structlog()


def _restrain_structlog() -> None:
    """Rasa logs through structlog, which prints everything to standard output unless told otherwise."""
    with suppress(ImportError):
        import structlog

        structlog.configure(
            processors=[_name_only],
            wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
            logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        )


def _name_only(_logger: object, level: str, event_dict: MutableMapping[str, Any]) -> str:
    """The event's name: its values, and what follows a colon in it, may quote a patient."""
    return f"{level.upper()} rasa {str(event_dict.get('event')).split()[0].rstrip(':')}"


def event(logger: logging.Logger, level: int, name: str, **fields: object) -> None:
    """Log `name key=value ...`."""
    logger.log(level, " ".join([name, *(f"{key}={_shown(value)}" for key, value in fields.items())]))


def where(error: BaseException) -> str:
    """The type of an error and the line that raised it, without its message."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"


def _shown(value: object) -> str:
    text = _LONG_ID.sub(r"\1", str(value))
    return json.dumps(text, ensure_ascii=False) if re.search(r"[\s\"=]", text) else text
