"""Memory: what was said is stored, what is derived can be rebuilt."""

from hipwise.store._memory import Import, Memory, Step
from hipwise.store._records import AgreedPlan, Event, Gap, Kind, Undone, Verdict
from hipwise.store._store import Store

__all__ = ["AgreedPlan", "Event", "Gap", "Import", "Kind", "Memory", "Step", "Store", "Undone", "Verdict"]
