"""The application: calls to the hotline, each with its case."""
