"""Tests of phananh.messages."""
