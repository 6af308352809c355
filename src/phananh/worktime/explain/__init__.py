"""Why a deadline is when it is: steps and gaps, as data, as text and as a picture (Art. 9)."""

from phananh.worktime.explain.explanation import Explanation, Step, explain_steps, steps_of, verify

__all__ = ["Explanation", "Step", "explain_steps", "steps_of", "verify"]
