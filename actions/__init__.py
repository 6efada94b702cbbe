"""rasa_sdk actions: each reads the tracker, lets the library speak, and returns what it says."""
