"""The former place of phananh.regulation.lifecycle."""

from phananh.regulation.lifecycle import *  # noqa: F401, F403
