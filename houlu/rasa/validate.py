"""`rasa data validate`, with the spaCy pipeline in place and without its banners: python -m houlu.rasa.validate."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from houlu.understanding import artefacts


def main() -> int:
    """0 when Rasa finds no error in domain, rules and training data."""
    if not artefacts.is_fresh():
        artefacts.build()
    rasa = Path(sys.executable).with_name("rasa")
    done = subprocess.run(
        [rasa, "data", "validate", "--data", "data/nlu", "data/rules"], capture_output=True, text=True
    )
    print((done.stdout + done.stderr) if done.returncode else "rasa data validate: no error")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
