"""Tests of phananh.errors."""
