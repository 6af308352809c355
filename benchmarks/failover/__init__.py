"""A primary and its replica: what survives when the primary dies and the replica takes over."""
