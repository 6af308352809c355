"""The command below `phananh notices`: check, the changes by a file of notices."""
