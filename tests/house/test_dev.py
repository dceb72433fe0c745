"""What `dev.py` promises: all set-up by itself, once; gates that can fail."""

import ast
import importlib.util
import subprocess
import sys

import pytest


@pytest.fixture
def dev(root, tmp_path, monkeypatch):
    """Return a fresh `dev.py` whose environment stands in an empty folder."""
    made = importlib.util.spec_from_file_location("dev", root / "dev.py")
    module = importlib.util.module_from_spec(made)
    made.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "BIN", tmp_path / ".venv" / "bin")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "set-up-done")
    return module


@pytest.fixture
def steps(dev, monkeypatch):
    """Return the list into which every step of the set-up writes its name instead of doing it."""
    done = []

    def make_venv():
        done.append("venv")
        dev.BIN.mkdir(parents=True, exist_ok=True)
        (dev.BIN / "python").touch()

    def install_uv():
        done.append("uv")
        (dev.BIN / "uv").touch()

    monkeypatch.setattr(dev, "make_venv", make_venv)
    monkeypatch.setattr(dev, "install_uv", install_uv)
    monkeypatch.setattr(dev, "install_lock", lambda: done.append("lock"))
    monkeypatch.setattr(dev, "install_project", lambda: done.append("project"))
    return done


ALL_STEPS = ["venv", "uv", "lock", "project"]


def test_an_old_python_can_read_the_file_and_gets_a_sentence(root):
    text = (root / "dev.py").read_text("utf-8")
    ast.parse(text, feature_version=(3, 6))
    before = text.index("sys.exit(")
    assert "import tomllib" not in text[:before]


def test_the_first_call_sets_everything_up_and_the_second_nothing(dev, steps):
    dev.set_up()
    assert steps == ALL_STEPS
    dev.set_up()
    assert steps == ALL_STEPS


def test_set_up_tells_every_step_and_its_seconds(dev, steps, capsys):
    dev.set_up()
    told = capsys.readouterr().out
    assert told.count(" ...\n") == len(steps)
    assert told.count(" s\n") == len(steps) + 1


@pytest.mark.parametrize("stopped_at", ["install_uv", "install_lock", "install_project"])
def test_a_half_made_environment_is_made_afresh(dev, steps, monkeypatch, stopped_at):
    whole = getattr(dev, stopped_at)

    def stop():
        raise KeyboardInterrupt

    monkeypatch.setattr(dev, stopped_at, stop)
    with pytest.raises(KeyboardInterrupt):
        dev.set_up()
    monkeypatch.setattr(dev, stopped_at, whole)
    steps.clear()
    dev.set_up()
    assert steps[0] == "venv"
    assert steps[-2:] == ["lock", "project"]


def test_an_environment_whose_python_is_gone_is_made_afresh(dev, steps):
    dev.set_up()
    (dev.BIN / "python").unlink()
    steps.clear()
    dev.set_up()
    assert steps[0] == "venv"


def test_a_changed_lock_updates_the_environment_and_keeps_it(dev, steps, tmp_path, monkeypatch):
    dev.set_up()
    changed = tmp_path / "requirements.lock"
    changed.write_text(dev.LOCK.read_text("utf-8") + "# changed\n", "utf-8")
    monkeypatch.setattr(dev, "LOCK", changed)
    steps.clear()
    dev.set_up()
    assert steps == ["lock", "project"]


def test_another_python_or_another_folder_asks_for_a_fresh_environment(dev, steps, monkeypatch):
    dev.set_up()
    monkeypatch.setattr(dev.sys, "version", "another")
    steps.clear()
    dev.set_up()
    assert steps[0] == "venv"


def test_the_installer_is_pinned_by_hash_in_the_lock(dev):
    entry = dev.locked("uv")
    assert entry.startswith("uv==")
    assert "--hash=sha256:" in entry
    assert entry.count("==") == 1


def test_the_last_entry_of_the_lock_can_be_read_too(dev, tmp_path, monkeypatch):
    lock = tmp_path / "lock"
    lock.write_text("aa==1 \\\n    --hash=sha256:a\nuv==2 \\\n    --hash=sha256:b\n", "utf-8")
    monkeypatch.setattr(dev, "LOCK", lock)
    assert dev.locked("uv") == "uv==2 \\\n    --hash=sha256:b\n"
    assert dev.locked("aa") == "aa==1 \\\n    --hash=sha256:a\n"


def measured(name, covered, of):
    summary = {"covered_lines": covered, "num_statements": of, "covered_branches": 0, "num_branches": 0}
    lines = list(range(covered, of))
    return {name: {"summary": summary, "missing_lines": lines, "missing_branches": []}}


def test_a_room_below_its_floor_fails_the_test_command(dev, capsys):
    files = measured("src/hipwise/load/_a.py", 99, 100) | measured("src/hipwise/cli/_b.py", 95, 100)
    assert dev.coverage_gate(files, {"load": 100, "elsewhere": 90}) == 1
    told = capsys.readouterr().out
    assert "short   load" in told
    assert "src/hipwise/load/_a.py: lines [99]" in told
    assert "covered cli" in told


def test_rooms_at_their_floors_pass(dev):
    files = measured("src/hipwise/model.py", 10, 10) | measured("src/hipwise/store/_a.py", 9, 10)
    assert dev.coverage_gate(files, {"model": 100, "elsewhere": 90}) == 0


def test_a_room_without_a_floor_of_its_own_has_the_floor_of_all_others(dev):
    assert dev.coverage_gate(measured("src/hipwise/store/_a.py", 8, 10), {"elsewhere": 90}) == 1


def test_a_floor_for_a_room_that_was_not_measured_fails(dev):
    assert dev.coverage_gate(measured("src/hipwise/model.py", 1, 1), {"model": 100, "plan": 100, "elsewhere": 90}) == 1


def test_branches_count_like_lines(dev):
    files = measured("src/hipwise/model.py", 10, 10)
    files["src/hipwise/model.py"]["summary"] |= {"covered_branches": 3, "num_branches": 4}
    assert dev.coverage_gate(files, {"model": 100, "elsewhere": 90}) == 1


def test_the_floors_are_those_that_the_house_promises(dev):
    floors = dev.settings()["coverage"]
    thought = ("activity", "causes", "knowledge", "load", "model", "plan")
    assert {name: floors[name] for name in thought} == dict.fromkeys(thought, 100)
    assert floors["elsewhere"] == 90


def test_every_gate_runs_even_when_one_fails_and_the_sum_says_which(dev, monkeypatch, capsys):
    run = []

    def call(command):
        run.append(command[0].rpartition("/")[2])
        return int(run[-1] == "mypy")

    monkeypatch.setattr(dev, "call", call)
    monkeypatch.setattr(dev.builder(), "why_not", lambda: "there is no node")
    assert dev.check([]) == 1
    assert run == ["ruff", "ruff", "mypy", "lint-imports", "deptry", "hipwise"]
    told = capsys.readouterr().out
    assert "failed  types" in told
    assert told.count("passed") == 5


def test_checks_that_all_pass_return_zero_and_an_unknown_gate_does_not(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev, "call", lambda _: 0)
    monkeypatch.setattr(dev.builder(), "why_not", lambda: "there is no node")
    assert dev.check([]) == 0
    assert dev.check(["lint"]) == 0
    assert dev.check(["lnit"]) == 2
    assert "lnit" in capsys.readouterr().out


def test_the_web_app_is_a_gate_where_node_is_there(dev, monkeypatch):
    monkeypatch.setattr(dev, "call", lambda command: int("npm" in command))
    monkeypatch.setattr(dev.builder(), "why_not", lambda: "")
    monkeypatch.setattr(dev.builder(), "install", lambda: 0)
    assert dev.check([]) == 1
    assert dev.check(["lint"]) == 0


def test_without_node_the_app_is_not_built_and_the_reason_is_said(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev.builder(), "why_not", lambda: "there is no node")
    assert dev.app([]) == 0
    told = capsys.readouterr().out
    assert "there is no node" in told
    assert "Install Node.js" in told


def test_the_app_is_built_once_for_the_same_source(dev, tmp_path, monkeypatch):
    web, done = dev.builder(), []
    monkeypatch.setattr(web, "WEB", tmp_path)
    monkeypatch.setattr(web, "DIST", tmp_path / "dist")
    monkeypatch.setattr(web, "npm", lambda *words: done.append(words[0]) or 0)
    (tmp_path / "package-lock.json").write_text("{}", "utf-8")
    for folder in ("src", "dist", "node_modules"):
        (tmp_path / folder).mkdir()
    assert (web.build(), web.build()) == (0, 0)
    assert done == ["ci", "run"]
    (tmp_path / "src" / "a.ts").write_text("1", "utf-8")
    assert web.build() == 0
    assert done == ["ci", "run", "run"]
    (tmp_path / "package-lock.json").write_text("{1}", "utf-8")
    assert web.build() == 0
    assert done == ["ci", "run", "run", "ci", "run"]


def test_a_build_that_fails_is_tried_again(dev, tmp_path, monkeypatch):
    web = dev.builder()
    monkeypatch.setattr(web, "WEB", tmp_path)
    monkeypatch.setattr(web, "DIST", tmp_path / "dist")
    monkeypatch.setattr(web, "npm", lambda *_: 1)
    (tmp_path / "package-lock.json").write_text("{}", "utf-8")
    assert (web.build(), web.build()) == (1, 1)


def test_run_opens_the_app_or_passes_its_words_on(dev, monkeypatch):
    monkeypatch.setattr(dev, "set_up", lambda: None)
    monkeypatch.setattr(dev, "app", lambda _: 0)
    monkeypatch.setattr(dev, "become", lambda command: command[1:])
    assert dev.main(["run"]) == ["serve"]
    assert dev.main(["run", "--", "demo"]) == ["demo"]
    assert dev.main(["run", "--", "add", "a run.fit", "--json"]) == ["add", "a run.fit", "--json"]
    assert dev.main(["run", "today"]) == ["today"]


def test_a_failing_test_run_fails_before_coverage_is_looked_at(dev, monkeypatch):
    monkeypatch.setattr(dev, "call", lambda _: 3)
    monkeypatch.setattr(dev.builder(), "why_not", lambda: "there is no node")
    monkeypatch.setattr(dev.builder(), "browser", lambda: True)
    assert dev.test([]) == 3


def test_help_is_printed_without_any_set_up(root, tmp_path):
    copy = tmp_path / "dev.py"
    copy.write_text((root / "dev.py").read_text("utf-8"), "utf-8")
    told = subprocess.run([sys.executable, str(copy)], capture_output=True, text=True, check=False)
    assert told.returncode == 0
    assert "python3 dev.py COMMAND" in told.stdout
    wrong = subprocess.run([sys.executable, str(copy), "tset"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert sorted(file.name for file in tmp_path.iterdir() if file.name != "__pycache__") == ["dev.py"]


def test_the_change_gate_runs_tests_and_checks_and_fails_with_either(root):
    script = (root / ".ci" / "run").read_text("utf-8")
    assert "python3 dev.py test" in script
    assert "python3 dev.py check" in script
    assert "pipefail" in script
