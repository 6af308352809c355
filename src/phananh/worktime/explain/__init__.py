"""Why a deadline is when it is: steps and gaps, as data, as text and as a picture (Art. 9)."""

from phananh.worktime.explain.explanation import Explanation, explain_steps, verify
from phananh.worktime.explain.gaps import Gap
from phananh.worktime.explain.steps import Step, steps_of

__all__ = ["Explanation", "Gap", "Step", "explain_steps", "steps_of", "verify"]
