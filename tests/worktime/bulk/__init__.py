"""Tests of phananh.worktime.bulk."""
