"""Rooms have one door each, and their insides are private."""

import ast
import importlib
import subprocess
import sys

import pytest

HEAVY = {"alembic", "numpy", "polars", "pydantic", "rich", "sqlalchemy", "typer", "yaml"}
"""What takes tens of milliseconds or more to load."""


def dotted(file):
    parts = ["hipwise", *file.removesuffix(".py").split("/")]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree):
    """Return every (module, names) that a module imports; a relative import is not used in this house."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, [], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", [alias.name for alias in node.names], node.lineno


def defined(tree):
    """Return the names that a module defines at its top, or takes in from its own private files."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif isinstance(node, ast.ImportFrom) and "._" in (node.module or ""):
            yield from (alias.asname or alias.name for alias in node.names)


def declared(tree):
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return ast.literal_eval(node.value)
    return None


def test_no_inside_imports_its_own_door(modules):
    faults = []
    for file, tree in modules.items():
        here = dotted(file)
        doors = {here.rsplit(".", depth)[0] for depth in range(1, here.count(".") + 1)}
        for module, names, line in imported(tree):
            if module in doors and any(f"{module}.{name}" not in map(dotted, modules) for name in names):
                faults.append(f"{file}:{line} imports its own door {module}")
    assert not faults, "\n".join(faults)


def test_nobody_reaches_into_the_private_files_of_another_room(modules):
    faults = [
        f"{file}:{line} reaches into {module}"
        for file, tree in modules.items()
        for module, _, line in imported(tree)
        if module.startswith("hipwise.") and "._" in module and not dotted(file).startswith(module.partition("._")[0])
    ]
    assert not faults, "\n".join(faults)


def test_what_a_module_shows_is_what_it_lists_in_all(modules):
    faults = []
    for file, tree in modules.items():
        if file in {"__init__.py", "__main__.py"} or "_migrations" in file:
            continue
        listed, shown = declared(tree), {name for name in defined(tree) if not name.startswith("_")}
        inner = file.rpartition("/")[2].startswith("_") and not file.endswith("__init__.py")
        if listed is None:
            faults += [] if inner else [f"{file} has no __all__"]
        elif inner:
            faults += [f"{file} lists {name}, which it does not have" for name in set(listed) - set(defined(tree))]
        elif set(listed) != shown:
            faults.append(f"{file}: listed but not shown or shown but not listed: {sorted(set(listed) ^ shown)}")
    assert not faults, "\n".join(faults)


def test_every_name_of_the_front_door_leads_somewhere():
    hipwise = importlib.import_module("hipwise")
    assert hipwise.__all__
    assert [name for name in hipwise.__all__ if getattr(hipwise, name, None) is None] == []
    assert set(hipwise.__all__) <= set(dir(hipwise))


def test_python_m_hipwise_and_the_command_are_one():
    assert importlib.import_module("hipwise.__main__").main is importlib.import_module("hipwise.cli").main


def test_the_front_door_says_so_when_a_name_is_not_there():
    hipwise = importlib.import_module("hipwise")
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = hipwise.no_such_name


def test_opening_the_front_door_loads_nothing_heavy():
    code = "import sys, hipwise; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in told.stdout.split()}
    assert "hipwise" in loaded
    assert loaded & HEAVY == set()
