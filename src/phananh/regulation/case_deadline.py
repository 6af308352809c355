"""The former place of phananh.regulation.case."""

from phananh.regulation.case import *  # noqa: F403
