"""A knowledge base small enough to be worked out on paper: four causes, six findings, three that repeat one another."""

from __future__ import annotations

from pathlib import Path

from hipwise.knowledge import Knowledge

__all__ = ["BACKGROUND", "PRIORS", "REPEATS", "SIGNS", "STATES", "number", "small_knowledge"]

PRIORS = {"bone": 0.05, "tendon": 0.3, "joint": 0.2, "nerve": 0.1}
STATES = {
    "night": ["no", "yes"],
    "stiff": ["none", "short", "long"],
    "place": ["front", "side", "back"],
    "stairs": ["no", "yes"],
    "squat": ["no", "yes"],
    "climb": ["no", "some", "much"],
}
BACKGROUND = {
    "night": {"yes": 0.1},
    "stiff": {"short": 0.3, "long": 0.1},
    "place": {"side": 0.3, "back": 0.2},
    "stairs": {"yes": 0.3},
    "squat": {"yes": 0.25},
    "climb": {"some": 0.2, "much": 0.1},
}
REPEATS = {"stairs": "bending", "squat": "bending", "climb": "bending"}
SIGNS = {
    "bone": {"night": {"yes": 0.6}, "place": {"front": 0.8}, "stairs": {"yes": 0.5}},
    "tendon": {
        "night": {"yes": 0.04},
        "stiff": {"short": 0.4, "long": 0.05},
        "place": {"side": 0.9},
        "stairs": {"yes": 0.8},
        "squat": {"yes": 0.5},
        "climb": {"some": 0.3, "much": 0.4},
    },
    "joint": {"stiff": {"long": 0.5}, "squat": {"yes": 0.75}, "climb": {"some": 0.4, "much": 0.2}},
    "nerve": {"place": {"back": 0.7}, "stairs": {"yes": 0.1}, "squat": {"yes": 0.1}},
}
KINDS = {"stiff": "graded", "climb": "graded", "place": "choice"}
OWN = Path(__file__).parents[2] / "src" / "hipwise" / "knowledge" / "data"
TAKEN = ("sources.yaml", "parameters/scale.yaml", "parameters/triage.yaml", "parameters/ranking.yaml")


def small_knowledge(root: Path) -> Knowledge:
    """Return the knowledge base, written below ROOT; its ways of ranking are the project's own."""
    for name in TAKEN:
        write(root, name, (OWN / name).read_text("utf-8"))
    write(root, "sources_more.yaml", "book: {title: A book, design: judgement}\n")
    write(root, "findings/all.yaml", "\n".join(finding(name) for name in STATES))
    facts = 'place_told: {place: [front, side, back]}\nclearance_void: {night: ["yes"]}\n'
    write(root, "alarms/facts.yaml", facts + 'clearance_void_if_new: {night: ["yes"]}\n')
    write(root, "alarms/first_page.yaml", "where: {place: 1, title: Where}\n")
    for cause, signs in SIGNS.items():
        write(root, f"causes/{cause}.yaml", cause_file(cause, signs))
    return Knowledge.load(root)


def write(root: Path, name: str, text: str) -> None:
    """Put a file below ROOT."""
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(text, "utf-8")


def number(value: float, low: float | None = None, high: float | None = None, source: str = "book") -> str:
    """Spell a number with its range."""
    low, high = low if low is not None else value * 0.8, high if high is not None else min(0.999, value * 1.1)
    return (
        f"{{value: {value}, range: [{low}, {high}], unit: share, of: runners, source: {source}, "
        "grade: judgement, mark: own}"
    )


def spelled(shares: dict[str, float]) -> str:
    """Spell a share for each state."""
    return ", ".join(f'"{state}": {number(value)}' for state, value in shares.items())


def finding(name: str) -> str:
    """Spell a finding."""
    repeats = f"  repeats: {REPEATS[name]}\n" if name in REPEATS else ""
    return f"""
{name}:
  group: pattern
  about: pain
  kind: {KINDS.get(name, "yes_no")}
  states: [{", ".join(f'"{state}"' for state in STATES[name])}]
  question: Really?
  help: Say it.
  holds_d: 30
  background: {{{spelled(BACKGROUND[name])}}}
{repeats}"""


def cause_file(cause: str, signs: dict[str, dict[str, float]]) -> str:
    """Spell a cause; bone is twice as likely (odds) in women, and needs a clinician."""
    rows = "\n".join(f"  {name}: {{{spelled(states)}}}" for name, states in signs.items())
    text = f"name: {cause}\nplain: x\nsite: y\nself_care: {'false' if cause == 'bone' else 'true'}\n"
    text += f"profile: tendon\nprior: {number(PRIORS[cause])}\nsigns:\n{rows}\n"
    if cause == "bone":
        text += f"prior_shifts:\n  - when: {{sex: female}}\n    times: {number(2, 1.5, 3)}\n"
    return text
