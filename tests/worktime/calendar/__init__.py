"""Tests of phananh.worktime.calendar."""
