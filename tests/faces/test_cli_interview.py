"""The interview and the check-in as a stranger meets them: cards, help, don't know, back, and leaving at any time."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from hipwise.journal import Journal
from sore_runner import GOOD_MORNING, KB, ON, calm, fit, sore, tcx

WHO = ["35", "female", "ie"]
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def journal(me):
    """Return the runner's journal, opened anew."""

    def look():
        return Journal.open(me)

    return look


def typed(*lines):
    return "".join(f"{line}\n" for line in lines)


def told(journal):
    with journal() as opened:
        return {name: each.state for name, each in opened.told().latest().items()}


def test_it_asks_who_it_is_and_then_red_flags_first_a_card_at_a_time(hipwise):
    answer = hipwise("interview", typed=typed(*WHO, "4"))
    assert answer.out.index("Your age") < answer.out.index("Where is the one worst spot?")
    assert "STANDING, WALKING AND RUNNING (CARDS LEFT: 8)" in answer.out


def test_answers_are_kept_at_once_and_leaving_is_fine(hipwise, journal):
    answer = hipwise("interview", typed=typed(*WHO, "4", "2"))
    assert answer.code in {0, 4}
    assert "What you told is kept" in answer.out
    assert "HOW URGENT" in answer.out
    states = told(journal)
    assert states["worst_point"] == "outer_hip"
    assert states["limp"] == "yes"
    assert states["impact_pain"] == "no"


def test_it_goes_on_where_it_was_left(hipwise):
    hipwise("interview", typed=typed(*WHO, "4", "0"))
    again = hipwise("interview", typed="")
    assert "Your age" not in again.out
    assert "  1. Groin" not in again.out
    assert "How does it feel to walk or stand" in again.out


def test_a_question_mark_explains_every_line_of_a_card(hipwise):
    out = " ".join(hipwise("interview", typed=typed(*WHO, "4", "?")).out.split())
    assert all(KB.findings[name].help in out for name in ("limp", "cannot_run"))
    assert "'d2' says that you do not know number 2" in out


def test_one_line_of_a_card_can_be_not_known_or_declined(hipwise, journal):
    hipwise("interview", typed=typed(*WHO, "4", "1 d2, x3"))
    states = told(journal)
    assert (states["impact_pain"], states["limp"], states["cannot_run"]) == ("yes", "unknown", "declined")
    assert states["hop_hurts"] == "no"


def test_a_line_of_a_card_can_be_what_was_not_done_since_it_began(hipwise, journal):
    hipwise("interview", typed=typed(*WHO, "4", "n2", "n1 n4"))
    states = told(journal)
    assert (states["impact_pain"], states["hop_hurts"], states["limp"]) == ("not_done", "not_done", "no")


@pytest.mark.parametrize(("sign", "state"), [("d", "unknown"), ("x", "declined")])
def test_a_whole_card_can_be_not_known_or_declined_and_is_never_no(hipwise, journal, sign, state):
    hipwise("interview", typed=typed(*WHO, sign, sign))
    states = told(journal)
    assert states["worst_point"] == states["limp"] == state


@pytest.mark.parametrize("slip", ["", "9", "1 9", "0 1", "yes", "-1", "1d", "dd1", "1.5", "²"])
def test_what_is_not_understood_is_asked_again_and_keeps_nothing(hipwise, journal, slip):
    answer = hipwise("interview", typed=typed(*WHO, "4", slip))
    assert "was not understood" in answer.out
    assert told(journal).keys() == {"worst_point"}


@pytest.mark.parametrize("slip", ["", "14", "0", "groinn", "1 2", "³"])
def test_a_single_question_takes_its_number_or_its_word_and_nothing_else(hipwise, journal, slip):
    assert "was not understood" in hipwise("interview", typed=typed(*WHO, slip)).out
    assert told(journal) == {}
    hipwise("interview", typed=typed("?", "groin"))
    assert told(journal) == {"worst_point": "groin"}


def test_back_takes_the_last_card_back_and_asks_it_again(hipwise, journal):
    answer = hipwise("interview", typed=typed(*WHO, "4", "2", "b", "0", "1"))
    assert answer.out.count("Do you limp?") == 2
    assert "Taken back: your 5 answers" in answer.out
    assert told(journal)["limp"] == "no"


def test_back_goes_no_further_than_this_interview(hipwise, journal):
    with journal() as opened:
        opened.tell({"bruise": "no"})
    answer = hipwise("interview", typed=typed(*WHO, "b", "4", "b", "b"))
    assert answer.out.count("There is nothing to take back.") == 2
    assert "bruise" in told(journal)


def test_an_emergency_ends_it_at_once_and_shows_where_to_go(hipwise):
    answer = hipwise("interview", typed=typed(*WHO, "4", "0", "1", "2", "0", "0", "0"))
    assert answer.code == 4
    assert "EMERGENCY" in answer.out
    assert "112 or 999" in answer.out
    assert "Fever and infection" not in answer.out
    assert answer.out.index("2. Is there new trouble") < answer.out.index("EMERGENCY")


def test_when_nothing_is_left_that_could_change_the_advice_it_ends_with_the_assessment(hipwise, journal):
    with journal() as opened:
        opened.set_athlete(age_y=35, sex="female", country="ie")
        while (following := opened.question()) is not None:
            opened.answer(following, following.question.states[0])
            last = following
        opened.undo()
    answer = hipwise("interview", typed=typed("1"))
    assert last.question.question in answer.out
    assert "What you told is kept" not in answer.out
    assert "WHAT IT COULD BE" in answer.out


def test_of_two_answers_that_do_not_fit_one_is_asked_again(hipwise, journal):
    with journal() as opened:
        opened.set_athlete(age_y=35, sex="female", country="ie")
        opened.tell(calm() | {"constant_pain": "yes"})
        question = opened.question()
    assert (question.question.id, question.why) == ("pain_at_rest", "again")
    assert "do not fit together" in hipwise("interview", typed="").out


def test_every_week_the_red_flags_are_asked_again(hipwise, tmp_path, clock):
    sore(tmp_path, clock).close()
    clock.on = ON + timedelta(8)
    assert "Where is the one worst spot?" in hipwise("interview", typed="").out


@pytest.mark.parametrize(
    ("lines", "born", "sex", "country"),
    [
        (["1990-05-06", "male", "d"], "1990-05-06", "male", None),
        (["young", "200", "1990-02-31", "d", "runner", "x", "Ireland", ""], None, None, None),
        (["d", "d", "de"], None, None, "DE"),
    ],
    ids=["all told", "slips", "little told"],
)
def test_who_it_is_may_stay_unknown_and_slips_are_asked_again(hipwise, journal, lines, born, sex, country):
    hipwise("interview", typed=typed(*lines))
    with journal() as opened:
        known = opened.athlete
    assert (None if known.born is None else str(known.born), known.sex, known.country) == (born, sex, country)


def test_at_the_end_it_asks_when_the_pain_began_if_there_are_runs_to_look_at(hipwise, journal, tmp_path, clock):
    with journal() as opened:
        opened.set_athlete(age_y=35, sex="female", country="ie")
        opened.add([fit(tmp_path)])
        opened.tell(calm())
        while (following := opened.question()) is not None:
            opened.answer(following, "unknown")
    answer = hipwise("interview", typed=typed("soon", clock.on + timedelta(1), "2030-05-01"))
    assert "is no day" in answer.out
    assert "not lie ahead" in answer.out
    with journal() as opened:
        assert str(opened.episode.onset) == "2030-05-01"
        assert opened.told().latest()["limp"].state == "no"
    assert "On which day" not in hipwise("interview", typed="").out


def test_as_json_it_asks_nothing_and_says_what_to_ask(hipwise):
    assert hipwise("interview", "--json").json["next"]["id"] == "worst_point"


# The check-in


def test_a_check_in_asks_three_things_and_says_what_follows(hipwise, journal):
    answer = hipwise("checkin", typed=typed("1", "0", "0"))
    assert answer.code == 0
    assert "ANSWER FIRST" in answer.out  # nobody has asked for red flags yet
    assert {name: told(journal)[name] for name in GOOD_MORNING} == GOOD_MORNING | {"rest_pain_score": "1"}


def test_a_tick_is_asked_more_of_where_there_is_more(hipwise, journal):
    hipwise("checkin", typed=typed("1", "0", "1 2 4", "2", "3", "1"))
    states = told(journal)
    assert states["limp"] == "yes"
    assert states["woken_by_hip"] == "lying_on_it"
    assert states["painkiller"] == "naproxen"
    assert states["painkiller_hours_ago"] == "under_6"
    assert states["fever"] == "no"


def test_what_is_not_known_in_a_check_in_stays_unknown(hipwise, journal):
    hipwise("checkin", typed=typed("d", "11", "much", "x", "d"))
    states = told(journal)
    assert states["rest_pain_score"] == "unknown"
    assert states["walk_pain_score"] == "declined"
    assert states["limp"] == states["painkiller"] == states["woken_by_hip"] == "unknown"


def test_there_is_no_way_back_in_a_check_in_but_it_is_one_step(hipwise, journal):
    answer = hipwise("checkin", typed=typed("b", "1", "b", "0", "b", "0"))
    assert answer.out.count("There is no way back") == 2
    hipwise("undo")
    assert told(journal) == {}


def test_the_few_things_that_today_still_needs_are_asked_right_away(hipwise, tmp_path, clock):
    sore(tmp_path, clock).close()
    answer = hipwise("checkin", typed=typed("0", "0", "0", "0", "0", "1"))
    assert "at its worst in your last run" in answer.out
    assert "How far into your last run" not in answer.out, "there was no pain"
    assert "RUN" in answer.out
    assert "ANSWER FIRST" not in answer.out


def test_where_the_pain_began_is_asked_only_if_the_run_hurt(hipwise, journal, tmp_path, clock):
    sore(tmp_path, clock).close()
    shown = hipwise("checkin", typed=typed("0", "0", "0", "1", "3", "5")).out
    assert "How far into your last run" in shown
    states = told(journal)
    assert (states["run_pain_score"], states["run_pain_from"]) == ("3", "to_2_km")


def test_a_lap_that_was_pressed_is_offered_as_the_place_where_it_began(hipwise, journal, tmp_path, clock):
    with sore(tmp_path, clock) as lived:
        lived.add([tcx(tmp_path / "new", clock.on, (3.1, 4.2))])
    answer = hipwise("checkin", typed=typed("0", "0", "0", "1", "3", "9", "2"))
    assert "at the end of lap 2, 4.2 km" in answer.out
    assert "'9'" in answer.out
    assert "How far into your last run" not in answer.out
    with journal() as opened:
        assert opened.evidence().latest()["run_pain_from"].origin == "lap:2:4200.0"
    hipwise("undo")
    assert "How far" in hipwise("checkin", typed=typed("0", "0", "0", "1", "3", "", "5")).out
    assert told(journal)["run_pain_from"] == "to_2_km"


@pytest.mark.parametrize(("km", "state"), [(0, "at_once"), (2, "to_2_km"), (2.1, "to_5_km"), (10, "to_10_km")])
def test_a_kilometre_is_told_as_the_answer_that_holds_it(hipwise, journal, km, state):
    hipwise("checkin", "--run", "4", "--began-km", km, "--json")
    assert told(journal)["run_pain_from"] == state
    hipwise("checkin", "--began-km", "10.1", "--json")
    assert told(journal)["run_pain_from"] == "over_10_km"


def test_a_check_in_that_ends_early_keeps_nothing(hipwise, journal):
    answer = hipwise("checkin", typed=typed("1"))
    assert answer.code == 1
    assert "nobody answered" in answer.err
    assert "Give the answers as options" in answer.err
    assert told(journal) == {}


def test_a_check_in_by_words_takes_more_findings(hipwise, journal):
    words = ["--rest", "2", "--walk", "1", "--none", "--tick", "woken", "--painkiller", "ibuprofen", "--hours-ago", "7"]
    words += ["--run", "3", "--began-km", "3.5"]
    hipwise("checkin", *words, "--morning", "2", "settled_after=within_24_h", "--json")
    assert told(journal) == {
        "rest_pain_score": "2",
        "walk_pain_score": "1",
        "limp": "no",
        "woken_by_hip": "yes",
        "fever": "no",
        "painkiller": "ibuprofen",
        "painkiller_hours_ago": "six_to_8",
        "run_pain_score": "3",
        "run_pain_from": "to_5_km",
        "morning_pain_score": "2",
        "settled_after": "within_24_h",
    }


def test_a_painkiller_of_which_nothing_is_said_counts_as_the_one_that_hides_most(hipwise, journal):
    hipwise("checkin", "--rest", "0", "--tick", "painkiller", "--hours-ago", "30")
    states = told(journal)
    assert (states["painkiller"], states["painkiller_hours_ago"]) == ("other", "over_12")


# A terminal


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_on_a_terminal_ctrl_c_leaves_at_once_and_keeps_what_was_told(me, journal):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "hipwise", "interview"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "80", "HIPWISE_JOURNAL": str(me)},
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 (one thread)
    )
    os.close(theirs)
    seen = ""
    for line in (*WHO, "4"):
        seen += _until_asked(ours)
        os.write(ours, line.encode() + b"\n")
    seen += _until_asked(ours)
    seen += _interrupted(process, ours) + _rest(ours)
    assert process.wait() == 0
    plain = CODES.sub("", seen)
    assert "What you told is kept" in plain
    assert "ROUTINE" in plain
    assert told(journal) == {"worst_point": "outer_hip"}
    assert max(len(line.rstrip("\r")) for line in plain.split("\n")) <= 80


def _until_asked(terminal):
    """Wait until a question stands there and nothing follows: what is typed early stands in the midst of the print."""
    seen = ""
    while not CODES.sub("", seen).endswith(": ") or select.select([terminal], [], [], 0.3)[0]:
        assert select.select([terminal], [], [], 30)[0], seen
        seen += os.read(terminal, 65536).decode()
    return seen


def _interrupted(process, terminal):
    """Press Ctrl-C; once more if it came in the instant before the question waited for an answer."""
    seen = ""
    while "is kept" not in seen:
        process.send_signal(signal.SIGINT)
        while select.select([terminal], [], [], 5)[0] and "is kept" not in seen:
            seen += os.read(terminal, 65536).decode()
    return seen


def _rest(terminal):
    seen = b""
    try:
        while data := os.read(terminal, 65536):
            seen += data
    except OSError:  # the other end is closed
        pass
    finally:
        os.close(terminal)
    return seen.decode()


def test_what_if_says_which_single_answer_would_change_the_picture(hipwise, tmp_path, clock):
    with sore(tmp_path, clock) as journal:
        journal.tell({"locking": "catches"})
    found = hipwise("whatif", "--json").json
    told = [(each["changes"], each["finding"], each["then"], each["level_then"]) for each in found]
    assert ("level", "locking", "locks_or_gives_way", "within_days") in told
    shown = " ".join(hipwise("whatif").out.split())
    assert "within days" in shown
    assert "WHAT WOULD CHANGE THE PICTURE" in shown
    assert "Do not try anything out that hurts" in shown


def test_what_if_argues_with_no_referral(hipwise, tmp_path, clock):
    with sore(tmp_path, clock) as journal:
        journal.tell({"limp": "yes", "worst_point": "groin", "impact_pain": "yes"})
    assert hipwise("whatif", "--json").json == []
