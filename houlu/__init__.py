"""Houlu (后路): what ways there are when the targeted drug has stopped working."""

import os

# TensorFlow, which Rasa and spaCy import, greets on every start of every command.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
