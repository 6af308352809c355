"""Tests of phananh.regulation.engine."""
