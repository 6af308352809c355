"""Tests of the walk over rules."""
