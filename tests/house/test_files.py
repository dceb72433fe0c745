"""What no file of the project may hold: a registry host, a path of one machine, a rule switched off in silence."""

import re
import tomllib

import pytest

HOSTS = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("crates", "io"),
            ("proxy", "golang"),
            ("anaconda", "org"),
            ("conda", "io"),
            ("yarnpkg", "com"),
            ("jsdelivr", "net"),
            ("unpkg", "com"),
            ("rubygems", "org"),
            ("deb", "debian"),
            ("archive", "ubuntu"),
        )
    ),
    re.IGNORECASE,
)
INDEX = re.compile(
    "--(?:extra-)?" + "index-url|--find-" + "links|index" + "-url *=|https?://[^ ]*/sim" + "ple(?:/|\\b)"
)
MACHINE = re.compile(r"(?<![\w.$}/-])/(?:work|root|farm|tmp|home|Users)/")
NOQA = re.compile(r"# noqa(?P<codes>:[ A-Z0-9,]*)?(?P<reason>.*)")
PRAGMA = re.compile(r"# pragma: no (?:cover|branch)(?P<reason>.*)")


def places(pattern, files):
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in files.items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def python(files):
    return {name: text for name, text in files.items() if name.endswith(".py")}


@pytest.mark.parametrize(
    "line",
    ["see " + "https://pypi" + ".org/project/x", "files.python" + "hosted.org", "registry.NPM" + "js.org"],
)
def test_a_registry_host_would_be_found(line):
    assert places(HOSTS, {"a": line})


@pytest.mark.parametrize("line", ["cd /ro" + "ot/x", "open('/wo" + "rk/main')", "/ho" + "me/me/runs"])
def test_a_path_of_one_machine_would_be_found(line):
    assert places(MACHINE, {"a": line})


@pytest.mark.parametrize("line", ["https://example.org/wo" + "rk/3", "src/wo" + "rk/x", "$HOME/tm" + "p/x"])
def test_an_address_or_a_relative_path_is_no_path_of_one_machine(line):
    assert not places(MACHINE, {"a": line})


def test_no_file_names_a_registry_host(tracked):
    found = places(HOSTS, tracked) + places(INDEX, tracked)
    assert not found, "\n".join(found)


def test_no_file_names_a_path_of_one_machine(tracked):
    found = places(MACHINE, tracked)
    assert not found, "\n".join(found)


def test_the_lock_holds_no_address(root):
    assert "://" not in (root / "requirements.lock").read_text("utf-8")


def test_the_lock_of_a_tool_that_writes_addresses_is_not_kept(tracked):
    assert {name for name in tracked if name.rpartition("/")[2] in {"uv.lock", "pylock.toml", "poetry.lock"}} == set()


def test_every_silenced_line_names_the_rule_and_the_reason(tracked):
    faults = []
    for name, text in python(tracked).items():
        for number, line in enumerate(text.splitlines(), 1):
            found = NOQA.search(line)
            if found and '"' not in line[found.end("codes") if found["codes"] else found.start() :]:
                codes, reason = found["codes"] or "", found["reason"]
                if not re.fullmatch(r":( ?[A-Z]+[0-9]+,?)+ ?", codes) or not re.match(r" ?\(.{4,}\)", reason):
                    faults.append(f"{name}:{number}: {line.strip()}")
    assert not faults, "\n".join(faults)


def test_every_line_left_out_of_coverage_says_why(tracked):
    faults = [
        f"{name}:{number}: {line.strip()}"
        for name, text in python(tracked).items()
        for number, line in enumerate(text.splitlines(), 1)
        if (found := PRAGMA.search(line)) and "re.compile" not in line and not re.match(r" \(.{8,}\)", found["reason"])
    ]
    assert not faults, "\n".join(faults)


def test_every_rule_that_is_switched_off_has_its_reason_beside_it(root):
    text = (root / "pyproject.toml").read_text("utf-8")
    lint = tomllib.loads(text)["tool"]["ruff"]["lint"]
    switched_off = [*lint["ignore"], *(rule for rules in lint["per-file-ignores"].values() for rule in rules)]
    explained = re.findall(r'^ *"([A-Z]+[0-9]*)", +# .{6,}$', text, re.MULTILINE)
    assert sorted(explained) == sorted(switched_off)


def test_magic_numbers_are_looked_for_everywhere_but_in_tests(root):
    lint = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert lint["select"] == ["ALL"]
    assert not [rule for rule in lint["ignore"] if "PLR2004".startswith(rule)]
    excused = {folder for folder, rules in lint["per-file-ignores"].items() if "PLR2004" in rules}
    assert excused <= {"tests/**", "benchmarks/**"}


def test_every_data_file_of_the_tests_has_its_origin_and_licence(root):
    folder = root / "tests" / "data"
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != "README.md"]
    if not files:
        pytest.skip("the tests keep no data files; all are generated")
    told = (folder / "README.md").read_text("utf-8")
    assert [file.name for file in files if file.name not in told] == []
