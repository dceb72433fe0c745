"""What the log shows reaches the alarms by itself: nobody has to be asked whether they ran more."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from hipwise.journal import Journal
from hipwise.knowledge import Level
from sore_runner import ON, Clock, calm, fit

GROIN = {"worst_point": "groin", "pain_groin": "yes", "impact_pain": "yes"}


def sore_after(folder: Path, runs: Iterable[tuple[int, float]], **other: str) -> Journal:
    """A journal of RUNS (days ago, km) before a pain that began yesterday; whether they ran more was never asked."""
    journal = Journal.open(folder / "me.db", now=Clock())
    journal.add([fit(folder / "runs", ON - timedelta(ago), km, km * 6) for ago, km in runs])
    journal.set_athlete(age_y=35, sex="female", country="IE")
    journal.new_pain(onset=ON - timedelta(1), side="left")
    told = calm(**other)
    told.pop("more_running", None)
    journal.tell(told)
    return journal


def every(days: int, km: float = 8.0) -> list[tuple[int, float]]:
    return [(ago, km) for ago in range(3, 80, days)]


def test_a_planted_spike_with_groin_pain_raises_the_alarm_without_being_asked(tmp_path: Path) -> None:
    with sore_after(tmp_path, [*every(2), (4, 13.0)], **GROIN) as journal:
        found = journal.assess()
        assert found.ranking.level >= Level.WITHIN_DAYS
        assert found.ranking.triage.bone_stress
        assert found.referral is not None
        assert found.referral.bone_stress
        assert journal.training()["findings"]["load_run_spike"] == "moderate"
        assert journal.training()["ceiling_km"] is None
        assert journal.today().verdict == "see_someone"


def test_the_same_pain_after_even_running_is_not_laid_to_the_log(tmp_path: Path) -> None:
    with sore_after(tmp_path, every(2), **GROIN) as journal:
        assert "rf_bsi_soft" not in {alarm.id for alarm in journal.assess().ranking.triage.alarms}
    with sore_after(tmp_path / "far", [*every(2), (4, 13.0)], **GROIN) as journal:
        assert "rf_bsi_soft" in {alarm.id for alarm in journal.assess().ranking.triage.alarms}


@pytest.mark.parametrize("days", [1, 3, 5])
def test_an_even_runner_is_not_alarmed_by_the_log(tmp_path: Path, days: int) -> None:
    with sore_after(tmp_path, every(days), more_running="no") as journal:
        training = journal.training()
        assert training["changes"] == []
        assert training["findings"]["load_run_spike"] == "none"
        assert training["findings"]["load_week_jump"] == "no"
        assert not journal.assess().ranking.triage.bone_stress
