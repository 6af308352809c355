"""A page and an act on Flask. See README.md."""
