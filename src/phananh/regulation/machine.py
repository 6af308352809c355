"""The former place of phananh.regulation.lifecycle."""

from phananh.regulation.lifecycle import get_table, make_machine  # noqa: F401
