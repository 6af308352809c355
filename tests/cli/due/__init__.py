"""The parts of `phananh due`."""
