"""The SQL of each engine: its tables, and what it says in another way."""
