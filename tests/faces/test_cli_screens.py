"""What a person sees: short where all is well, plain where it is no terminal, and nothing that only a colour says."""

import re
from datetime import timedelta

import pytest

from sore_runner import AFTER_THE_RUN, BONE, GOOD_MORNING, KB, ON, calm, fit, gpx, sore

CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
SIGNS = re.compile(r"[\u2500-\u257f]")
COMMANDS = [["assess"], ["plan"], ["today"], ["load"], ["runs"], ["findings"], ["causes"], ["sources"], ["undo"]]


@pytest.fixture
def screen(monkeypatch):
    """Make commands believe that they print on a terminal of 80 columns."""

    def on():
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.delenv("NO_COLOR", raising=False)

    return on


@pytest.fixture
def runner(tmp_path, clock):
    """Fill the journal of the commands."""
    with sore(tmp_path, clock, night_pain="lying_on_it", lying_on_side_hurts="yes") as journal:
        journal.checkin(GOOD_MORNING | AFTER_THE_RUN)
        journal.plan()
    return clock


def words(text):
    return re.findall(r"\w+", SIGNS.sub(" ", CODES.sub("", text)))


@pytest.mark.usefixtures("runner")
def test_a_terminal_shows_the_same_words_as_plain_paper_and_fits_into_80_columns(hipwise, screen):
    plain = {tuple(each): hipwise(*each).out for each in COMMANDS if each != ["undo"]}
    screen()
    for each, out in plain.items():
        shown = hipwise(*each).out
        assert "\x1b[" in shown or each == ("runs",)
        assert [word.lower() for word in words(shown)] == [word.lower() for word in words(out)], each
        if each != ("runs",):
            assert max(len(line) for line in CODES.sub("", shown).splitlines()) <= 80, each


@pytest.mark.usefixtures("runner")
def test_paper_that_is_no_terminal_gets_no_codes_and_no_boxes(hipwise):
    for each in COMMANDS:
        out = hipwise(*each).out
        assert "\x1b" not in out
        assert not SIGNS.search(out)


@pytest.mark.usefixtures("runner")
def test_colours_can_be_switched_off(hipwise, screen, monkeypatch):
    screen()
    monkeypatch.delenv("FORCE_COLOR")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in hipwise("assess").out


def test_a_narrow_window_only_makes_it_longer(hipwise, screen, monkeypatch, told):
    screen()
    monkeypatch.setenv("COLUMNS", "40")
    out = CODES.sub("", hipwise("assess", "--told", told({"told": calm(**BONE)})).out)
    assert max(map(len, out.splitlines())) <= 46  # one long word may stand out
    assert "WITHIN DAYS" in out


# Files


def test_files_that_were_plainly_read_are_counted_and_not_listed(hipwise, tmp_path):
    for ago in range(30):
        fit(tmp_path / "in", ON - timedelta(ago))
    answer = hipwise("add", tmp_path / "in")
    assert answer.code == 0
    assert answer.out == "30 files read.\n"
    assert hipwise("add", tmp_path / "in").out == "30 files merged: the same files or runs were there already.\n"


def test_what_is_odd_in_a_file_is_told_with_its_name(hipwise, tmp_path):
    cut = fit(tmp_path / "in", name="cut.fit")
    cut.write_bytes(cut.read_bytes()[:-200])
    fit(tmp_path / "in", ON - timedelta(1))
    out = hipwise("add", tmp_path / "in").out
    assert "2 files read." in out
    assert "cut.fit" in out
    assert "the cut" in out
    assert "2030-05-05.fit" not in out


def test_files_that_failed_are_named_by_their_reason_and_the_code_says_so(hipwise, tmp_path):
    (tmp_path / "in").mkdir()
    for place in range(14):
        (tmp_path / "in" / f"{place:02}.fit").touch()
    (tmp_path / "in" / "cat.png").write_bytes(b"\x89PNG")
    answer = hipwise("add", tmp_path / "in", gpx(tmp_path / "x"))
    assert answer.code == 3
    assert "14 files failed. The rest is in." in answer.out
    assert "1 file skipped: not an activity." in answer.out
    assert answer.out.count("The file is empty.") == 1
    assert "09.fit" in answer.out
    assert "10.fit" not in answer.out
    assert len(answer.out.splitlines()) < 30
    assert "and 4 more" in " ".join(answer.out.split())
    assert hipwise("runs").out.count("2030-05-06") >= 1


def test_files_are_named_from_the_folder_that_all_lie_in(hipwise, tmp_path):
    for name in ("a/x.fit", "a/y.fit", "b/z.fit"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).touch()
    out = hipwise("add", tmp_path / "in").out
    assert "    a/x.fit, a/y.fit, b/z.fit\n" in out
    out = "".join(hipwise("add", "nowhere.fit", tmp_path / "no.fit").out.split())
    assert f"nowhere.fit,{tmp_path}/no.fit" in out


def test_an_empty_folder_says_that_nothing_was_found(hipwise, tmp_path):
    (tmp_path / "in").mkdir()
    out = hipwise("add", tmp_path / "in").out
    assert "No files were found" in out or "nothing to read" in out


def test_progress_counts_files_on_the_terminal_and_is_silent_elsewhere(hipwise, tmp_path, screen):
    for ago in range(3):
        fit(tmp_path / "in", ON - timedelta(ago))
    assert hipwise("add", tmp_path / "in").err == ""
    assert hipwise("add", tmp_path / "in", "--json").err == ""
    screen()
    shown = CODES.sub("", hipwise("add", tmp_path / "in").err)
    assert "3/3" in shown
    assert "2030-05-06.fit" in shown


def test_runs_are_a_table_with_pace_and_what_is_not_known_stays_empty(hipwise, tmp_path):
    assert "No runs yet" in hipwise("runs").out
    hipwise("add", fit(tmp_path, km=10.0, minutes=55))
    hipwise("log", "5", "--at", "2026-05-01")
    lines = hipwise("runs").out.splitlines()
    assert lines[1].split()[:3] == ["2026-05-01", "running", "5.00"]
    assert lines[2].split()[:7] == ["2030-05-06", "running", "10.00", "0:55:00", "5:30", "168", "140"]


# Screens of the hip


@pytest.mark.usefixtures("runner")
def test_an_assessment_shows_urgency_causes_with_reasons_and_what_comes_next(hipwise):
    out = hipwise("assess").out
    order = ["SELF-CARE", "WHAT IT COULD BE", "Something else", "dB (decibans)", "Next question", "NOT LOOKED AT"]
    places = [out.index(each) for each in order]
    assert places == sorted(places)
    assert "our own judgement" in out
    assert "hipwise_judgement" not in out
    assert "(-0 dB" not in out
    assert "(+0 dB" not in out


def test_an_alarm_shows_why_and_who_says_so(hipwise, told):
    out = hipwise("assess", "--told", told({"athlete": {"age": 35}, "told": calm(**BONE)})).out
    assert "Why: " in out
    assert "Sources: " in out
    assert "See a doctor" in out


def test_files_that_come_with_answers_are_told_of_beside_the_assessment(hipwise, told, tmp_path):
    file = told({"told": {}, "runs": [str(fit(tmp_path / "in")), "nowhere.fit"]})
    out = hipwise("assess", "--told", file).out
    assert "1 file read." in out
    assert "1 file failed." in out


@pytest.mark.usefixtures("runner")
def test_a_plan_shows_exercises_with_steps_running_and_the_week(hipwise):
    out = hipwise("plan", "--minutes", "20", "--days", "4", "--equipment", "band", "--race", "2030-06-10").out
    for part in ("Stage 1 of", "EXERCISES", "    1. ", "Stop when:", "RUNNING", "THE WEEK", "Your race is in"):
        assert part in out, part
    assert out.index("Look again on") > out.index("SEE SOMEONE SOONER")


def test_a_plan_waits_for_answers(hipwise):
    out = hipwise("plan").out
    assert "questions must be answered first: hipwise interview" in out
    assert "EXERCISES" not in out


def test_a_referral_in_place_of_a_plan_says_what_could_still_change_it(hipwise):
    hipwise("tell", "constant_pain=yes", "worst_point=outer_hip")
    answer = hipwise("plan")
    assert answer.code == 4
    assert re.search(r"\d+ red-flag questions have no fresh answer; they may change", answer.out)
    hipwise("tell", *(f"{name}={state}" for name, state in calm(constant_pain="yes").items()))
    answer = hipwise("plan")
    assert answer.code == 4
    assert "red-flag question" not in answer.out


@pytest.mark.usefixtures("runner")
def test_today_shows_verdict_ceiling_stop_rules_and_what_was_looked_at(hipwise):
    out = hipwise("today", "--planned", "30").out
    assert re.search(r"^RUN( LESS)?$", out, re.MULTILINE)
    assert "At most 8.8 km" in out
    assert "Stop and walk home if" in out
    assert "What would change it" in out
    assert re.search(r"Rule R\d+", out)


def test_many_open_questions_are_counted_and_a_few_shown(hipwise):
    out = hipwise("today").out
    assert "ANSWER FIRST" in out
    assert re.search(r"\d+ open questions", out)
    assert re.search(r"and \d+ more", out)
    assert "Age" in out


@pytest.mark.usefixtures("runner")
def test_the_training_is_shown_with_bars_and_a_legend(hipwise):
    out = hipwise("load").out
    assert re.search(r"^2030-04-22  .{32}  32\.0 km", out, re.MULTILINE)
    assert "longest run of the week" in out
    assert "WHAT THE FIGURES ARE WORTH" in out
    assert "By the log alone" in out


def test_the_training_of_nobody_is_no_runs_yet(hipwise):
    out = hipwise("load").out
    assert "No runs yet" in out
    assert "By the log alone" not in out


def test_longer_runs_are_shown_with_what_is_known_of_such_runs(hipwise, tmp_path, clock):
    with sore(tmp_path, clock) as journal:
        journal.add([fit(tmp_path / "far", ON - timedelta(3), km=16.0, minutes=96)])
    out = " ".join(hipwise("load").out.split())
    assert "16.0 km, 100 % longer than the longest of the 30 days before (8.0 km)" in out


@pytest.mark.usefixtures("runner")
def test_the_page_goes_to_paper_as_markdown(hipwise):
    out = hipwise("report").out
    assert out.startswith("# Hip pain in a runner")
    assert out.endswith("short name.\n")


# Lists, and what is kept


def test_lists_name_all_there_is(hipwise):
    out = hipwise("findings").out
    assert all(f"{name}: " in out for name in KB.findings)
    out = " ".join(hipwise("causes").out.split())
    assert all(f"({name})" in out for name in KB.causes)
    out = hipwise("sources", "frandsen2025").out if "frandsen2025" in KB.sources else hipwise("sources").out
    assert "doi: " in out


def test_what_was_taken_back_is_told(hipwise):
    assert hipwise("undo").out == "There is nothing to take back.\n"
    hipwise("tell", "limp=no")
    assert hipwise("undo").out == "Taken back: your answer to Do you limp?.\n"
    hipwise("tell", "limp=no")
    assert hipwise("undo", "--json").json["undone"] == "answer"


def test_everything_goes_out_and_comes_back(hipwise, tmp_path):
    hipwise("log", "5", "30")
    file = tmp_path / "all.hipwise"
    assert str(file) in "".join(hipwise("export", file).out.splitlines())
    assert hipwise("restore", file, "--journal", tmp_path / "b.db", "--json").json["file"] == str(file)
    assert len(hipwise("runs", "--journal", tmp_path / "b.db", "--json").json) == 1
    assert hipwise("restore", file).code == 1
    assert hipwise("restore", file, "--replace").code == 0


def test_who_and_pain_and_clearance_are_told_in_one_go(hipwise):
    hipwise("tell", "--born", "1990-05-06", "--sex", "f", "--country", "de", "--new-pain", "--side", "left")
    hipwise("tell", "--onset", "2026-05-01", "limp=no")
    hipwise("tell", "--cleared-by", "Dr Example", "--cleared-for", "walk-run")
    page = hipwise("report", "--json").json
    assert page["athlete"]["sex"] == "female"
    assert page["episode"] == {"onset": "2026-05-01", "side": "left", "site": None}
    told = {each["finding"]: each["origin"] for each in page["told"]}
    assert told["cleared_bone"] == "clinician: Dr Example, for walk-run"
    assert "limp" in told


def test_our_own_knowledge_has_no_fault_and_a_clinics_may_have(hipwise, tmp_path):
    assert hipwise("check").out.endswith("0 faults.\n")
    (tmp_path / "kb" / "causes").mkdir(parents=True)
    (tmp_path / "kb" / "causes" / "x.yaml").write_text("name: only a name\n", "utf-8")
    answer = hipwise("check", tmp_path / "kb")
    assert answer.code == 3
    assert "x.yaml:1" in answer.out
    told = hipwise("check", tmp_path / "kb", "--json")
    assert told.code == 3
    assert told.json["faults"][0].keys() == {"file", "line", "what"}


@pytest.mark.slow
def test_the_story_of_the_sample_runner_is_told_from_end_to_end(hipwise, tmp_path):
    answer = hipwise("demo", "--keep", tmp_path / "sample")
    assert answer.code == 0
    out = " ".join(answer.out.split())
    for part in ("104 files read", "50 % longer", "SELF-CARE", "Gluteal tendinopathy", "PLAN", "NOT TODAY", "RUN"):
        assert part in out, part
    assert (tmp_path / "sample" / "journal.db").is_file()
    data = hipwise("demo", "--json").json
    assert data.keys() == {"import", "load", "assessment", "plan", "days"}
    assert data["assessment"]["causes"][0]["id"] == "gluteal_tendinopathy"
    assert len(data["days"]) == 8
