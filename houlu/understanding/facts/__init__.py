"""One module a kind of fact. Each is a pure function of the normalised text and its entities."""
