"""How Hypothesis looks for a counter-example, here and when a change is judged; and one thread for sums.

The command has one too (see `hipwise.cli`): more, in several test processes, mostly wait for each other.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is read, or it is too late

from hypothesis import settings

settings.register_profile("search", deadline=None)  # no test is timed: a busy machine is no fault
settings.register_profile(
    "judge", deadline=None, derandomize=True
)  # the same examples each time, so a verdict can be had again
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "search"))
