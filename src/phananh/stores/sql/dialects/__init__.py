"""The SQL of each engine: its tables, and the statements that differ."""
