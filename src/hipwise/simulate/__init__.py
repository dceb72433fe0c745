"""A deterministic runner: real FIT files and a story, for the sample, tests and benchmarks. All of it is fiction."""

from hipwise.simulate._archives import apple_export, garmin_archive, strava_archive
from hipwise.simulate._story import Story, Truth, runner, story, write

__all__ = [
    "Story",
    "Truth",
    "apple_export",
    "garmin_archive",
    "runner",
    "story",
    "strava_archive",
    "write",
]
