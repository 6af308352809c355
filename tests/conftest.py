"""What every test shares: how hard Hypothesis looks, and that Ctrl-C is heard.

The profile `ci` draws the same examples on each run and sets no deadline, so that a slow
machine proves nothing; `HYPOTHESIS_PROFILE=default` explores anew.

What a shell starts in the background ignores Ctrl-C, and so does whatever that starts.
"""

import os
import signal

from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
