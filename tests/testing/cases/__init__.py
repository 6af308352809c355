"""Builders of desks and cases for tests."""
