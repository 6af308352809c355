"""Tests of the contract itself: that it finds what it should, and nothing else."""
