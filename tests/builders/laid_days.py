"""Plans whose days a test lays out itself, and strategies for what a plan may offer."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from hipwise.causes import rank
from hipwise.knowledge import Phase
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import Day, Plan, Run, RunningNow, Wishes, make
from hipwise.plan._frame import Offer
from hipwise.plan._ladder import session
from sore_runner import GOOD_MORNING, KB, ON, calm

__all__ = ["KB", "ON", "PLAN", "offers", "with_days"]

runs = st.builds(
    lambda mode, stage, passes, bone: Run(
        mode="free" if stage > 10 and mode == "ladder" else mode,
        stage=stage,
        session=session(stage, KB, bone=bone),
        says=(),
        asks=(),
        sources=(),
        passes=min(passes, 0 if stage > 10 else session(stage, KB, bone=bone).passes - 1),  # type: ignore[union-attr]
        bone=bone,
    ),
    st.sampled_from(["none", "gate", "ladder"]),
    st.integers(1, 11),
    st.integers(0, 2),
    st.booleans(),
)
offers = st.builds(Offer, runs, st.sampled_from(Phase), st.booleans(), st.booleans())


def a_plan() -> Plan:
    """A real plan, whose days the tests put others into."""
    told = Evidence.of(Finding(name, state, ON) for name, state in (calm() | GOOD_MORNING).items())
    runner = Athlete.of_age(35, "female", ON)
    made = make(rank(runner, told, KB, ON), runner, told, RunningNow(), Wishes(), KB, ON)
    assert isinstance(made, Plan)
    return made


PLAN = a_plan()


def with_days(offer: Offer, wished: Wishes, days: tuple[Day, ...]) -> Plan:
    """The real plan with another offer, other wishes and other days."""
    return replace(
        PLAN,
        run=offer.run,
        stage=replace(PLAN.stage, id=offer.phase.value),
        limits=replace(PLAN.limits, bone=False),
        exercises=tuple(each for each in PLAN.exercises if not each.equipment) if offer.exercises else (),
        cross=offer.cross,
        days=days,
        week=days[:7],
        wishes=replace(wished, minutes_a_day=PLAN.wishes.minutes_a_day),  # type: ignore[union-attr]
    )
