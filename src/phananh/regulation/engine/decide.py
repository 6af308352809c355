"""The former place of phananh.regulation.decide."""

from phananh.regulation.decide import *  # noqa: F403
