"""Rules explored whole: every state, every act, everybody, and every position of the clock."""

from phananh.testing.exploration.act_log import to_act_log
from phananh.testing.exploration.exploration import Exploration
from phananh.testing.exploration.explore_rules import explore
from phananh.testing.exploration.histories import History, histories
from phananh.testing.exploration.people import make_hours
from phananh.testing.exploration.step import Step

__all__ = ["Exploration", "History", "Step", "explore", "histories", "make_hours", "to_act_log"]
