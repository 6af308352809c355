"""The weekly hours of an office, by season, and their algebra (Art. 3.2)."""
