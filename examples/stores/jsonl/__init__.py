"""A store in a folder, of JSON Lines: the template of a store of your own."""

from .store import JsonlStore

__all__ = ["JsonlStore"]
