"""The former place of phananh.regulation.request."""

from phananh.regulation.request import *  # noqa: F403
