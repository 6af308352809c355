"""The database with the accounts of the tests, for every module here."""

from tests.portal.visitor import template

__all__ = ["template"]
