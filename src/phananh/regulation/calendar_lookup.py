"""The former place of phananh.regulation.context."""

from phananh.regulation.context import *  # noqa: F403
