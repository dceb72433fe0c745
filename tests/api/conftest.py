"""A server in one process: a journal with a clock that a test sets, the app, and who asks it."""

import shutil
import warnings
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, groupby

import pytest

from hipwise.api import House, app_of
from hipwise.journal import Journal
from hipwise.knowledge import Knowledge
from hipwise.simulate import story, write

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it would rather have a younger httpx, and works with ours
    from fastapi.testclient import TestClient

PORT = 8717
HOME = f"http://127.0.0.1:{PORT}"
API = f"{HOME}/api/v1"


class Clock:
    """The time of a journal."""

    def __init__(self, on):
        self.now = datetime.combine(on, time(7), UTC)

    def __call__(self):
        return self.now

    def pass_days(self, days):
        self.now += timedelta(days)


class Client(TestClient):
    """Asks as a program does that has the key; every write has a new key of its own."""

    numbers = count(1)

    def request(self, method, url, **values):
        headers = dict(values.pop("headers", None) or {})
        if method not in {"GET", "HEAD"}:
            headers.setdefault("idempotency-key", f"test-key-{next(self.numbers):06}")
        path = url if str(url).startswith(("http", "ws", "/enter", "/api")) else f"/api/v1{url}"
        return super().request(method, path, headers=headers, **values)


@pytest.fixture(scope="session")
def knowledge():
    return Knowledge.load()


@pytest.fixture(scope="session")
def tale():
    return story(start=date(2026, 3, 2))


@pytest.fixture(scope="session")
def lived(tale, knowledge, tmp_path_factory):
    """Return a journal file in which the sample runner has lived until the last morning but one."""
    folder = tmp_path_factory.mktemp("lived")
    clock = Clock(tale.told)
    with Journal.open(folder / "me.db", knowledge=knowledge, now=clock) as journal:
        journal.add(write(tale, folder / "runs"))
        who = tale.athlete
        journal.set_athlete(born=who.born, sex=who.sex, country=who.country)
        journal.new_pain(onset=tale.onset, side=tale.truth.side)
        journal.tell({each.id: each.state for each in tale.answers})
        journal.plan()
        for day, findings in groupby(tale.checkins, key=lambda each: each.on):
            if day < tale.ends:
                clock.now = datetime.combine(day, time(7), UTC)
                journal.checkin({each.id: each.state for each in findings})
    return folder / "me.db"


@pytest.fixture
def clock(tale):
    return Clock(tale.ends)


@pytest.fixture
def journal(tmp_path, clock, knowledge):
    """Return an empty journal."""
    with Journal.open(tmp_path / "me.db", knowledge=knowledge, now=clock) as opened:
        yield opened


@pytest.fixture
def lived_journal(lived, tmp_path, clock, knowledge):
    """Return a journal of one's own in which the sample runner has lived."""
    shutil.copy(lived, tmp_path / "lived.db")
    with Journal.open(tmp_path / "lived.db", knowledge=knowledge, now=clock) as opened:
        yield opened


def house_of(journal, folder, **more):
    origins = frozenset(f"http://{name}:{PORT}" for name in ("127.0.0.1", "localhost"))
    return House(journal, folder, PORT, origins, **more)


@pytest.fixture
def house(journal, tmp_path):
    return house_of(journal, tmp_path / "server")


@pytest.fixture
def lived_house(lived_journal, tmp_path):
    return house_of(lived_journal, tmp_path / "server")


def asking(house):
    """Return a client that knows the key; no worker lives beside it."""
    return Client(app_of(house), HOME, headers={"authorization": f"Bearer {house.keys.bearer}"}, follow_redirects=False)


@pytest.fixture
def client(house):
    return asking(house)


@pytest.fixture
def lived_client(lived_house):
    return asking(lived_house)


@pytest.fixture
def stranger(house):
    """Return a client that has no key."""
    return Client(app_of(house), HOME, follow_redirects=False)
