"""What Houlu says to what was understood: pure functions of the state, without Rasa and without storage."""
