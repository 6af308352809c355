"""The portal with the accounts of the tests, for every module here."""

from tests.portal.visitor import app, clock, template

__all__ = ["app", "clock", "template"]
