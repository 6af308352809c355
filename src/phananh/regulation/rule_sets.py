"""The former place of phananh.regulation.rules."""

from phananh.regulation.rules import find_in_force, list_rules  # noqa: F401
