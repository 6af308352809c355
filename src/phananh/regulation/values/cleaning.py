"""The former place of phananh.regulation.cleaning."""

from phananh.regulation.cleaning import *  # noqa: F403
