"""The log keeps events and places, and nobody's words."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import logging, structlog
from houlu import log
log.configure()
structlog.get_logger().debug("processor.message.parse", text="SECRET")
structlog.get_logger().error("processor.failed", text="SECRET")
logging.getLogger("rasa.core.processor").error("cannot parse SECRET")
try:
    raise ValueError("SECRET")
except ValueError:
    logging.getLogger("houlu.api").exception("failed")
log.event(logging.getLogger("houlu"), logging.INFO, "turn", conversation="0123456789abcdef" * 2, note="a b")
"""


def test_no_words_of_anybody_reach_the_log() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout == ""
    assert "SECRET" not in done.stderr
    lines = done.stderr.splitlines()
    assert "processor.failed" in lines[0]
    assert "rasa.core.processor" in lines[1]
    assert "ValueError at <string>:9" in lines[2]
    assert lines[3].endswith('turn conversation=01234567 note="a b"')
    assert len(lines) == 4
