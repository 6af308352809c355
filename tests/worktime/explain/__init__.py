"""Tests of phananh.worktime.explain."""
