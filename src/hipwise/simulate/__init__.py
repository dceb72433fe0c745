"""A deterministic runner: real FIT files and a story, for the sample, tests and benchmarks. All of it is fiction."""

from hipwise.simulate._story import Story, Truth, runner, story, write

__all__ = ["Story", "Truth", "runner", "story", "write"]
