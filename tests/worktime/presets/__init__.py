"""Tests of phananh.worktime.presets."""
