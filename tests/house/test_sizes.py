"""Small by gate: what a reader must hold in mind at once has an upper size."""

import ast
import statistics

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
MEDIAN_FUNCTION = 10


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function):
    """Return how many lines a function has, its docstring left out."""
    docstring = function.body[0] if ast.get_docstring(function) is not None else None
    told = docstring.end_lineno - docstring.lineno + 1 if docstring else 0
    return function.end_lineno - function.lineno + 1 - told


def test_a_docstring_is_no_length():
    tree = ast.parse('def f():\n    """One.\n\n    Two.\n    """\n    x = 1\n    return x\n')
    assert [length(each) for each in functions(tree)] == [3]


def test_no_python_file_is_longer_than_400_lines(tracked):
    sizes = {name: text.count("\n") for name, text in tracked.items() if name.endswith(".py")}
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def test_no_function_is_longer_than_40_lines(modules, root):
    trees = modules | {"dev.py": ast.parse((root / "dev.py").read_text("utf-8"))}
    long = [
        f"{file}:{function.lineno} {function.name} has {length(function)} lines"
        for file, tree in trees.items()
        for function in functions(tree)
        if length(function) > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_most_functions_fit_into_ten_lines(modules):
    assert statistics.median(length(each) for tree in modules.values() for each in functions(tree)) <= MEDIAN_FUNCTION
