"""Measures Houlu beside a bot with Rasa's default configuration: `make bench`, or `python bench/run.py --quick`.

Exit code 0: all targets met; 1: a target missed; 2: nothing could be measured. What and how: docs/bench.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from bots import CACHE, ROOT
from measure import Comparison, Plan
from programs import BenchError
from report import markdown, plain, table, targets

RESULTS = ROOT / "bench" / "results"
_BUSY = 1.0


def main() -> int:
    """Measure, print, write, judge."""
    arguments = _arguments()
    plan = Plan.quick() if arguments.quick else Plan()
    signal.signal(signal.SIGTERM, _interrupted)
    CACHE.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()

    def say(line: str) -> None:
        print(f"[{time.monotonic() - begun:4.0f} s] {line}", flush=True)

    machine = _machine()
    if machine["load_at_start"] > _BUSY:
        say(f"the machine is busy (load {machine['load_at_start']}): the numbers will be worse than they could be")
    try:
        with tempfile.TemporaryDirectory(prefix="houlu-bench-") as scratch:
            comparison = Comparison(plan, Path(scratch), say)
            bots = comparison.run(arguments.train)
    except BenchError as error:
        print(f"cannot measure: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted; all that was started has been ended", file=sys.stderr)
        return 2
    goals = targets(bots["houlu"], bots["peer"], plan.late)
    rows = table(bots["houlu"], bots["peer"], plan.users, plan.late)
    say("done\n\n" + plain(rows) + "\n")
    record = {
        "at": datetime.now(timezone.utc).isoformat(timespec="seconds"), "quick": arguments.quick, "machine": machine,
        "plan": comparison.plan(), "seconds": round(time.monotonic() - begun), "bots": bots,
        "targets": [{"name": goal.name, "value": goal.value, "bound": goal.bound, "met": goal.met} for goal in goals],
    }
    lines = [goal.line() for goal in goals]
    print("\n".join(lines))
    print(f"written: {_write(CACHE if arguments.quick else RESULTS, record, markdown(rows), lines)}")
    if arguments.quick:
        print("--quick only shows that the benchmark works: its targets are not judged")
        return 0
    return 0 if all(goal.met for goal in goals) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Houlu beside a bot with Rasa's default configuration.")
    parser.add_argument("--quick", action="store_true", help="a few messages, to see that it works; judges nothing")
    parser.add_argument("--train", action="store_true", help="train both models again although they are cached")
    return parser.parse_args()


def _machine() -> dict[str, Any]:
    cpu = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    return {
        "cpu": cpu, "cores": len(os.sched_getaffinity(0)), "load_at_start": round(os.getloadavg()[0], 2),
        "python": platform.python_version(), "rasa": version("rasa"), "commit": commit.stdout.strip(),
    }


def _write(folder: Path, record: dict[str, Any], rows: str, lines: list[str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    machine = record["machine"]
    path = folder / f"{record['at'][:10]}.json"
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    path.with_suffix(".md").write_text(
        f"# Benchmark of {record['at'][:10]}\n\n"
        f"Commit {machine['commit']}, Rasa {machine['rasa']}, Python {machine['python']}, {machine['cpu']}, "
        f"{machine['cores']} cores, load {machine['load_at_start']} at the start.\n\n{rows}\n\n"
        + "".join(f"- {line}\n" for line in lines), encoding="utf-8")
    return path.relative_to(ROOT)


def _interrupted(*_: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
