"""Tests of what an office does with its cases."""
