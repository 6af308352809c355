"""What every test shares: how hard Hypothesis looks.

The profile `ci` draws the same examples on each run and sets no deadline, so that a slow
machine proves nothing; `HYPOTHESIS_PROFILE=default` explores anew.
"""

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
