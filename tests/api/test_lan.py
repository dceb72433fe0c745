"""Phones come in by HTTPS of our own and a code; without `--lan` nobody but this machine does."""

import os
import re
import signal
import socket
import ssl
import stat
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from tests.api.conftest import API, Client, asking, house_of

from hipwise.api import Wanted, _serve, app_of, serve
from hipwise.api._certificates import certificate
from hipwise.api._keys import MOST_TRIES, WITHIN_S, Keys
from hipwise.api._sockets import listening, local_name, own_address
from hipwise.api._trust import trust_page
from hipwise.errors import HipwiseError

NOW = datetime(2026, 8, 27, 7, tzinfo=UTC)
LAN = {"addresses": ["https://192.168.1.7:8718"], "trust": ["http://192.168.1.7:8719"], "fingerprint": "AB:CD"}


@pytest.fixture
def phone(journal, tmp_path):
    """Return a house that lets phones in, and a client on one of them."""
    house = house_of(journal, tmp_path / "server", lan=LAN)
    house.origins |= {"https://192.168.1.7:8718"}
    client = Client(app_of(house), "https://192.168.1.7:8718", client=("192.168.1.20", 5000))
    return house, client


def pair(client, code):
    return client.post("https://192.168.1.7:8718/api/v1/pair", json={"code": code})


def ask(client, path):
    return client.get(f"https://192.168.1.7:8718/api/v1{path}")


def test_a_phone_that_knows_the_code_is_let_in_and_stays_in(phone):
    house, client = phone
    assert ask(client, "/today").status_code == 401
    code = house.keys.code
    paired = pair(client, f" {code[:4]} {code[4:]} ")
    assert paired.status_code == 204
    assert all(part in paired.headers["set-cookie"] for part in ("Secure", "HttpOnly", "SameSite=strict"))
    assert ask(client, "/today").status_code == 200
    assert ask(client, "/session").json()["lan"] is True


def test_a_code_works_once(phone):
    house, client = phone
    code = house.keys.code
    assert pair(client, code).status_code == 204
    again = pair(client, code)
    assert (again.status_code, again.json()["id"]) == (403, "wrong_code")


def test_guessing_closes_the_door_and_changes_the_code(phone):
    house, client = phone
    code = house.keys.code
    wrong = [pair(client, f"{place:08}").status_code for place in range(MOST_TRIES)]
    assert wrong == [403] * MOST_TRIES
    closed = pair(client, code)
    assert (closed.status_code, closed.json()["id"]) == (429, "too_many_tries")
    assert house.keys.code != code
    assert ask(client, "/today").status_code == 401


def test_the_door_opens_again_after_a_while(tmp_path):
    now = [0.0]
    keys = Keys(tmp_path / "secret", 8717, clock=lambda: now[0])
    for _ in range(MOST_TRIES):
        keys.is_code("wrong")
    assert keys.is_closed()
    now[0] = WITHIN_S + 1
    assert not keys.is_closed()


def test_the_code_is_told_on_this_machine_only(phone):
    house, client = phone
    pair(client, house.keys.code)
    elsewhere = ask(client, "/pairing")
    assert (elsewhere.status_code, elsewhere.json()["id"]) == (403, "only_here")
    assert client.post("https://192.168.1.7:8718/api/v1/pairing/forget").status_code == 403
    here = asking(house).get("/pairing").json()
    assert here == LAN | {"lan": True, "code": house.keys.code}


def test_without_lan_there_is_no_code_that_works(client, house):
    assert client.get("/pairing").json()["lan"] is False
    assert client.post("/pair", json={"code": house.keys.code}).status_code == 403


def test_what_signs_cookies_is_open_to_its_owner_only(tmp_path):
    keys = Keys(tmp_path / "server" / "secret", 8717)
    file = tmp_path / "server" / "secret"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Keys(file, 8717).is_cookie(keys.new_cookie()), "a cookie outlives a restart"
    assert not Keys(tmp_path / "other", 8717).is_cookie(keys.new_cookie())
    assert not keys.is_bearer(Keys(file, 8717).bearer), "a key does not"


def test_the_authority_may_sign_for_the_house_and_for_nothing_else(tmp_path):
    own = certificate(tmp_path, ["192.168.1.7"], ["laptop.local"], NOW)
    authority = x509.load_pem_x509_certificate(own.authority.read_bytes())
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    names = [str(each.value) for each in limits.value.permitted_subtrees]
    assert "local" in names
    assert "192.168.0.0/16" in names
    assert not any(name in names for name in ("com", "0.0.0.0/0", "::/0"))
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_phone_would_take_the_certificate(tmp_path):
    own = certificate(tmp_path, ["192.168.1.7"], ["laptop.local"], NOW)
    leaf = x509.load_pem_x509_certificate(own.chain.read_bytes())
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc < timedelta(398)
    said = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert said.get_values_for_type(x509.DNSName) == ["laptop.local"]
    assert len(own.fingerprint.split(":")) == 32


def test_a_certificate_is_made_anew_when_it_must_be_and_the_authority_stays(tmp_path):
    first = certificate(tmp_path, ["192.168.1.7"], ["laptop.local"], NOW)
    chain = first.chain.read_bytes()
    assert certificate(tmp_path, ["192.168.1.7"], ["laptop.local"], NOW).chain.read_bytes() == chain
    moved = certificate(tmp_path, ["192.168.1.8"], ["laptop.local"], NOW)
    assert moved.fingerprint == first.fingerprint
    assert moved.chain.read_bytes() != chain
    late = certificate(tmp_path, ["192.168.1.8"], ["laptop.local"], NOW + timedelta(380))
    assert late.fingerprint == first.fingerprint
    assert certificate(tmp_path, ["192.168.1.8"], [], NOW + timedelta(5 * 365)).fingerprint != first.fingerprint


def test_a_certificate_of_another_authority_is_not_used(tmp_path):
    certificate(tmp_path, ["192.168.1.7"], [], NOW)
    other = certificate(tmp_path / "other", ["192.168.1.7"], [], NOW)
    (tmp_path / "server.crt").write_bytes(other.chain.read_bytes())
    own = certificate(tmp_path, ["192.168.1.7"], [], NOW)
    leaf = x509.load_pem_x509_certificate(own.chain.read_bytes())
    leaf.verify_directly_issued_by(x509.load_pem_x509_certificate(own.authority.read_bytes()))


def test_the_page_that_shows_how_to_trust_gives_the_certificate_and_nothing_else(tmp_path):
    own = certificate(tmp_path, ["192.168.1.7"], ["laptop.local"], NOW)
    page = Client(trust_page(own, frozenset({"192.168.1.7:8719"}), LAN["addresses"][0]), LAN["trust"][0])
    at = LAN["trust"][0]
    shown = page.get(f"{at}/")
    assert own.fingerprint in shown.text
    assert all(word in shown.text for word in ("iPhone", "Android", LAN["addresses"][0]))
    assert "script" not in shown.text
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    given = page.get(f"{at}/hipwise-at-home.crt")
    assert given.content == own.authority.read_bytes()
    assert given.headers["content-type"] == "application/x-x509-ca-cert"
    for path in ("/server.key", "/authority.key", "/api/v1/today", "/../server.key"):
        assert page.get(f"{at}{path}").status_code == 404
    assert page.get(f"{at}/", headers={"host": "evil.example"}).status_code == 421


def test_a_port_that_is_taken_is_told():
    with listening("127.0.0.1", (0,)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(HipwiseError, match="cannot listen"):
            listening("127.0.0.1", (port,))
        with listening("127.0.0.1", range(port, port + 50)) as next_one:
            assert next_one.getsockname()[1] > port


def test_this_machine_knows_its_own_name_and_address():
    assert re.fullmatch(r"[a-z0-9-]+\.local", local_name())
    assert own_address() is None or own_address().count(".") == 3


def test_phones_cannot_come_where_there_is_no_house(journal, tmp_path, monkeypatch):
    for address in (None, "203.0.113.9"):
        monkeypatch.setattr(_serve, "own_address", lambda found=address: found)
        with pytest.raises(HipwiseError, match="no network that a phone"):
            serve(journal, tmp_path / "server", Wanted(0, opens=False, lan=True), print)


def test_a_browser_is_opened_only_where_there_is_somebody_to_look(monkeypatch):
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("DISPLAY", ":0")
    assert not _serve._has_screen()
    monkeypatch.delenv("CI")
    assert _serve._has_screen()
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert _serve._has_screen() == (sys.platform in {"darwin", "win32"})


class Running:
    """A server in a thread of its own, as `hipwise serve` runs it, with what it told."""

    def __init__(self, journal, folder, monkeypatch, **wanted):
        self.lines, self.servers = [], []
        whole = _serve._all

        async def noted(first, listener, others):
            self.servers.append(first)
            monkeypatch.setattr(first, "capture_signals", _serve._Beside(first.config).capture_signals)
            await whole(first, listener, others)

        monkeypatch.setattr(_serve, "_all", noted)
        words = (journal, folder, Wanted(0, **wanted), self.lines.append)
        self.thread = threading.Thread(target=serve, args=words)

    def __enter__(self):
        self.thread.start()
        until = time.monotonic() + 20
        while not (self.servers and self.servers[0].started):
            assert time.monotonic() < until
            time.sleep(0.02)
        return self

    def __exit__(self, *_):
        self.servers[0].should_exit = True
        self.thread.join(20)


def spoken(address, words, context=None):
    """Send WORDS to an address and return what comes back, with nothing between us and the wire."""
    host, port = re.fullmatch(r"https?://([^:/]+):(\d+)", address).groups()
    plain = socket.create_connection((host, int(port)), timeout=10)
    with context.wrap_socket(plain, server_hostname=host) if context else plain as wire:
        wire.sendall(words.replace("\n", "\r\n").format(host=f"{host}:{port}").encode())
        return b"".join(iter(lambda: wire.recv(65536), b"")).decode()


HEALTH = "GET /api/v1/health HTTP/1.1\nHost: {host}\nConnection: close\n\n"


@pytest.mark.slow
def test_serve_answers_on_loopback_and_opens_the_browser(journal, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(_serve, "_has_screen", lambda: True)
    monkeypatch.setattr(_serve, "BEGUN_S", 0.0)
    monkeypatch.setattr(_serve.webbrowser, "open", opened.append)
    with Running(journal, tmp_path / "server", monkeypatch) as running:
        address = re.search(r"http://127\.0\.0\.1:\d+", running.lines[0])[0]
        assert spoken(address, HEALTH).startswith("HTTP/1.1 200")
        assert "HTTP/1.1 421" in spoken(address, HEALTH.replace("{host}", "evil.example"))
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/enter\?key=\S+", opened[0])


@pytest.mark.slow
def test_serve_lan_answers_a_phone_by_https_that_our_authority_vouches_for(journal, tmp_path, monkeypatch):
    monkeypatch.setattr(_serve, "own_address", lambda: "127.0.0.2")
    with Running(journal, tmp_path / "server", monkeypatch, opens=False, lan=True) as running:
        told = "\n".join(running.lines)
        trust, app = (re.search(rf"{kind}://127\.0\.0\.2:\d+", told)[0] for kind in ("http", "https"))
        context = ssl.create_default_context(cafile=tmp_path / "server" / "certificates" / "authority.crt")
        assert spoken(app, HEALTH, context).startswith("HTTP/1.1 200")
        unpaired = HEALTH.replace("health", "today")
        assert spoken(app, unpaired, context).startswith("HTTP/1.1 401")
        assert "hipwise-at-home.crt" in spoken(trust, HEALTH.replace("/api/v1/health", "/"))
        assert re.search(r"code \d{8}", told)


@pytest.mark.slow
def test_the_command_serves_until_it_is_stopped(tmp_path):
    words = [sys.executable, "-m", "hipwise", "--journal", str(tmp_path / "me.db"), "serve", "--no-open"]
    surroundings = os.environ | {"XDG_CONFIG_HOME": str(tmp_path)}
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=surroundings, text=True) as server:
        address = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())[0]
        server.stdout.readline()
        time.sleep(0.5)
        assert spoken(address, HEALTH).startswith("HTTP/1.1 200")
        server.send_signal(signal.SIGINT)
        assert server.wait(15) == 130


def test_api_addresses_begin_the_same(client):
    assert all(path.startswith(API.removeprefix("http://127.0.0.1:8717")) for path in client.app.openapi()["paths"])
