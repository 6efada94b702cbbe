"""How well Houlu understands: measured on voices it has not heard, reported, and guarded."""
