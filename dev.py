"""Everything a developer types: python3 dev.py run | test | check | bench | app | openapi | lock.

Each command first sets up all it needs (the folder .venv beside this file, filled from requirements.lock with every
hash compared) and then does its job. A second call finds all in place and starts at once. Standard library only, and no
syntax that Python 3.6 cannot read, so that an old Python gets a sentence instead of a traceback.
"""

import sys

OLDEST = (3, 11)
if sys.version_info < OLDEST:
    sys.exit(
        "hipwise needs Python 3.11 or newer; this is Python {}.{}. Install a newer one and call it by its name, "
        "for example: python3.11 dev.py run".format(*sys.version_info[:2])
    )

import hashlib
import json
import os
import shutil
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""
STAMP = VENV / "set-up-done"
PIP = [str(BIN / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--no-deps", "--require-hashes"]
LOCK = ROOT / "requirements.lock"
RECIPE = "1"  # raise it when the steps of set_up change, so that every environment is made anew
MOST_WORKERS = 4  # more test processes only wait for each other


# Set-up


def set_up() -> None:
    """Make `.venv` hold exactly what the lock says, and the project itself; at once when it already does."""
    wanted, found = fingerprint(), stamped()
    if found == wanted:
        return
    began = time.monotonic()
    say("Setting up hipwise in .venv; the next call starts at once")
    if found.partition(" ")[0] != wanted.partition(" ")[0]:
        with step("making a fresh Python environment"):
            make_venv()
    STAMP.unlink(missing_ok=True)  # whoever stops us from here on leaves no stamp, and the next call begins afresh
    if not there("uv"):
        with step("installing uv, which installs the rest"):
            install_uv()
    with step("installing what requirements.lock names, every hash compared"):
        install_lock()
    with step("installing hipwise itself, so that a change in src/ counts at once"):
        install_project()
    STAMP.write_text(wanted, "utf-8")
    say(f"Set up in {time.monotonic() - began:.1f} s")


def stamped() -> str:
    """Return the fingerprint that the environment was made for; nothing when it is half made or its Python is gone."""
    return STAMP.read_text("utf-8") if STAMP.is_file() and there("python") else ""


def fingerprint() -> str:
    """Return what an environment depends on, as two hashes: what asks for a fresh one, and what for an update."""
    place = digest(RECIPE, str(ROOT), sys.version)
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    parts = project["build-system"], project["project"], project["tool"].get("hatch")
    return f"{place} {digest(LOCK.read_text('utf-8'), json.dumps(parts, sort_keys=True))}"


def digest(*parts: str) -> str:
    """Return one hash of all PARTS."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def make_venv() -> None:
    """Make an empty environment where the old or half-made one stood."""
    if VENV.exists():
        shutil.rmtree(VENV)
    python = getattr(sys, "_base_executable", sys.executable)  # not the one that was just deleted
    made = subprocess.run([python, "-m", "venv", str(VENV)], check=False, capture_output=True, text=True)
    if made.returncode:
        say(made.stdout + made.stderr)
        sys.exit(
            "The Python environment could not be made. On Debian and Ubuntu the package python3-venv is missing: "
            "install it, then call this command again."
        )


def install_uv() -> None:
    """Install uv with pip; its version and hashes stand in requirements.lock like all others."""
    pin = VENV / "uv.txt"
    pin.write_text(locked("uv"), "utf-8")
    must([*PIP, "--quiet", "-r", str(pin)])


def locked(name: str) -> str:
    """Return the entry of one package in requirements.lock: its version and hashes."""
    lines = LOCK.read_text("utf-8").splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith(f"{name}=="))
    end = next((n for n, line in enumerate(lines) if n > begin and not line.startswith(" ")), len(lines))
    return "\n".join(lines[begin:end]) + "\n"


def install_lock() -> None:
    """Install what the lock names and nothing else; where uv cannot reach the packages, pip has settings of its own."""
    if call([*uv_pip("sync"), "--require-hashes", str(LOCK)]) == 0:
        return
    say("    uv did not get there; trying once more with pip, which is slower")
    must([*PIP, *quietly(), "-r", str(LOCK)])


def install_project() -> None:
    """Install hipwise as a link to `src`, built with the hatchling of the lock; nothing is fetched."""
    must([*uv_pip("install"), "--offline", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])


def uv_pip(job: str) -> list[str]:
    """Return how uv is told to do JOB inside the environment."""
    return [tool("uv"), *quietly(), "pip", job, "--python", tool("python")]


def quietly() -> list[str]:
    """Return nothing where somebody watches the bars grow, and the option for silence where nobody does."""
    return [] if sys.stderr.isatty() else ["--quiet"]


# Commands


def run(rest: Sequence[str]) -> int:
    """Build the web app and open it in the browser; with arguments, pass them on to the `hipwise` command."""
    if not rest:
        app([])
    return become([tool("hipwise"), *(rest or ["serve"])])


def app(rest: Sequence[str]) -> int:
    """Build the web app, if anything in it has changed; say plainly where that cannot be done."""
    del rest
    web, reason = builder(), builder().why_not()
    if not reason:
        with step("building the web app, where anything in it has changed"):
            said: int = web.build()
        return said
    node = ".".join(map(str, web.OLDEST_NODE))
    say(f"The web app is not built: {reason}.")
    say(f"    Install Node.js {node} or newer, then call this again. All else works without it.")
    return 0


def test(rest: Sequence[str]) -> int:
    """Run all tests and hold the coverage against its floors; with arguments, run just what pytest then picks."""
    pytest = [tool("python"), "-m", "pytest"]
    if rest:
        return become([*pytest, *rest])
    if not builder().browser():
        say("!!! NO CHROMIUM: every test in a real browser is skipped. Install the package chromium to run them.")
    if app([]) or (not builder().why_not() and builder().npm("test", "--silent")):
        return 1
    report = VENV / "coverage.json"
    workers = str(min(os.cpu_count() or 1, MOST_WORKERS))
    said = call([*pytest, "-n", workers, "--cov", "--cov-branch", "--cov-report", f"json:{report}"])
    if said:
        return said
    return coverage_gate(json.loads(report.read_text("utf-8"))["files"], settings()["coverage"])


def check(rest: Sequence[str]) -> int:
    """Run every gate, also after one has failed, and sum up."""
    gates = {
        "lint": [tool("ruff"), "check", "--quiet", "."],
        "format": [tool("ruff"), "format", "--check", "--quiet", "--output-format", "concise", "."],
        "types": [tool("mypy")],
        "floors": [tool("lint-imports"), "--no-logo"],
        "packages": [tool("deptry"), "."],
        "knowledge": [tool("hipwise"), "check"],
    }
    if not builder().why_not() and builder().install() == 0:
        gates["web"] = ["npm", "--prefix", "web", "run", "--silent", "types"]
    unknown = [name for name in rest if name not in gates]
    if unknown:
        say(f"There is no gate called {', '.join(unknown)}. There are: {', '.join(gates)}.")
        return 2
    results = [timed(name, gates[name]) for name in rest or gates]
    say("")
    for name, said, seconds in results:
        say(f"{'failed' if said else 'passed'}  {name:<10} {seconds:5.1f} s")
    return int(any(said for _, said, _ in results))


def bench(rest: Sequence[str]) -> int:
    """Run the benchmarks, or those whose name holds one of the words given."""
    scripts = sorted((ROOT / "benchmarks").glob("[!_]*.py"))
    wanted = [script for script in scripts if not rest or any(word in script.stem for word in rest)]
    if not wanted:
        say(f"No benchmark fits. There are: {', '.join(script.stem for script in scripts)}.")
        return 1
    return max(timed(script.stem, [tool("python"), str(script)])[1] for script in wanted)


def openapi(rest: Sequence[str]) -> int:
    """Write the contract of the HTTP API to a file (out/openapi.json), for programs that make types of it."""
    path = ROOT / (rest[0] if rest else "out/openapi.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    code = "import json, sys; from hipwise.api import openapi; json.dump(openapi(), open(sys.argv[1], 'w'), indent=1)"
    return call([tool("python"), "-c", code, str(path)])


def lock(rest: Sequence[str]) -> int:
    """Write requirements.lock anew from pyproject.toml; versions stay unless `--upgrade` is given."""
    compiling = ["pip", "compile", "--universal", "--generate-hashes", "--no-header", "--python-version", "3.11"]
    return call([tool("uv"), *compiling, "pyproject.toml", "--group", "dev", "-o", LOCK.name, "--quiet", *rest])


# The web app


def builder() -> Any:
    """Return the file that builds the web app."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    import web_build

    return web_build


# Coverage


def coverage_gate(files: dict[str, dict[str, Any]], floors: dict[str, int]) -> int:
    """Hold each room's coverage (lines and branches) against its floor in pyproject.toml; 1 where one falls short."""
    rooms: dict[str, list[tuple[int, int]]] = {}
    for name, file in files.items():
        rooms.setdefault(room_of(name), []).append(counts(file["summary"]))
    short = [name for name in floors if name not in rooms and name != "elsewhere"]
    for name in short:
        say(f"short   {name:<12} has a floor in pyproject.toml, but no line of it was measured")
    for name, pairs in sorted(rooms.items()):
        covered, all_of_it = (sum(column) for column in zip(*pairs, strict=True))
        floor = floors.get(name, floors["elsewhere"])
        enough = covered * 100 >= floor * all_of_it
        say(f"{'covered' if enough else 'short  '} {name:<12} {covered} of {all_of_it}, floor {floor} %")
        if not enough:
            short.append(name)
            say("\n".join(missing(name, files)))
    return int(bool(short))


def room_of(file: str) -> str:
    """Return the room that a file belongs to: the folder or module below the package."""
    parts = Path(file).parts
    return parts[parts.index("hipwise") + 1].removesuffix(".py")


def counts(summary: dict[str, int]) -> tuple[int, int]:
    """Return how many lines and branches were run, and how many there are."""
    return (
        summary["covered_lines"] + summary.get("covered_branches", 0),
        summary["num_statements"] + summary.get("num_branches", 0),
    )


def missing(room: str, files: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Return for each file of a room what was never run."""
    for name, file in files.items():
        if room_of(name) == room and (file["missing_lines"] or file.get("missing_branches")):
            yield f"          {name}: lines {file['missing_lines']} branches {file.get('missing_branches', [])}"


# Small things


def settings() -> dict[str, dict[str, int]]:
    """Return the `tool.hipwise` part of pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        found: dict[str, dict[str, int]] = tomllib.load(file)["tool"]["hipwise"]
    return found


def tool(name: str) -> str:
    """Return where a command of the environment stands."""
    return str(BIN / (name + EXE))


def say(line: str) -> None:
    """Print LINE at once, also into a pipe."""
    print(line, flush=True)


def there(name: str) -> bool:
    """Return whether a command of the environment is there and leads somewhere."""
    return Path(tool(name)).exists()


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    began = time.monotonic()
    say(f"  {what} ...")
    yield
    say(f"    {time.monotonic() - began:.1f} s")


def timed(name: str, command: Sequence[str]) -> tuple[str, int, float]:
    """Run a command under its name; return the name, what it returned, and the seconds it took."""
    say(f"== {name}")
    began = time.monotonic()
    said = call(command)
    return name, said, time.monotonic() - began


def call(command: Sequence[str]) -> int:
    """Run a command inside the environment, in the project's folder; return its exit code."""
    return subprocess.run(command, cwd=ROOT, env=surroundings(), check=False).returncode


def must(command: Sequence[str]) -> None:
    """Run a command, and stop where it fails."""
    said = call(command)
    if said:
        sys.exit(
            f"Set-up stopped: '{Path(command[0]).name}' failed with code {said}; its words stand above. "
            "Mend the cause (often: no network), then call the same command again."
        )


def become(command: Sequence[str]) -> int:
    """Hand over to a command of the environment, in the folder of the caller."""
    if os.name == "posix":
        os.execve(command[0], list(command), surroundings())  # noqa: S606 (no shell is wanted)
    return subprocess.run(command, env=surroundings(), check=False).returncode


def surroundings() -> dict[str, str]:
    """Return the environment variables that make the tools work in `.venv`, whatever the caller has switched on."""
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    lost = {"PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}  # the last would compile everything at every start
    kept = {name: value for name, value in os.environ.items() if name not in lost}
    return kept | {"PATH": path, "VIRTUAL_ENV": str(VENV)}


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "app": app,
    "openapi": openapi,
    "lock": lock,
}


USAGE = """\
python3 dev.py COMMAND [ARGUMENTS]     sets up all that is needed, then does the job

  run              the web app in your browser, on this machine: with your runs, or a sample runner
  run -- ...       the hipwise command, for example: python3 dev.py run -- add my-runs/, or run -- demo
  test             every test, the web app's too, and the coverage of each room against its floor
  test ...         just what pytest makes of the arguments, for example: python3 dev.py test tests/house
  check [GATE]     lint, format, types, floors, packages, knowledge, web; or only the gates named
  bench [WORD]     the benchmarks, or only those with WORD in the name
  app              build the web app
  openapi [FILE]   write the contract of the HTTP API (out/openapi.json)
  lock [--upgrade] write requirements.lock anew from pyproject.toml"""


def main(arguments: Sequence[str]) -> int:
    """Set up, then do what the first argument says with the rest; a leading `--` in the rest is dropped."""
    name, *rest = arguments or ["--help"]
    if name not in COMMANDS:
        say(USAGE)
        return 0 if name in {"-h", "--help"} else 2
    try:
        set_up()
        return COMMANDS[name](rest[1:] if rest[:1] == ["--"] else rest)
    except KeyboardInterrupt:
        say("Stopped. The next call takes up what is missing.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
