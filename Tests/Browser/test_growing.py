"""A house that grew: three programs on one PostgreSQL behind nginx, and any of them killed while people write."""

import http.client
import json
import random
import re
import threading
import time
import urllib.error
import urllib.request
import uuid

import pytest

from house import House, free_port
from phone import PATIENCE, Phone
from proxy import Proxy
from test_trouble import every_word, hall

PROGRAMS = 3
WRITERS = 20
LISTENERS = 9
# How often a program is killed under them, and the longest between one and the next, in seconds.
KILLS = 5
BETWEEN = 1.5

POSTGRES = pytest.mark.parametrize("engine", ["PostgreSQL"], indirect=True)
WORDS = re.compile(r"said by \d+, [0-9a-f]{32}")


@pytest.fixture
def programs(engine):
    """Three programs with one data folder on one database, and nginx before them."""
    first = House(database=engine)
    others = [House(database=engine, folder=first.folder) for _ in range(PROGRAMS - 1)]
    all_of_them = [first, *others]
    proxy = None
    try:
        for program in all_of_them:
            program.start()
        proxy = Proxy([program.port for program in all_of_them])
        yield all_of_them, proxy
        for program in all_of_them:
            program.stop()
    finally:
        if proxy:
            proxy.stop()
        for program in all_of_them:
            program.clear_away()


class Person(threading.Thread):
    """Does something again and again until told to stop, and keeps what went wrong."""

    def __init__(self, port, founder):
        super().__init__(daemon=True)
        self.port, self.cookies, self.token = port, dict(founder.cookies), founder.token
        self.stopping = threading.Event()
        self.wrong = []


class Writer(Person):
    """Says one thing after another. What isn't acknowledged at once is wrong: nobody is to notice anything."""

    def __init__(self, number, place, *more):
        super().__init__(*more)
        self.number, self.place, self.said = number, place, []

    def run(self):
        phone = Phone(self.port, self.cookies)
        phone.token = self.token
        while not self.stopping.is_set():
            words = f"said by {self.number}, {uuid.uuid4().hex}"
            try:
                answer = phone.post(
                    self.place, **{"once": uuid.uuid4(), "words": words, "once-nothing": uuid.uuid4(), "bearing": "name"}
                )
                if answer.status == 303:
                    self.said.append(words)
                else:
                    self.wrong.append(answer.status)
            except Exception as error:  # a line that was cut is as wrong as a page that says so
                self.wrong.append(repr(error))
            time.sleep(0.02)
        phone.hang_up()


class Listener(Person):
    """Watches, and when the line is cut comes again and asks by number for what it missed, as pages do."""

    def __init__(self, place, *more):
        super().__init__(*more)
        self.place, self.heard, self.since, self.times, self.line = place, [], 0, 0, None

    def run(self):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        while not self.stopping.is_set():
            self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            try:
                self.line.request("GET", f"{self.place}?since={self.since}", headers={"Cookie": cookies})
                answer = self.line.getresponse()
                self.times += 1
                if answer.status != 200:
                    self.wrong.append(answer.status)
                number = self.since
                while line := answer.readline().decode():
                    if line.startswith("id: "):
                        number = int(line[4:])
                    elif line.startswith("data: "):
                        self.heard += WORDS.findall(line)
                    elif line == "\n":
                        self.since = max(self.since, number)
            except (OSError, http.client.HTTPException):
                pass
            finally:
                self.line.close()
            time.sleep(0.1)


@POSTGRES
@pytest.mark.timeout(180)
def test_any_of_three_programs_is_killed_while_people_write_and_nobody_notices(programs):
    houses, proxy = programs
    founder, place = hall(proxy)
    live = place.replace("/contributions", "/live")
    writers = [Writer(number, place, proxy.port, founder) for number in range(WRITERS)]
    listeners = [Listener(live, proxy.port, founder) for _ in range(LISTENERS)]
    for person in writers + listeners:
        person.start()

    for number in range(KILLS):
        time.sleep(BETWEEN * random.uniform(0.5, 1))
        killed = houses[number % PROGRAMS]
        killed.kill()
        killed.start()
    for writer in writers:
        writer.stopping.set()
    for writer in writers:
        writer.join(PATIENCE)

    said = [words for writer in writers for words in writer.said]
    wrong = [trouble for writer in writers for trouble in writer.wrong]
    assert len(said) > 10 * WRITERS, f"{len(said)} words try nothing"
    assert wrong == [], "a writer noticed"
    kept = every_word(houses[0])
    assert sorted(kept) == sorted(said), "each word is kept once, and none that nobody said"

    # Told by number: whoever was cut off caught up, with whichever program it came back to.
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and any(set(said) - set(each.heard) for each in listeners):
        time.sleep(0.1)
    for listener in listeners:
        listener.stopping.set()
    assert all(listener.times > 1 for listener in listeners), "every one of them was cut off at least once"
    missed = [len(set(said) - set(listener.heard)) for listener in listeners]
    assert missed == [0] * LISTENERS, f"missed {missed} of {len(said)}"


@POSTGRES
def test_what_is_said_through_one_program_is_heard_at_once_through_another(programs):
    houses, _ = programs
    founder, place = hall(houses[0])
    listeners = [Listener(place.replace("/contributions", "/live"), house.port, founder) for house in houses[1:]]
    for listener in listeners:
        listener.start()
    while not all(listener.since for listener in listeners):
        time.sleep(0.02)
    words = f"said by 1, {uuid.uuid4().hex}"
    start = time.monotonic()
    answer = founder.post(
        place, **{"once": uuid.uuid4(), "words": words, "once-nothing": uuid.uuid4(), "bearing": "name"}
    )
    assert answer.status == 303
    while not all(words in listener.heard for listener in listeners):
        assert time.monotonic() - start < 5, "it was not heard"
        time.sleep(0.01)
    for listener in listeners:
        listener.stopping.set()
    assert all(listener.times == 1 for listener in listeners), "heard, and not asked for again"


@POSTGRES
def test_somebody_practising_may_come_to_any_program(programs):
    """The made-up group lies in the data folder, not in one program."""
    houses, _ = programs
    visitor = Phone(houses[0].port)
    visitor.get("/practice")
    entered = visitor.post("/practice")
    assert entered.status == 303
    for house in houses[1:]:
        there = Phone(house.port, visitor.cookies).get(entered.headers["location"])
        assert there.status == 200 and "tablets" in there.text


@POSTGRES
def test_the_proxy_notes_no_address_of_those_who_find_the_house_closed(programs):
    houses, proxy = programs
    for program in houses:
        program.stop()
    words = "/words/ancient-twang-hubbub-balance-author-prequel"
    with pytest.raises(urllib.error.HTTPError, match="502"):
        urllib.request.urlopen(f"http://127.0.0.1:{proxy.port}{words}")
    assert "/words" not in proxy.said()


def test_figures_are_given_where_they_were_asked_for_and_nowhere_else():
    """What was counted, by the pattern of each address; nothing that opens, names or says anything."""
    port = free_port()
    house = House(arguments=["--metrics", f"127.0.0.1:{port}", "--log", "json"])
    try:
        house.start()
        founder, place = hall(house)
        text = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE).read().decode()
        assert 'roundtable_requests_total{door="/projects/{project}/contributions",method="POST",status="303"} 1' in text
        assert 'roundtable_request_seconds_bucket{door="/projects/{project}/contributions",method="POST",le="+Inf"} 1' in text
        for name in ["listeners", "database_waiting", "database_up", "letters_waiting", "disk_free_bytes"]:
            assert re.search(rf"^roundtable_{name} \d+$", text, re.M), name
        project = place.split("/")[2]
        for private in [project, "Amina", "Getting home", "Good evening", "127.0.0.1"]:
            assert private not in text, private
        assert founder.get("/metrics").status == 404, "never through the door that everybody comes by"
        lines = [line for line in house.said().splitlines() if line.startswith("{")]
        assert lines and all(set(json.loads(line)) >= {"at", "level", "said"} for line in lines)
        assert project not in "".join(lines) and "Amina" not in "".join(lines)
        house.stop()
    finally:
        house.clear_away()
