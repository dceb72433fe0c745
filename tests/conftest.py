"""How Hypothesis looks for a counter-example, here and when a change is judged."""

import os

from hypothesis import settings

settings.register_profile("search", deadline=None)  # no test is timed: a busy machine is no fault
settings.register_profile(
    "judge", deadline=None, derandomize=True
)  # the same examples each time, so a verdict can be had again
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "search"))
