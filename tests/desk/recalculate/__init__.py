"""Tests of phananh.desk.recalculate."""
