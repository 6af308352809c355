"""Rules explored whole: every state, every act, everybody, and every position of the clock."""

from phananh.testing.exploration.acts import make_hours, to_act_log
from phananh.testing.exploration.exploration import (
    Exploration,
    History,
    Step,
    explore,
    histories,
)

__all__ = ["Exploration", "History", "Step", "explore", "histories", "make_hours", "to_act_log"]
