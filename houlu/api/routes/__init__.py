"""One topic, one file."""
