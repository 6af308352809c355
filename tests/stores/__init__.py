"""The tests of where histories are kept."""
