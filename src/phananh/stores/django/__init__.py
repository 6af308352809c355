"""Histories in the database of a Django project: an application of it, with migrations.

Put `"phananh.stores.django"` into INSTALLED_APPS and run `manage.py migrate`.
"""

from phananh.stores.django.store import DjangoStore

__all__ = ["DjangoStore"]
