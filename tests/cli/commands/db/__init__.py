"""`phananh db` and the commands below it."""
