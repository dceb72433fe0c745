"""Memory: what was said is stored, what is derived can be rebuilt."""

from hipwise.store._importing import Import
from hipwise.store._memory import Memory, Step
from hipwise.store._records import AgreedPlan, Answer, Event, Gap, Job, Kind, PlanEntry, Undone, Verdict
from hipwise.store._stamp import Stamp
from hipwise.store._store import Store

__all__ = [
    "AgreedPlan",
    "Answer",
    "Event",
    "Gap",
    "Import",
    "Job",
    "Kind",
    "Memory",
    "PlanEntry",
    "Stamp",
    "Step",
    "Store",
    "Undone",
    "Verdict",
]
