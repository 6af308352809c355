"""Tests of phananh.worktime.days."""
