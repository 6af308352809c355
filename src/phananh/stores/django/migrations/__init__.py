"""The tables, made and changed by `manage.py migrate`."""
