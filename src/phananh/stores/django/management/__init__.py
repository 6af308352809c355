"""What `manage.py` learns from phananh."""
