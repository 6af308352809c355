"""Tests of phananh.stores.sqlite."""
