"""The values of a case: requests, acts, events, limits, and how their fields are cleaned."""
