"""The former place of phananh.regulation.recount."""

from phananh.regulation.recount import *  # noqa: F403
