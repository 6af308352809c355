"""Tests of phananh.worktime.formats."""
