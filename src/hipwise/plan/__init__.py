"""A ranking becomes a plan or a referral, a plan becomes today."""

from hipwise.plan._adapt import held_stage
from hipwise.plan._done import FELT, Done
from hipwise.plan._exercises import dose_in_words, minutes_of
from hipwise.plan._flares import DayOfLoad, Effect, FlareModel, flare_model
from hipwise.plan._flips import argued, would_change
from hipwise.plan._followed import course_seen, without_course
from hipwise.plan._leaving import Need, StageLine, stages_of
from hipwise.plan._make import make
from hipwise.plan._moment import Programme, is_sound, programme, swapped, weeklies
from hipwise.plan._morning import Asked
from hipwise.plan._move import ALL, Move, Moves, Target, may_move, moved
from hipwise.plan._override import borne, overridden
from hipwise.plan._place import load_solver
from hipwise.plan._race import (
    Deferral,
    RaceCheck,
    Start,
    no_race,
    race_check,
    start_now,
    told_range,
    waits_for_clinician,
    weeks_to_start,
)
from hipwise.plan._refer import ASKED, SEEN_BY, refer, unanswered, weightier
from hipwise.plan._running import running_now
from hipwise.plan._seen import at_work
from hipwise.plan._tips import Part, Tip
from hipwise.plan._today import Decided, answer, decided, said, today
from hipwise.plan._trace import asked_again, given_of, replay
from hipwise.plan._types import (
    Bound,
    Day,
    Flip,
    Input,
    Limits,
    NextCheck,
    Plan,
    Possible,
    Prescribed,
    Referral,
    Run,
    RunningNow,
    Session,
    Short,
    StageNow,
    Today,
    Weeks,
    recall,
)
from hipwise.plan._valid import broken_rules
from hipwise.plan._versions import Change, Entry, Lock, locks_of, rebuilt, standing_decline
from hipwise.plan._weekly import Weekly, WeeklyCourse, weekly_course
from hipwise.plan._wishes import BOUNDS, WEEKDAYS, Wishes, out_of_bounds, wished

__all__ = [
    "ALL",
    "ASKED",
    "BOUNDS",
    "FELT",
    "SEEN_BY",
    "WEEKDAYS",
    "Asked",
    "Bound",
    "Change",
    "Day",
    "DayOfLoad",
    "Decided",
    "Deferral",
    "Done",
    "Effect",
    "Entry",
    "FlareModel",
    "Flip",
    "Input",
    "Limits",
    "Lock",
    "Move",
    "Moves",
    "Need",
    "NextCheck",
    "Part",
    "Plan",
    "Possible",
    "Prescribed",
    "Programme",
    "RaceCheck",
    "Referral",
    "Run",
    "RunningNow",
    "Session",
    "Short",
    "StageLine",
    "StageNow",
    "Start",
    "Target",
    "Tip",
    "Today",
    "Weekly",
    "WeeklyCourse",
    "Weeks",
    "Wishes",
    "answer",
    "argued",
    "asked_again",
    "at_work",
    "borne",
    "broken_rules",
    "course_seen",
    "decided",
    "dose_in_words",
    "flare_model",
    "given_of",
    "held_stage",
    "is_sound",
    "load_solver",
    "locks_of",
    "make",
    "may_move",
    "minutes_of",
    "moved",
    "no_race",
    "out_of_bounds",
    "overridden",
    "programme",
    "race_check",
    "rebuilt",
    "recall",
    "refer",
    "replay",
    "running_now",
    "said",
    "stages_of",
    "standing_decline",
    "start_now",
    "swapped",
    "today",
    "told_range",
    "unanswered",
    "waits_for_clinician",
    "weeklies",
    "weekly_course",
    "weeks_to_start",
    "weightier",
    "wished",
    "without_course",
    "would_change",
]
