"""Rules explored whole: every state, every act, everybody, and where the clock stands."""

from phananh.testing.exploration.exploration import Exploration
from phananh.testing.exploration.explore_rules import explore
from phananh.testing.exploration.step import Step

__all__ = ["Exploration", "Step", "explore"]
