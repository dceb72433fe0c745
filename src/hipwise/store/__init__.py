"""Memory: what was said is stored, what is derived can be rebuilt."""

from hipwise.store._memory import Import, Memory, Step
from hipwise.store._records import AgreedPlan, Event, Kind, PlanEntry, Undone, Verdict
from hipwise.store._store import Store

__all__ = ["AgreedPlan", "Event", "Import", "Kind", "Memory", "PlanEntry", "Step", "Store", "Undone", "Verdict"]
