"""The people at the desk: accounts, sessions, presence, and the log of what they did."""
