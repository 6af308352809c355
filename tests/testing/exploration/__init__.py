"""The walk over rules, and what it finds."""
