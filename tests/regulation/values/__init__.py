"""Tests of phananh.regulation.values."""
