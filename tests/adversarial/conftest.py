"""Rows of the list are tried on each store that there is."""

from tests.stores.conftest import every_store

__all__ = ["every_store"]
