"""The calls of the expert desk: docs/desk-api.md. One topic, one file."""
