"""Tests of phananh.worktime.timetables."""
