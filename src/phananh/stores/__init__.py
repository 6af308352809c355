"""phananh."""
