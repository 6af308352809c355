"""One file a command, by its name."""
