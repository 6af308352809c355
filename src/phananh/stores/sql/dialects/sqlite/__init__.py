"""The SQL of SQLite."""
