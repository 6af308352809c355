"""A loop over days as people write it, and the property test that finds what it misses."""
