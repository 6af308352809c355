"""The former place of phananh.regulation.events."""

from phananh.regulation.events import *  # noqa: F403
