"""What is said and kept: requests, acts, events, limits, and how their fields are cleaned."""
