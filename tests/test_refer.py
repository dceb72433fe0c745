"""What two referrals make of each other: the more urgent one speaks, and bone stress is never forgotten."""

from datetime import date

from hipwise.causes import rank
from hipwise.knowledge import Knowledge
from hipwise.model import Athlete, Evidence, Finding
from hipwise.plan import Referral, refer, weightier

KB = Knowledge.load()
ON = date(2030, 5, 6)
RUNNER = Athlete.of_age(35, "female", ON)


def referral(**told: str) -> Referral:
    evidence = Evidence.of(Finding(name, state, ON) for name, state in told.items())
    found = refer(rank(RUNNER, evidence, KB, ON), RUNNER, KB)
    assert found is not None
    return found


BONE = referral(pain_groin="yes", impact_pain="yes", limp="yes")
NERVES = referral(pain_outer_hip="yes", worst_point="outer_hip", saddle_numb="yes")


def test_the_more_urgent_of_two_referrals_speaks() -> None:
    assert (BONE.level, NERVES.level) == ("same_day", "emergency")
    found = weightier(BONE, NERVES)
    assert found is not None
    assert (found.level, found.what) == (NERVES.level, NERVES.what)
    assert weightier(NERVES, BONE) == found


def test_a_greater_referral_of_another_kind_never_hides_bone_stress() -> None:
    assert (BONE.bone_stress, NERVES.bone_stress) == (True, False)
    found = weightier(NERVES, BONE)
    assert found is not None
    assert found.bone_stress


def test_one_referral_stands_alone_and_none_is_none() -> None:
    assert weightier(BONE, None) is BONE
    assert weightier(None, NERVES) is NERVES
    assert weightier(None, None) is None
