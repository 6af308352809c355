"""The command below `phananh notices`: check, what a file of notices would change."""
