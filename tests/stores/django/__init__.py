"""The store over a database of Django's."""
