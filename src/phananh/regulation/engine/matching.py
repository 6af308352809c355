"""The former place of phananh.regulation.lifecycle."""

from phananh.regulation.lifecycle import *  # noqa: F403
