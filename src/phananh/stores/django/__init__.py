"""Histories in the database of a Django project: an application of it, with migrations.

Put `"phananh.stores.django"` into INSTALLED_APPS and run `manage.py migrate`.
"""

try:
    from phananh.stores.django.store import DjangoStore
except ModuleNotFoundError as error:
    if str(error.name).partition(".")[0] not in ("django",):
        raise
    problem = 'DjangoStore needs the extra "django"; in a clone: pip install ".[django]"'
    raise ModuleNotFoundError(problem, name=error.name) from None

__all__ = ["DjangoStore"]
