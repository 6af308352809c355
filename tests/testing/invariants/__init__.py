"""Tests of what looks for mistakes in rules."""
