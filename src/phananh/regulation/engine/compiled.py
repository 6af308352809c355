"""The former place of phananh.regulation.machine."""

from phananh.regulation.machine import *  # noqa: F403
