"""What the knowledge base promises: nothing guessed, nothing twice, every fault named with its line."""

from pathlib import Path

import pytest

from hipwise.errors import BadKnowledge
from hipwise.knowledge import (
    Compare,
    Fact,
    Knowledge,
    Level,
    Situation,
    Told,
    Unless,
    check,
    names_in,
)
from hipwise.knowledge._conditions import All, Either, read_condition
from hipwise.knowledge._yaml import parse

OWN = Path(__file__).parents[1] / "src" / "hipwise" / "knowledge" / "data"

NUMBER = "{value: 0.5, range: [0.3, 0.7], unit: share, of: runners, source: book, grade: judgement, mark: own}"
RATIO = "{value: 3, range: [0.1, 5], unit: ratio, of: runners, source: book, grade: judgement, mark: own}"
PAIN = NUMBER.replace("0.5,", "2,").replace("[0.3, 0.7]", "[1, 3]").replace("unit: share", "unit: pain")
SMALL = {
    "sources.yaml": "book: {title: A book, design: judgement}\n",
    "parameters/scale.yaml": f"often: {NUMBER}\n",
    "parameters/load.yaml": f"window_d: {NUMBER}\n",
    "findings/pain.yaml": """
limp:
  group: weight
  about: pain
  kind: yes_no
  question: Do you limp?
  help: A limp counts at any speed.
  alarming: ["yes"]
  first_page: weight
  holds_d: 7
  background: {"yes": often}
weakness:
  group: nerves
  about: pain
  kind: graded
  states: ["no", one_leg, both_legs]
  alarming: [one_leg, both_legs]
  question: Is a leg weak?
  help: Weaker than usual.
  holds_d: 7
test_press:
  group: self_test
  about: pain
  kind: yes_no
  question: Does pressing hurt?
  help: Press.
  holds_d: 7
  sensed_by: self_test
  background: {"yes": often}
score:
  group: check
  sensed_by: checkin
  about: pain
  kind: score
  question: How bad is it?
  help: From 0 to 10.
  holds_d: 2
""",
    "running/profiles.yaml": f"strain: {{name: Strain, lo: {PAIN}, hi: {PAIN}}}\n",
    "parameters/selftests.yaml": f"largest_ratio: {RATIO}\nsmallest_ratio: {RATIO.replace('3,', '0.4,', 1)}\n",
    "selftests.yaml": """
press: {name: Pressing, verdict: ok, finding: test_press, set_up: Lie., steps: [Press.], positive: Pain.,
  stop: At pain., why: It helps., sources: [book], mark: own}
hop: {name: Hop, verdict: never, why: It harms., sources: [book], mark: own}
""",
    "evidence_rows.yaml": """
row_1: {row: 1, of: strain, finding: A limp, used: [strain.limp, strain.sex, alarms.rf_limp, parameters.load.window_d]}
row_2: {row: 2, of: strain, finding: A hop, why_not: never}
""",
    "conditions.yaml": "strain: {ranked: [strain], alarms: [rf_limp], modifies: [limp]}\n",
    "alarms/first_page.yaml": "weight: {place: 1, title: Weight}\n",
    "alarms/facts.yaml": 'limps: {limp: ["yes"]}\n',
    "alarms/alarms.yaml": """
rf_limp:
  name: A limp
  suspects: [something]
  levels:
    - {level: same_day, when: {all: [{fact: limps}, {age: ">=65"}]}, because: It is new.}
    - {level: routine, when: {fact: limps}, because: It is there.}
  says: See someone.
  sources: [book]
  mark: own
""",
    "causes/strain.yaml": f"""
name: A strain
plain: A small tear.
site: front
self_care: false
profile: strain
prior: {NUMBER}
prior_shifts:
  - when: {{sex: female}}
    times: {{value: 2, range: [1, 3], unit: odds ratio, of: runners, source: book, grade: cohort, mark: seen}}
signs:
  limp: {{"yes": {NUMBER.replace("0.5,", "0.6,")}}}
  test_press: {{"yes": often}}
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in SMALL.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in check(folder)]


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_sound_folder_has_no_fault(folder: Path) -> None:
    assert faults(folder) == []
    knowledge = Knowledge.load(folder)
    assert knowledge.number("load.window_d").value == 0.5
    assert knowledge.share("often").source == "book"
    assert knowledge.share(knowledge.causes["strain"].prior).value == 0.5


def test_yaml_guesses_nothing() -> None:
    document = parse("a: no\nb: 2015-12-01\nc: 12:30\nd: 010\ne: 1e-3\nf: 0.30\ng: true\nh: 7\ni: null\nj: [1, 'x']\n")
    assert document.faults == []
    plain = {"a": "no", "b": "2015-12-01", "c": "12:30", "d": "010", "e": 0.001, "f": 0.3, "g": True, "h": 7, "i": None}
    assert document.data == plain | {"j": [1, "x"]}


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("a: 1\na: 2\n", "twice", 2),
        ("a: &x [1]\nb: *x\n", "alias", 1),
        ("a: !!python/name:os.system x\n", "tag", 1),
        ("a: [1\n", "no_yaml", 2),
        ("a: 1\n\tb: 2\n", "no_yaml", 2),
    ],
)
def test_yaml_refuses_what_hides_a_mistake_and_names_the_line(text: str, kind: str, line: int) -> None:
    (fault,) = parse(text).faults
    assert (fault.kind, fault.line) == (kind, line)


def test_an_empty_file_is_a_fault_of_its_own(folder: Path) -> None:
    (folder / "findings" / "empty.yaml").write_text("", "utf-8")
    assert faults(folder) == ["findings/empty.yaml:1: the file must hold 'name: value' pairs"]


def test_a_file_that_nobody_reads_is_a_fault(folder: Path) -> None:
    (folder / "stray.yaml").write_text("a: 1\n", "utf-8")
    assert len(faults(folder)) == 1
    assert faults(folder)[0].startswith("stray.yaml:1:")


def test_cases_are_read_by_those_who_run_them(folder: Path) -> None:
    (folder / "cases").mkdir()
    (folder / "cases" / "a.yaml").write_text("a: 1\n", "utf-8")
    assert faults(folder) == []


def test_all_faults_are_told_at_once_with_file_and_line(folder: Path) -> None:
    change(folder, "parameters/load.yaml", "value: 0.5", "value: 0.9")
    change(folder, "findings/pain.yaml", "holds_d: 2", "holds_d: none")
    found = faults(folder)
    assert any(each.startswith("parameters/load.yaml:1: 'window_d'") and "outside its range" in each for each in found)
    assert any(each.startswith("findings/pain.yaml:37: 'score'") for each in found)
    with pytest.raises(BadKnowledge) as caught:
        Knowledge.load(folder)
    assert len(caught.value.faults) == 2


def test_a_faulty_yaml_line_is_named(folder: Path) -> None:
    change(folder, "sources.yaml", "book:", "book: &b")
    change(folder, "alarms/facts.yaml", "limps:", "a: *b\nlimps:")
    assert any(each.startswith("alarms/facts.yaml:1:") for each in faults(folder))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("causes/strain.yaml", "source: book", "source: nobody", "the source 'nobody' stands in no sources file"),
        ("parameters/load.yaml", "source: book", "source: nobody", "the source 'nobody' stands in no sources file"),
        ("sources.yaml", "book:", "other: {title: B, design: trial}\nbook:", "'other' is used by nothing"),
        ("causes/strain.yaml", 'test_press: {"yes": often', 'test_press: {"yes": mostly', "'mostly' is no word"),
        ("findings/pain.yaml", '"yes": often', '"yes": mostly', "'mostly' is no word"),
        ("causes/strain.yaml", "self_care: false", "self_care: true", "self-care needs a protocol"),
        ("causes/strain.yaml", "value: 0.6", "value: 0.4", "nothing that can be asked speaks for this cause"),
        (
            "causes/strain.yaml",
            'test_press: {"yes": often',
            'test_press: {"yes": ' + NUMBER.replace("0.5, range: [0.3,", "0.1, range: [0.1,"),
            "the self-test 'test_press' makes 'yes' 0.20 times as likely here",
        ),
        ("evidence_rows.yaml", "strain.sex", "strain.age", "row 1 is said to be used in 'strain.age'"),
        ("evidence_rows.yaml", "strain.sex", "sprain.sex", "row 1 is said to be used in 'sprain.sex'"),
        ("evidence_rows.yaml", "alarms.rf_limp", "alarms.rf_hop", "'alarms.rf_hop'"),
        ("evidence_rows.yaml", "load.window_d", "load.window", "'parameters.load.window'"),
        ("evidence_rows.yaml", "load.window_d", "loads.window_d", "'parameters.loads.window_d'"),
        ("evidence_rows.yaml", ", why_not: never", "", "either used somewhere or says why not"),
        ("conditions.yaml", "ranked: [strain]", "ranked: [sprain]", "there is no cause 'sprain'"),
        ("conditions.yaml", "alarms: [rf_limp]", "alarms: [rf_hop]", "there is no alarm 'rf_hop'"),
        ("conditions.yaml", "modifies: [limp]", "modifies: [hop]", "there is no finding 'hop'"),
        ("selftests.yaml", "finding: test_press", "finding: limp", "there is no finding 'limp'"),
        ("selftests.yaml", "stop: At pain.,", "", "needs its set-up, steps"),
        ("selftests.yaml", "verdict: ok", "verdict: clinician", "must be allowed at home"),
        ("findings/pain.yaml", "sensed_by: checkin", "sensed_by: told", "can ask or sense 'score'"),
        (
            "findings/pain.yaml",
            "alarming: [one_leg",
            "silent: [one_leg]\n  alarming: [one_leg",
            "weakness does not have",
        ),
        ("causes/strain.yaml", "limp:", "hop:", "there is no finding 'hop'"),
        ("causes/strain.yaml", '"yes": often', "perhaps: often", "has no state 'perhaps'"),
        (
            "causes/strain.yaml",
            '"yes": often',
            '"yes": often, "no": ' + NUMBER.replace("0.5,", "0.7,"),
            "sum to more than 1",
        ),
        ("causes/strain.yaml", "sex: female", 'hop: ["yes"]', "there is no finding 'hop'"),
        (
            "alarms/alarms.yaml",
            "fact: limps}, because: It is there",
            "fact: hops}, because: It is there",
            "the fact 'hops'",
        ),
        ("alarms/facts.yaml", '["yes"]', '["perhaps"]', "has no state 'perhaps'"),
        ("alarms/facts.yaml", '{limp: ["yes"]}', '{limp: ">=3"}', "'limp' is compared with a number"),
        ("alarms/facts.yaml", '{limp: ["yes"]}', "{weakness: [one_leg]}", "name all of: one_leg, both_legs"),
        ("alarms/facts.yaml", '{limp: ["yes"]}', '{unless: {limp: ["yes"]}}', "must never switch a rule off"),
        (
            "alarms/alarms.yaml",
            '{all: [{fact: limps}, {age: ">=65"}]}',
            '{score: ">=7"}',
            "nothing it looks at is on the red-flag page",
        ),
        ("findings/pain.yaml", "first_page: weight", "first_page: night", "there is no card 'night'"),
        (
            "alarms/first_page.yaml",
            "weight:",
            "night: {place: 2, title: N}\nweight:",
            "no finding stands on the card 'night'",
        ),
        ("alarms/alarms.yaml", "level: routine", "level: emergency", "most to the least urgent"),
        ("alarms/alarms.yaml", "{fact: limps}, because", "{fact: limps, age: '>3'}, because", "one 'key: value'"),
        ("alarms/facts.yaml", '{limp: ["yes"]}', "{all: []}", "take a list of conditions"),
        ("alarms/facts.yaml", '{limp: ["yes"]}', "{limp: 3}", "takes a list of states or a comparison"),
        (
            "findings/pain.yaml",
            "kind: graded\n  states:",
            "kind: graded\n  labels: {maybe: x}\n  states:",
            "states that weakness does not have",
        ),
        (
            "findings/pain.yaml",
            'states: ["no", one_leg, both_legs]\n  alarming: [one_leg, both_legs]',
            "states: [a]",
            "at least two states",
        ),
    ],
)
def test_each_kind_of_fault_is_found(folder: Path, file: str, old: str, new: str, said: str) -> None:
    change(folder, file, old, new)
    found = faults(folder)
    assert any(said in each and each.startswith(file) for each in found), found


def test_without_caps_no_self_test_is_over_them(folder: Path) -> None:
    (folder / "parameters" / "selftests.yaml").unlink()
    change(folder, "causes/strain.yaml", 'test_press: {"yes": often', 'test_press: {"no": often')
    assert faults(folder) == []


def test_a_home_test_that_no_entry_explains_is_a_fault(folder: Path) -> None:
    (folder / "selftests.yaml").write_text("", "utf-8")
    assert any("'test_press' has no entry in selftests.yaml" in each for each in faults(folder))


def test_what_a_shift_looks_at_through_unless_counts_as_used(folder: Path) -> None:
    change(
        folder, "causes/strain.yaml", "sex: female", 'all: [{fact: limps}, {unless: {weakness: ["no"]}}, {age: ">3"}]'
    )
    change(folder, "evidence_rows.yaml", "strain.sex", "strain.weakness, strain.age")
    assert faults(folder) == []


def test_the_same_entry_in_two_files_is_a_fault(folder: Path) -> None:
    (folder / "sources_more.yaml").write_text(SMALL["sources.yaml"], "utf-8")
    assert any("'book' stands twice in the folder" in each for each in faults(folder))


def test_our_own_knowledge_is_sound() -> None:
    assert [str(fault) for fault in check(OWN)] == []


def test_our_own_knowledge_is_read_once() -> None:
    assert Knowledge.load() is Knowledge.load()
    assert Knowledge.load().version == Knowledge.load(OWN).version


def test_levels_spell_as_files_do() -> None:
    assert Level.of("same_day") is Level.SAME_DAY
    assert Level.SAME_DAY.code == "same_day"
    assert max(Level) is Level.EMERGENCY


LIMPS = Told("limp", frozenset({"yes"}))
OLD = Compare("age", ">=", 65)


def seen(age_y: int | None = None, sex: str | None = None, **states: str) -> Situation:
    return Situation(states, age_y, sex, {"limps": LIMPS})


def test_what_nobody_told_is_neither_true_nor_false() -> None:
    assert LIMPS.truth(seen()) is None
    assert OLD.truth(seen()) is None
    assert Compare("sex", "=", "female").truth(seen()) is None
    assert Compare("score", ">=", 7).truth(seen()) is None
    assert All((LIMPS, OLD)).truth(seen(limp="yes")) is None
    assert Either((LIMPS, OLD)).truth(seen(limp="no")) is None


def test_conditions_combine() -> None:
    assert All((LIMPS, OLD)).truth(seen(70, limp="yes")) is True
    assert All((LIMPS, OLD)).truth(seen(limp="no")) is False
    assert Either((LIMPS, OLD)).truth(seen(30, limp="no")) is False
    assert Either((LIMPS, OLD), count=2).truth(seen(limp="yes")) is None
    assert Either((LIMPS, OLD), count=2).truth(seen(30, limp="yes")) is False
    assert Compare("score", ">=", 7).truth(seen(score="7")) is True
    assert Compare("sex", "=", "female").truth(seen(sex="male")) is False


def test_silence_never_switches_a_rule_off() -> None:
    rule = Unless(LIMPS)
    assert rule.truth(seen()) is True
    assert rule.truth(seen(limp="no")) is True
    assert rule.truth(seen(limp="yes")) is False
    assert rule.because(seen(limp="no")) == ()


def test_a_condition_says_which_findings_make_it_true() -> None:
    rule = All((Fact("limps"), Either((OLD, Compare("score", ">=", 7)))))
    assert rule.because(seen(70, limp="yes", score="8")) == ("limp", "age", "score")
    assert rule.because(seen(70, limp="no")) == ()
    assert Either((LIMPS, OLD)).because(seen(limp="no", age_y=3)) == ()
    assert OLD.because(seen(30)) == ()
    assert LIMPS.because(seen(limp="no")) == ()


def test_a_condition_says_what_it_still_needs() -> None:
    rule = All((Fact("limps"), OLD, Unless(Told("fever", frozenset({"no"})))))
    assert rule.asks(seen()) == ("limp", "age")
    assert rule.asks(seen(70)) == ("limp",)
    assert rule.asks(seen(limp="no")) == ()
    assert Either((LIMPS, OLD)).asks(seen(limp="no")) == ("age",)


def test_a_condition_knows_what_can_switch_it_off() -> None:
    rule = read_condition({"any": [{"unless": {"limp": ["yes"]}}, {"all": [{"sex": "female"}, {"fact": "limps"}]}]})
    assert list(rule.switches()) == [LIMPS]
    counted = read_condition({"at_least": {"count": 1, "of": [{"limp": ["yes"]}]}})
    assert isinstance(counted, Either)
    assert counted.count == 1


def test_a_place_that_is_not_known_has_the_line_of_its_parent() -> None:
    document = parse("a: 1\nb:\n  c: [2]\n")
    assert document.line(("b", "c", 0)) == 3
    assert document.line(("b", "c", 5, "d")) == 3
    assert document.line(("z",)) == 1


def test_a_finding_that_names_no_states_and_is_no_usual_kind_is_a_fault(folder: Path) -> None:
    change(folder, "findings/pain.yaml", '  states: ["no", one_leg, both_legs]\n  alarming: [one_leg, both_legs]\n', "")
    assert any("needs at least two states" in each for each in faults(folder))


def test_a_condition_names_every_finding_that_it_can_depend_on_also_through_facts() -> None:
    facts = {"sore": read_condition({"any": [{"limp": ["yes"]}, {"age": ">40"}]})}
    whole = read_condition({"all": [{"fact": "sore"}, {"unless": {"fever": ["yes"]}}, {"sex": "female"}]})
    assert names_in(whole, facts) == {"limp", "age", "fever", "sex"}
