"""Tests of the invariants, and of what they find in rules that are wrong."""
