"""What the Decision says, as values and pure functions: no clock, no I/O, no randomness."""
