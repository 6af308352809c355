"""The tests, laid out as `src/phananh` is."""
