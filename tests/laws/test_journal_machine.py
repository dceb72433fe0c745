"""After a red flag no door opens a run, in whatever order a journal is told, undone, ended, restored, by any clock.

The machine keeps one thing in mind: whether a sign of today was told that nobody has answered since. A visit and a
clearance on a later day answer it, and taking it back on its own day; nothing else does.
"""

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hipwise.errors import HipwiseError
from hipwise.journal import Journal
from hipwise.plan import Wishes
from offers import offers_of_running
from sore_runner import GROWING, ON, Clock, well

DAY = timedelta(1)
RUNS = {"run", "run_less"}
SIGNS = (
    {"saddle_numb": "yes"}, {"fever": "yes"}, {"swollen_leg": "yes"}, {"cold_leg": "yes"}, {"leg_weakness": "growing"},
    GROWING | {"limp": "yes"}, GROWING | {"night_pain": "yes", "duration": "under_2_weeks"},
)  # fmt: skip
BAD = ({"limp": "yes"}, {"walk_pain_score": "8"}, {"rest_pain_score": "6"}, {"painkiller": "ibuprofen"})
SIDES = ("left", "right")
pains = st.integers(0, 3)


class Doors(RuleBasedStateMachine):
    """A journal, its clock, its backups, and the day of the last sign that nobody has answered."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.file = self.folder / "me.db"
        self.journal = Journal.open(self.file, now=self.clock)
        self.journal.set_athlete(age_y=35, sex="female", country="IE")
        self.journal.tell(well())
        self.furthest = ON
        self.alarm: tuple[date, int] | None = None
        self.backups: list[Path] = []

    def teardown(self) -> None:
        self.journal.close()
        shutil.rmtree(self.folder)

    @initialize(side=st.sampled_from(SIDES))
    def begin(self, side: str) -> None:
        self.journal.mend_pain(side=side)

    def one(self, place: int, *, over: bool = False) -> str | None:
        """Return the id of one of the pains that are open, or OVER."""
        closed, ended = self.journal.closed(), self.journal.pains_over()
        names = [each.id for each in self.journal.episodes() if (each.id in ended if over else each.id not in closed)]
        return names[place % len(names)] if names else None

    @rule(sign=st.sampled_from(SIGNS), place=pains, whole=st.booleans())
    def tell_a_sign(self, sign: dict[str, str], place: int, whole: bool) -> None:
        self.journal.tell(well(**sign) if whole else sign, pain=self.one(place))
        last = self.journal.last()
        assert last is not None
        self.alarm = (self.clock.on, last.number)

    @rule(place=pains, bad=st.sampled_from(({}, *BAD)))
    def tell_how_it_is(self, place: int, bad: dict[str, str]) -> None:
        self.journal.tell(well(**bad), pain=self.one(place), kind="checkin", origin="check-in")

    @rule(ago=st.integers(1, 12), seen=st.booleans())
    def tell_late(self, ago: int, seen: bool) -> None:
        told = well(seen_by_clinician="yes") if seen and self.alarm is None else well()
        self.journal.at(self.clock() - ago * DAY).tell(told)

    @rule(side=st.sampled_from(SIDES))
    def begin_another_pain(self, side: str) -> None:
        if len(self.journal.episodes()) < 4:
            self.journal.new_pain(side=side)

    @rule(side=st.sampled_from(SIDES))
    def say_more_of_the_pain(self, side: str) -> None:
        if len(self.journal.episodes()) < 6:
            self.journal.mend_pain(side=side)

    @rule(place=pains)
    def end_a_pain(self, place: int) -> None:
        name = self.one(place)
        with suppress(HipwiseError):
            self.journal.end_pain(name)

    @rule(place=pains)
    def let_a_pain_come_back(self, place: int) -> None:
        name = self.one(place, over=True)
        if name is not None:
            self.journal.reopen_pain(name)

    @rule()
    def take_the_last_step_back(self) -> None:
        undone = self.journal.undo()
        is_slip = self.clock.on == self.furthest
        if undone is not None and self.alarm == (self.clock.on, undone.event.number) and is_slip:
            self.alarm = None

    @rule(days=st.sampled_from((1, 1, 2, 8, 30, 90)))
    def let_days_pass(self, days: int) -> None:
        self.clock.on += days * DAY
        self.furthest = max(self.furthest, self.clock.on)

    @rule(days=st.sampled_from((1, 3, 9)))
    def set_the_clock_back(self, days: int) -> None:
        self.clock.on = max(ON, self.clock.on - days * DAY)

    @rule()
    def make_a_backup(self) -> None:
        path = self.folder / f"{len(self.backups)}.zip"
        self.journal.export(path)
        if self.alarm is None:  # one of after the alarm holds it anyway
            self.backups.append(path)
        else:
            path.unlink()

    @rule(place=pains)
    @precondition(lambda self: self.backups)
    def bring_an_older_backup(self, place: int) -> None:
        self.journal.restore(self.backups[place % len(self.backups)], replace=True)

    @rule()
    def open_it_anew(self) -> None:
        self.journal.close()
        self.journal = Journal.open(self.file, now=self.clock)

    @rule()
    def carry_it_to_another_machine(self) -> None:
        """A journal that was restored says just what the one said that it came from."""
        before = (self.journal.look_at_today(), self.journal.referral, self.journal.standing())
        copy = self.folder / f"moved{self.file.stem}.zip"
        self.journal.export(copy)
        self.journal.close()
        self.file = self.folder / f"{self.file.stem}n.db"
        self.journal = Journal.open(self.file, now=self.clock)
        assert self.journal.restore(copy) == ()
        assert before == (self.journal.look_at_today(), self.journal.referral, self.journal.standing())

    @rule(weeks=st.integers(1, 2), accept=st.booleans())
    def make_a_plan(self, weeks: int, accept: bool) -> None:
        self.journal.plan(Wishes(weeks=weeks))
        for each in self.journal.proposals()[:1] if accept else ():
            self.journal.accept(each.id)

    @rule()
    @precondition(lambda self: self.alarm is not None)
    def be_seen(self) -> None:
        """Somebody looks at every pain, and clears the bone of each, on a later day."""
        assert self.alarm is not None
        self.clock.on = self.furthest = max(self.furthest, self.alarm[0]) + DAY
        closed = self.journal.closed()
        for each in self.journal.episodes():
            if each.id not in closed:
                self.journal.tell({"seen_by_clinician": "yes"}, pain=each.id)
                self.journal.clear_bone("Dr Example", "easy runs", pain=each.id)
        self.alarm = None
        self.backups.clear()

    @invariant()
    def no_door_is_open_after_a_red_flag(self) -> None:
        if self.alarm is None:
            return
        journal = self.journal
        today = journal.today(planned_km=3.0)
        assert today.verdict not in RUNS
        assert today.ceiling_km is None
        assert today.session is None
        assert not journal.training()["may_run"]
        standing = journal.standing()
        assert standing is None or offers_of_running(standing.as_dict()) == []
        assert offers_of_running(journal.report()["plan"]) == []
        with pytest.raises(HipwiseError):
            journal.today(override="my race")
        assert journal.referral is not None
        again = journal.replay(journal.traces(1)[0])
        assert (again.verdict, again.rule) == (today.verdict, today.rule)


@pytest.mark.slow
def test_after_a_red_flag_no_door_of_a_journal_opens_a_run() -> None:
    many = int(os.environ.get("HIPWISE_DOORS", "6"))
    chosen = settings(max_examples=many, stateful_step_count=14, suppress_health_check=list(HealthCheck), deadline=None)
    run_state_machine_as_test(Doors, settings=chosen)
