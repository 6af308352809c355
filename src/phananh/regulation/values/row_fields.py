"""The former place of phananh.regulation.guards."""

from phananh.regulation.guards import *  # noqa: F403
