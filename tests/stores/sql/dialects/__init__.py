"""Tests of phananh.stores.sql.dialects."""
