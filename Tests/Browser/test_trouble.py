"""What must not break, tried on the real program: it is killed, told to stop, its disk fills, its database goes away.

No browser here: a hundred phones are a hundred connections.
"""

import contextlib
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.parse
import uuid

import pytest

from house import ROOT, House
from phone import PATIENCE, Phone

# How many write at once, and how often the program is killed under them.
PHONES = 100
ROUNDS = 5

# How much of what was said a project's page shows at once (`SaidPage.length`).
PAGE = 50

LAST_BUS = "The last bus goes at six."

# How many live pages are open when the house is told to stop.
WATCHING = 20

# How many lines one person may listen on at once (`OwnLines.most`).
OWN_LINES = 32

# What the program gives accepted requests to finish, in seconds (`House.longestDraining`).
DRAINING = 10


# What a page's form for saying something carries beside the words.
SAYING = {"once-nothing": str(uuid.uuid4()), "bearing": "name"}


class Writer(threading.Thread):
    """One phone that says one thing after another until the line is cut, and keeps what was acknowledged."""

    def __init__(self, number, port, cookies, token, place):
        super().__init__(daemon=True)
        self.number, self.place = number, place
        self.phone = Phone(port, cookies)
        self.phone.token = token
        self.acknowledged, self.unsure, self.refused = [], [], []
        self.stopping = threading.Event()

    def run(self):
        while not self.stopping.is_set():
            thing = (str(uuid.uuid4()), f"said by {self.number}, {uuid.uuid4().hex}")
            if not self.says(*thing):
                self.unsure.append(thing)
                return

    def says(self, once, words):
        """Says it, and whether that was acknowledged."""
        try:
            answer = self.phone.post(self.place, once=once, words=words, **SAYING)
        except Exception:  # whatever cut the line, it was not acknowledged
            return False
        if answer.status == 303:
            self.acknowledged.append(words)
        elif answer.status != 503:
            self.refused.append((answer.status, words))
        return answer.status == 303

    def says_again(self):
        """What was not acknowledged is sent again with the same id, as a phone does when it is back."""
        again, self.unsure = self.unsure, []
        self.unsure = [thing for thing in again if not self.says(*thing)]


def hall(house):
    """A project, somebody in it who has a receipt, and where they say things."""
    founder = Phone(house.port).comes_in("Amina")
    project = founder.starts_project("Getting home")
    founder.get(f"{project}/contributions/new")
    place = f"{project}/contributions"
    assert founder.post(place, once=uuid.uuid4(), words="Good evening.", **SAYING).status == 303
    return founder, place


def writers(house, founder, place):
    return [Writer(number, house.port, founder.cookies, founder.token, place) for number in range(PHONES)]


def every_word(house):
    """Every word that is kept, as often as it is, read from the database itself."""
    query = "select words from contribution where words like 'said by %'"
    if house.database:
        ask = ["psql", "--quiet", "--no-psqlrc", "-At", "--dbname", house.database, "--command", query]
        return subprocess.run(ask, check=True, capture_output=True, text=True).stdout.splitlines()
    with contextlib.closing(sqlite3.connect(house.folder / "data/roundtable.sqlite")) as database:
        return [words for (words,) in database.execute(query)]


@pytest.mark.both_engines
def test_killed_in_the_middle_of_a_hundred_writing(house):
    """Every word that was acknowledged is there, none twice, however often the program is killed."""
    founder, place = hall(house)
    acknowledged = []
    for _ in range(ROUNDS):
        room = writers(house, founder, place)
        for writer in room:
            writer.start()
        time.sleep(random.uniform(0.3, 1.2))
        house.kill()
        for writer in room:
            writer.join(PATIENCE)
        assert any(writer.unsure for writer in room), "nobody was in the middle of a word"
        house.start()
        for writer in room:
            writer.says_again()
            assert not writer.unsure, "what is sent again when the house is back is taken"
            assert not writer.refused, writer.refused
            writer.phone.hang_up()
            acknowledged += writer.acknowledged
    kept = every_word(house)
    assert len(acknowledged) > ROUNDS * PHONES
    assert set(acknowledged) - set(kept) == set(), "lost"
    assert len(kept) == len(set(kept)), "twice"


def test_one_person_listens_on_so_many_lines_and_no_more(house):
    """The next line is refused until one is hung up; and somebody else is never refused for it."""
    founder, place = hall(house)
    live = place.replace("/contributions", "/live")
    lines = [watches(house, founder, live) for _ in range(OWN_LINES)]
    line, status = asks_to_watch(house, founder, live)
    assert status == 429
    line.close()
    other, elsewhere = hall(house)
    watches(house, other, elsewhere.replace("/contributions", "/live")).close()
    lines.pop().close()
    patient_until = time.monotonic() + PATIENCE
    while asks_to_watch(house, founder, live)[1] != 200:
        assert time.monotonic() < patient_until, "a line that was hung up is not free again"
        time.sleep(0.05)


@pytest.mark.both_engines
def test_told_to_stop_it_finishes_what_it_accepted(house):
    """A word that is half sent when the house is told to stop is still taken, and so is all that was acknowledged;
    those who watch are let go at once."""
    founder, place = hall(house)
    watching = [watches(house, founder, place.replace("/contributions", "/live")) for _ in range(WATCHING)]
    room = writers(house, founder, place)
    slow, finish = half_sent(house, founder, place, "said by 999, " + uuid.uuid4().hex)
    for writer in room:
        writer.start()
    time.sleep(0.5)
    told = time.monotonic()
    house.process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    slow.sendall(finish)
    assert slow.recv(4096).startswith(b"HTTP/1.1 303"), "an accepted request was lost"
    assert house.process.wait(DRAINING + PATIENCE) == 0
    assert time.monotonic() - told < DRAINING, house.said()
    slow.close()
    for line in watching:
        assert reads_to_its_end(line).endswith(b"0\r\n\r\n"), "a live page was cut off, not let go"
    for writer in room:
        writer.join(PATIENCE)
    house.start()
    for writer in room:
        writer.says_again()
        assert not writer.unsure and not writer.refused
    kept = every_word(house)
    words = [word for writer in room for word in writer.acknowledged]
    assert set(words) - set(kept) == set(), "lost"
    assert len(kept) == len(set(kept)) == len(words) + 1


def asks_to_watch(house, founder, place):
    """A line of somebody whose page wants to follow what is said, and the status that it is answered with."""
    cookies = "; ".join(f"{name}={value}" for name, value in founder.cookies.items())
    line = socket.create_connection(("127.0.0.1", house.port), timeout=PATIENCE)
    line.sendall(f"GET {place} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n\r\n".encode())
    return line, int(line.recv(4096).split()[1])


def watches(house, founder, place):
    """Somebody whose page follows what is said; returns once they have been let in."""
    line, status = asks_to_watch(house, founder, place)
    assert status == 200, "a live page answers at once"
    return line


def reads_to_its_end(line):
    parts = []
    while part := line.recv(65536):
        parts.append(part)
    line.close()
    return b"".join(parts)


def half_sent(house, founder, place, words):
    """A request of which the end has not been sent yet, and that end."""
    body = f"guard={founder.token}&once={uuid.uuid4()}&words={words.replace(' ', '+')}"
    body = f"{body}&{urllib.parse.urlencode(SAYING)}".encode()
    cookies = "; ".join(f"{name}={value}" for name, value in founder.cookies.items())
    head = (
        f"POST {place} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\nContent-Length: {len(body)}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    line = socket.create_connection(("127.0.0.1", house.port), timeout=PATIENCE)
    line.sendall(head.encode() + body[:20])
    return line, body[20:]


@pytest.fixture
def server():
    """A PostgreSQL server of this test's own, that can be halted and started again."""
    if not os.environ.get("ROUNDTABLE_TEST_POSTGRES"):
        if os.environ.get("CI") == "true":
            pytest.fail("ROUNDTABLE_TEST_POSTGRES names no server, and nothing is skipped here")
        pytest.skip("ROUNDTABLE_TEST_POSTGRES names no server")
    folder = tempfile.mkdtemp(prefix="roundtable-")
    os.chmod(folder, 0o755)
    yield lambda act: subprocess.run(
        [ROOT / "bin/postgres", act, f"{folder}/server"], check=True, capture_output=True, text=True
    ).stdout.strip()
    subprocess.run([ROOT / "bin/postgres", "stop", f"{folder}/server"], check=True)
    shutil.rmtree(folder, ignore_errors=True)


def test_a_database_that_is_gone_for_ten_seconds(server):
    """Pages say so and keep what was typed; then everything recovers by itself, the outbox too."""
    house = House(database=server("start"))
    try:
        house.start()
        founder, place = hall(house)
        project = place.removesuffix("/contributions")
        once = uuid.uuid4()
        server("halt")
        until = time.monotonic() + 10
        while time.monotonic() < until:
            for answer in [
                founder.get(project),
                founder.post(place, once=once, words=LAST_BUS, **SAYING),
            ]:
                assert answer.status == 503, answer.body
                assert int(answer.headers["Retry-After"]) > 0
                assert answer.headers["Content-Security-Policy"] and "<h1>" in answer.body
            assert LAST_BUS in answer.text, "what was typed is gone"
            time.sleep(1)
        assert Phone(house.port).get("/words").status == 200, "a page that needs no database is still there"
        server("start")
        eventually(lambda: founder.get(project), lambda answer: answer.status == 200)
        assert founder.post(place, once=once, words=LAST_BUS, **SAYING).status == 303
        assert founder.get(project).text.count(LAST_BUS) == 1
        # What follows from a write is told by the outbox, which was cut off as well.
        page = founder.get(f"{project}/offer/new")
        founder.post(f"{project}/cards", once=page.value("once"), kind="can", words="We can ask them.")
        eventually(lambda: founder.get(f"{project}/news"), lambda answer: "/cards/" in answer.body)
        house.stop()
    finally:
        house.clear_away()


def eventually(ask, good):
    until = time.monotonic() + PATIENCE
    while True:
        answer = ask()
        if good(answer):
            return answer
        assert time.monotonic() < until, answer.body
        time.sleep(0.2)


class SmallHouse(House):
    """A house on a disk of its own, of a few megabytes, which nobody else sees. Its room is taken up by `fill`."""

    def __init__(self, megabytes):
        super().__init__()
        data = self.folder / "data"
        data.mkdir()
        self.arguments = [
            "unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"]), "sh", "-c",
            f'mount -t tmpfs -o size={megabytes}m tmpfs "$0" && exec "$@"', str(data), *self.arguments,
        ]

    @property
    def filler(self):
        return f"/proc/{self.process.pid}/root{self.folder}/data/filler"

    def fill(self):
        with open(self.filler, "wb", buffering=0) as filler, contextlib.suppress(OSError):
            while filler.write(b"\0" * 4096):
                pass

    def make_room(self):
        os.remove(self.filler)


def may_mount():
    maps = [] if os.geteuid() == 0 else ["--map-root-user"]
    tried = ["unshare", "--mount", *maps, "mount", "-t", "tmpfs", "tmpfs", tempfile.gettempdir()]
    return subprocess.run(tried, capture_output=True).returncode == 0


@pytest.mark.skipif(not may_mount(), reason="this account may not make a disk of its own to fill")
def test_a_disk_that_is_full():
    """Words are refused kindly and stay in the page, reads go on, and it recovers when there is room."""
    house = SmallHouse(megabytes=8)
    try:
        house.start()
        founder, place = hall(house)
        project = place.removesuffix("/contributions")
        house.fill()
        # What the write-ahead log has room for already is still taken.
        long = "b" * 3900
        kept = 0
        while (answer := founder.post(place, once=uuid.uuid4(), words=long, **SAYING)).status == 303:
            kept += 1
            assert kept < 5000, "the disk never filled"
        for _ in range(3):
            assert answer.status == 507, answer.body
            assert long in answer.text, "what was typed is gone"
            assert founder.get(project).status == 200, "reads go on"
            answer = founder.post(place, once=uuid.uuid4(), words=long, **SAYING)
        house.make_room()
        assert founder.post(place, once=uuid.uuid4(), words=long, **SAYING).status == 303
        assert founder.get(project).text.count(long) == min(kept + 1, PAGE)
        assert house.stop() == 0
    finally:
        house.clear_away()
