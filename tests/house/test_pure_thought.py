"""Thought is a function of what it is given; its numbers are data."""

import ast

THOUGHT = (
    *("texts/", "errors.py", "model.py", "knowledge/", "activity/", "load/", "form/", "draw/", "words/", "scores/"),
    *("causes/", "plan/", "validate/"),
)
CLOCKS = {"today", "now", "utcnow", "time_ns", "perf_counter", "monotonic"}
DICE = {"uuid1", "uuid4", "urandom", "getrandbits"}

REASONING = ("load/", "causes/", "plan/", "form/")
PLAIN = {0, 1, 2, 7, 24, 60, 100, 1000}
"""Nothing, one, a pair, and how units change into each other (days, hours, seconds, percent, kilometres)."""
NEGLIGIBLE = 1e-6


def calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node, node.func.id


def explained(tree, text):
    """Return the lines of constants at the top of a module that say below or beside what they are."""
    lines, found = text.splitlines(), set()
    for node, after in zip(tree.body, [*tree.body[1:], None], strict=True):
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        said = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        if said or any("#" in line for line in lines[node.lineno - 1 : node.end_lineno]):
            found |= set(range(node.lineno, node.end_lineno + 1))
    return found


def test_thought_has_no_clock_and_no_dice(modules):
    faults = [
        f"{file}:{node.lineno} calls {name}()"
        for file, tree in modules.items()
        if file.startswith(THOUGHT)
        for node, name in calls(tree)
        if name in CLOCKS | DICE
    ]
    assert not faults, "\n".join(faults)


def test_chance_always_has_a_seed(modules):
    faults = [
        f"{file}:{node.lineno} calls {name}() without a seed"
        for file, tree in modules.items()
        for node, name in calls(tree)
        if name in {"default_rng", "Random", "RandomState"} and not (node.args or node.keywords)
    ]
    assert not faults, "\n".join(faults)


def test_nothing_asks_the_network(modules):
    faults = [
        f"{file}:{node.lineno}"
        for file, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and "urllib.request" in ast.unparse(node)
    ]
    assert not faults, "\n".join(faults)


def test_a_number_in_a_reasoning_room_is_plain_arithmetic_or_says_what_it_is(modules, package):
    faults = []
    for file, tree in modules.items():
        if not file.startswith(REASONING):
            continue
        allowed = explained(tree, (package / file).read_text("utf-8"))
        faults += [
            f"{file}:{node.lineno} {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and type(node.value) in {int, float}
            and not (node.value in PLAIN or 0 < node.value <= NEGLIGIBLE or node.lineno in allowed)
        ]
    assert not faults, "\n".join(faults)
