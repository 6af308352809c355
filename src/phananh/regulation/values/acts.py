"""The former place of phananh.regulation.acts."""

from phananh.regulation.acts import *  # noqa: F403
