"""Tests of `phananh.samples`."""
