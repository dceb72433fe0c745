"""The verdicts of the next days: every cell is what the journal itself would say."""

import gzip
import shutil
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from itertools import pairwise, product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from tests.api.conftest import Clock

from hipwise.journal import Journal
from hipwise.journal._ahead import DAYS, OF_RUNS, SIGNS, Judged, axes_of
from hipwise.knowledge import Kind, names_in

SCORES = [str(score) for score in range(11)]
DRUGS = [("none", None)] + [
    (drug, ago)
    for drug in ("ibuprofen", "naproxen", "paracetamol", "other")
    for ago in ("under_6", "six_to_8", "eight_to_12", "over_12")
]
LEFT_OUT = {"kind", "on", "inputs", "bounds", "flips", "would_change"}


def look_up(table, day, states):
    """Find a verdict as a client does: places on axes, one index, two characters. None: ask again when connected."""
    index = 0
    for axis in table["axes"]:
        state = states.get(axis["finding"], "")
        if axis["with"] and states.get(axis["with"]):
            state += "|" + states[axis["with"]]
        place = next((place for place, group in enumerate(axis["groups"]) if state in group), None)
        if place is None:
            return None
        index = index * len(axis["groups"]) + place
    cells = next(each["cells"] for each in table["days"] if each["on"] == day)
    high, low = cells[2 * index : 2 * index + 2]
    return table["verdicts"][SIGNS.index(high) * 64 + SIGNS.index(low)]


def every_checkin():
    """Yield every check-in in which the morning is left open."""
    for rest, walk, limp, woken, fever, (drug, ago) in product(
        SCORES, SCORES, ("no", "yes"), ("no", "lying_on_it", "yes"), ("no", "yes"), DRUGS
    ):
        states = {"rest_pain_score": rest, "walk_pain_score": walk, "limp": limp, "woken_by_hip": woken, "fever": fever}
        yield states | {"painkiller": drug} | ({"painkiller_hours_ago": ago} if ago else {})


ALL = list(every_checkin())
MORNINGS = [{}, *({"morning_pain_score": score} for score in SCORES)]
CALM = {
    **dict.fromkeys(("rest_pain_score", "walk_pain_score"), "0"),
    **dict.fromkeys(("limp", "woken_by_hip", "fever"), "no"),
    "painkiller": "none",
}


def some_of_all(rolled, count):
    """Return some check-ins, each with a morning or none; a third of them calm, where the morning weighs most."""
    found = [each | rolled.choice(MORNINGS) for each in rolled.sample(ALL, count)]
    calm = [
        CALM | {"rest_pain_score": rolled.choice("012"), "walk_pain_score": rolled.choice("012")} for _ in found[::3]
    ]
    return [*found, *(each | rolled.choice(MORNINGS) for each in calm)]


def told_of(axes, states):
    """Return the answers for a state of each axis."""
    told = {axis["finding"]: state for axis, state in zip(axes, states, strict=True) if state}
    return told | drug_of(told["painkiller"])


@pytest.fixture(scope="module")
def table(lived, tale, knowledge, tmp_path_factory):
    """Return the table of the sample runner on the last morning of the story."""
    copy = shutil.copy(lived, tmp_path_factory.mktemp("table"))
    with Journal.open(copy, knowledge=knowledge, now=Clock(tale.ends)) as journal:
        return journal.ahead()


def said(journal, on, states):
    """Return what the journal says when that check-in is really told on that day, in a copy of it."""
    moment = journal.now + timedelta((on - journal.on).days)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "me.db"
        with (
            closing(sqlite3.connect(journal._store._lanes.where)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
        with Journal.open(copy, knowledge=journal.knowledge, now=lambda: moment) as then:
            return then.checkin(states).as_dict()


def differing(journal, table, states, on):
    """Return what differs between the table and what the journal says."""
    cell, verdict = look_up(table, on.isoformat(), states), said(journal, on, states)
    return {name for name in cell if name != "not_looked_at" and cell[name] != verdict[name]}


def runners(journal):
    """Give the journal one life after another: as it is, with bone pain, after a bad night, back from a bone injury."""
    yield "as it is"
    journal.log(distance_m=4000, timer_s=1500, started_at=journal.now - timedelta(hours=25))
    journal.at(journal.now - timedelta(1)).tell(
        CALM | {"run_pain_score": "2", "run_limp": "no", "after_pain_score": "1"}, kind="checkin", origin="check-in"
    )
    yield "the morning after a run"
    journal.tell({"worst_pain_score": "0"})
    yield "with answers that cannot both be meant"
    for _ in range(3):
        journal.undo()
    journal.at(journal.now - timedelta(1)).tell(
        {"woken_by_hip": "yes", "limp": "yes"}, kind="checkin", origin="check-in"
    )
    yield "after a bad night"
    journal.undo()
    journal.log(distance_m=4000, timer_s=1500, started_at=journal.now - timedelta(hours=13))
    journal.tell({"run_pain_score": "7", "run_limp": "yes"}, kind="checkin", origin="check-in")
    yield "after a run that hurt"
    journal.tell({"pain_groin": "yes", "worst_point": "groin", "impact_pain": "yes", "worsening": "over_weeks"})
    yield "with pain where bone may be hurt"
    journal.clear_bone("Dr Ada", "walk-run")
    yield "cleared by a clinician"


def two_pains(journal, tale):
    """Give the journal a second pain, which is looked at; today the first one is to be walked on only, or calm."""
    first = journal.episode.id
    journal.new_pain(onset=tale.onset, side="left")
    journal.tell({each.id: each.state for each in tale.answers})
    journal.tell(CALM | {"walk_pain_score": "4"}, kind="checkin", origin="check-in", pain=first)
    yield "beside one that hurts"
    journal.tell(CALM, kind="checkin", origin="check-in", pain=first)
    yield "beside one that is calm"


@pytest.mark.slow
def test_the_table_of_a_runner_with_two_pains_says_what_the_journal_says(lived_journal, tale):
    rolled, faults = Random(), []  # noqa: S311 (check-ins to look at, no secret)
    for life in two_pains(lived_journal, tale):
        table = lived_journal.ahead()
        drugs = [CALM | {"painkiller": "naproxen", "painkiller_hours_ago": ago} for ago in ("under_6", "over_12")]
        for states in [*some_of_all(rolled, 1), *drugs, CALM, CALM | {"morning_pain_score": "10"}]:
            found = differing(lived_journal, table, states, lived_journal.on)
            faults += [(life, states, found)] if found else []
    assert faults == []


@pytest.mark.slow
def test_every_cell_is_what_is_said_of_its_answers_alone(lived_journal, table):
    """Each cell of each day, judged from the start for answers of its group; others each time."""
    rolled, faults = Random(), []  # noqa: S311 (answers to choose from, no secret)
    for day in table["days"]:
        alone = alone_on(lived_journal, date.fromisoformat(day["on"]))
        for groups in product(*(axis["groups"] for axis in table["axes"])):
            states = told_of(table["axes"], [rolled.choice(group) for group in groups])
            faults += [] if look_up(table, day["on"], states) == alone(states) else [(day["on"], states)]
    assert faults == []


@pytest.mark.slow
def test_one_painkiller_stands_for_its_group(lived_journal, table):
    rolled, faults = Random(), []  # noqa: S311 (check-ins to look at, no secret)
    alone = alone_on(lived_journal, lived_journal.on)
    for drug, ago in DRUGS:
        for states in some_of_all(rolled, 12):
            told = {name: state for name, state in states.items() if not name.startswith("painkiller")}
            told |= {"painkiller": drug} | ({"painkiller_hours_ago": ago} if ago else {})
            faults += [] if look_up(table, table["days"][0]["on"], told) == alone(told) else [told]
    assert faults == []


@pytest.mark.slow
def test_every_cell_of_other_lives_is_what_is_said_of_its_answers_alone(lived_journal):
    rolled, faults = Random(), []  # noqa: S311 (check-ins to look at, no secret)
    for life in runners(lived_journal):
        table = lived_journal.ahead()
        for day in table["days"]:
            alone = alone_on(lived_journal, date.fromisoformat(day["on"]))
            asked = some_of_all(rolled, 40)
            faults += [(life, day["on"], each) for each in asked if look_up(table, day["on"], each) != alone(each)]
    assert faults == []


def alone_on(journal, day):
    """Return what says the verdict of a check-in on a DAY, each judged from the start."""
    known = journal._look(day, journal.stamp, journal.episode)
    return lambda states: Judged(known, journal.check)(states).said


def drug_of(state):
    drug, both, ago = state.partition("|")
    return {"painkiller": drug} | ({"painkiller_hours_ago": ago} if both else {})


def test_the_edges_of_every_band_say_what_the_journal_says(lived_journal, table):
    """Where one thing alone is told, on the days at both ends."""
    alone = [
        CALM | {finding: state}
        for finding, states in (("rest_pain_score", ("3", "4", "7")), ("walk_pain_score", ("2", "5", "6")))
        for state in states
    ]
    alone += [CALM | {"limp": "yes"}, CALM | {"woken_by_hip": "lying_on_it"}, CALM | {"fever": "yes"}]
    alone += [CALM | {"painkiller": "naproxen", "painkiller_hours_ago": "eight_to_12"}]
    faults = [
        (states, found)
        for states in alone
        for after in (0, 2)
        if (found := differing(lived_journal, table, states, lived_journal.on + timedelta(after)))
    ]
    assert faults == []


def test_a_limp_or_fever_never_finds_a_run_in_the_table(table):
    for states in ALL:
        if states["limp"] == "yes" or states["fever"] == "yes" or int(states["walk_pain_score"]) > 5:
            assert look_up(table, table["until"], states)["verdict"] not in {"run", "run_less"}, states


def test_after_an_emergency_no_cell_offers_anything(lived_journal):
    lived_journal.tell({"saddle_numb": "yes"})
    table = lived_journal.ahead()
    assert {each["verdict"] for each in table["verdicts"]} == {"see_someone"}
    assert all(each["ceiling_km"] is None and each["session"] is None for each in table["verdicts"])


def test_what_the_table_does_not_hold_is_not_made_up(table, tale):
    unknown = ALL[0] | {"limp": "unknown"}
    assert look_up(table, table["until"], unknown) is None
    assert look_up(table, table["until"], ALL[0] | {"painkiller": "naproxen"}) is None
    assert len(table["days"]) == DAYS
    assert table["days"][0]["on"] == tale.ends.isoformat()


def test_the_table_is_small(lived_client):
    answer = lived_client.get("/today/ahead")
    assert len(gzip.compress(answer.content)) < 10_000
    assert answer.json()["etag"] == answer.headers["etag"]


def test_every_answer_of_a_checkin_is_in_one_group(knowledge):
    for axis in axes_of(knowledge):
        grouped = [state for group in axis.groups for state in group]
        assert len(grouped) == len(set(grouped))
        if axis.beside is None:
            assert grouped == list(knowledge.findings[axis.finding].states)
        else:
            assert len(grouped) == len(DRUGS)


def test_the_bands_of_the_morning_are_where_the_verdict_of_this_runner_changes(lived_journal):
    """On the morning after a run one that is some points worse than usual says more than a day of rest; else none."""
    for life, bands in zip(runners(lived_journal), (1, 2), strict=False):
        (axis, *_) = lived_journal.ahead()["axes"]
        assert axis["groups"][0] == [""], "it may be left open"
        assert len(axis["groups"]) == 1 + bands, life
        alone = alone_on(lived_journal, lived_journal.on)
        for one, other in pairwise(axis["groups"][1:]):
            told = [alone(CALM | {"morning_pain_score": score})["rule"] for score in (one[-1], other[0])]
            assert told[0] != told[1], life


def test_rows_before_those_that_look_at_the_runs_forbid_running(knowledge):
    """The table takes it that the pain of the morning has no part in what they say."""
    rows = knowledge.rehab.today
    first = next(place for place, row in enumerate(rows) if OF_RUNS & set(row.inputs))
    assert rows[first].id == "R10"
    outcomes = {outcome for row in rows[:first] for outcome in row.outcomes}
    assert all(knowledge.rehab.outcomes[each].offers != "run" for each in outcomes)


def test_no_alarm_hears_the_pain_of_the_morning(knowledge):
    """Only a contradiction does, which hangs on an answer that no check-in asks for."""
    rules = [rung.when for alarm in knowledge.alarms.values() for rung in alarm.levels]
    rules += [rule for each in knowledge.patterns.values() for rule in (each.must, *each.signs)]
    rules += [shift.when for cause in knowledge.causes.values() for shift in cause.prior_shifts]
    assert not any("morning_pain_score" in names_in(each, knowledge.facts) for each in rules)
    assert not any("morning_pain_score" in cause.signs for cause in knowledge.causes.values())
    against = [each for each in knowledge.contradictions.values() if "morning_pain_score" in names_in(each.when, {})]
    assert [each.doubts for each in against] == [("worst_pain_score",)]


def test_no_alarm_asks_which_painkiller(knowledge):
    """The table takes it that alarms do not depend on painkillers; a rule that does would need another table."""
    conditions = [rung.when for alarm in knowledge.alarms.values() for rung in alarm.levels]
    conditions += knowledge.facts.values()
    names = set().union(*(names_in(each, knowledge.facts) for each in conditions))
    assert names & {"painkiller", "painkiller_hours_ago"} == set()
    assert names >= {"rest_pain_score", "walk_pain_score", "limp", "fever", "age"}
    assert knowledge.findings["rest_pain_score"].kind is Kind.SCORE


def test_bands_lie_between_the_thresholds(knowledge):
    rest, walk = axes_of(knowledge)[:2]
    for axis in (rest, walk):
        first = {int(group[0]) for group in axis.groups}
        assert {3, 4, 7} <= first, "alarms part them there"
        assert {
            limit for each in knowledge.rehab.profiles.values() for limit in (each.lo.value + 1, each.hi.value + 1)
        } <= first
