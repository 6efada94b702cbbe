"""Learning from what Houlu did not understand: listed masked, labelled by a human, added to the training data."""
