"""The former place of phananh.regulation.deadline."""

from phananh.regulation.deadline import *  # noqa: F403
