"""Training: the model's name tells what it was made of, so a stale one is never served."""

from __future__ import annotations

import hashlib
from pathlib import Path

from houlu.understanding import artefacts

_MADE_OF = (
    "config.yml",
    "domain.yml",
    "data/nlu/*.yml",
    "data/rules/*.yml",
    "data/knowledge/lexicon/*.yaml",
    "houlu/understanding/normalise.py",
    "houlu/understanding/recognise.py",
    "houlu/understanding/lexicon.py",
    "houlu/understanding/cues.py",
    "houlu/understanding/normalised.py",
    "houlu/understanding/pinyin.py",
    "houlu/understanding/features.py",
    "houlu/rasa/components.py",
)
MODELS = Path("models")


def fingerprint() -> str:
    """Changes when anything changes that the model is trained from."""
    digest = hashlib.sha256()
    for pattern in _MADE_OF:
        for path in sorted(Path().glob(pattern)):
            digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def model_path() -> Path:
    """Where the model of the present data belongs."""
    return MODELS / f"houlu-{fingerprint()}.tar.gz"


def train() -> Path:
    """Build the lexicon when it is stale, train, and return the model. Raises KnowledgeError or RuntimeError."""
    if not artefacts.is_fresh():
        artefacts.build()
    target = model_path()
    from rasa.model_training import train as rasa_train

    result = rasa_train(
        "domain.yml",
        "config.yml",
        ["data/nlu", "data/rules"],
        output=str(MODELS),
        fixed_model_name=target.name.removesuffix(".tar.gz"),
        force_training=True,
    )
    if result.code or not target.exists():
        raise RuntimeError(f"training failed with code {result.code}")
    for old in MODELS.glob("houlu-*.tar.gz"):
        if old != target:
            old.unlink()
    return target
