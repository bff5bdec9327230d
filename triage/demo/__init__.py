"""Floor 3: the demonstration: a server of its own, and the inbox of a shop that does not exist."""
