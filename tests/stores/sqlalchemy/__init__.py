"""Tests of phananh.stores.sqlalchemy."""
