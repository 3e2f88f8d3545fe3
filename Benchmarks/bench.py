"""What `bin/bench` measures, each figure beside what it is against, in one run.

Absolute figures say more about the machine and whoever shares it than about the program, so what is compared is
measured turn by turn within the same few seconds, and the ratio told is the median of those turns.
"""

import argparse
import hashlib
import hmac
import os
import pathlib
import re
import sqlite3
import statistics
import subprocess
import sys
import time

import house

HERE = pathlib.Path(__file__).parent
#: Connections that ask for pages at once: enough to keep two cores busy, few enough to keep no queue.
READERS = 32
#: Phones that talk at once: a full hall.
PHONES = 100
#: Each turn is this long. Shorter ones feel a neighbour's every build.
TURN = 3
#: The row of each figure: what it is, and what it must reach.
WANTED = {"empty": 0.2, "flask": 4.0, "bytes": 60_000, "requests": 3, "contributions": 1.5, "start": 0.3, "memory": 60e6}


def load(port, path, *, cookie=None, connections=READERS, seconds=TURN):
    """Answers a second that wrk gets; stops where any of them is not the page."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", f"http://127.0.0.1:{port}{path}"]
    if cookie:
        command[1:1] = ["-H", f"Cookie: {cookie}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise SystemExit(f"{path} was refused under load:\n{said}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


def flask(database, data):
    """The same page in Flask, on a copy of the house's rows, and the cookies of somebody whom it knows."""
    copy = data / "flask.sqlite"
    with sqlite3.connect(database) as ours, sqlite3.connect(copy) as theirs:
        ours.backup(theirs)
        known = hmac.new(b"only for measuring", b"device:bench", hashlib.sha256).hexdigest()
        theirs.execute("update device set hash = ?", (known,))
        theirs.commit()
    port = house.free_port()
    # Two workers, and threads so that connections are kept: without them it opens one for each request.
    command = [
        sys.executable, "-m", "gunicorn", "--workers", "2", "--threads", "4", "--bind", f"127.0.0.1:{port}",
        "flask_page:app",
    ]
    environment = os.environ | {"FLASK_DATABASE": str(copy)}
    return house.Server(command, port, environment=environment, folder=HERE), "roundtable=bench; guard=bench"


def same_page(ours, theirs):
    """That the two pages say the same, and weigh about the same."""
    said = [re.findall(r'<div class="saying-words".*?</div>', page.text.replace("&quot;", "&#34;")) for page in (ours, theirs)]
    if len(said[0]) != house.CONTRIBUTIONS or said[0] != said[1]:
        raise SystemExit("the page in Flask does not say what ours does")
    if abs(len(ours.body) / len(theirs.body) - 1) > 0.05:
        raise SystemExit(f"ours weighs {len(ours.body)} bytes and the page in Flask {len(theirs.body)}")


def weigh(browser, address):
    """The bytes and the number of requests until a page can be read: itself, its style and its script."""
    page = browser.get(address)
    found = re.findall(r'(?:<link rel="stylesheet" href|<script src|<img [^>]*src)="(/[^"]*)"', page.text)
    answers = [page] + [browser.get(path) for path in found]
    heads = sum(len(str(answer.headers)) for answer in answers)
    return sum(len(answer.body) for answer in answers) + heads, len(answers)


def phones(port, founder, address, data, turns):
    """A hundred phones in a gathering against one insert after another: two lists, of things kept a second."""
    place, code = house.gathering(founder, address)
    lines = [f"{place}/contributions"]
    for _ in range(PHONES):
        browser, guard = house.phone(port, place, code)
        lines.append(f"{browser.cookie}\t{guard}")
    listed = data / "phones.txt"
    listed.write_text("\n".join(lines) + "\n")
    database = data / "house" / "roundtable.sqlite"
    ours, alone = [], []
    for turn in range(turns):
        before = count(database)
        command = [
            "wrk", "-t1", f"-c{PHONES}", f"-d{TURN}s", "-s", str(HERE / "phones.lua"), f"http://127.0.0.1:{port}", "--",
            str(listed), str(turn + int(time.time())),
        ]
        began = time.perf_counter()
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        took = time.perf_counter() - began
        kept, refused = (int(re.search(rf"{name} (\d+)", said)[1]) for name in ("acknowledged", "refused"))
        if refused:
            raise SystemExit(f"{refused} of {kept + refused} contributions were refused:\n{said}")
        # Those still on the way when the load stopped may be kept and never acknowledged; never the other way.
        if count(database) - before < kept:
            raise SystemExit(f"{kept} contributions were acknowledged and {count(database) - before} are there")
        ours.append(kept / took)
        alone.append(inserts(database, data))
    return ours, alone


def count(database):
    with sqlite3.connect(database) as connection:
        return connection.execute("select count(*) from contribution").fetchone()[0]


def inserts(database, data):
    """Inserts a second of the same row in the same table with its indexes, each on the disk before the next."""
    file = data / f"alone-{time.monotonic_ns()}.sqlite"
    with sqlite3.connect(database) as connection:
        table = [row[0] for row in connection.execute("select sql from sqlite_master where tbl_name = 'contribution' and sql is not null")]
        row = connection.execute("select * from contribution order by said desc limit 1").fetchone()
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    for statement in table:
        connection.execute(statement)
    places = ", ".join("?" * len(row))
    done, began = 0, time.perf_counter()
    while (took := time.perf_counter() - began) < TURN:
        connection.execute(f"insert into contribution values ({places})", (f"{done:036}", *row[1:]))
        done += 1
    connection.close()
    return done / took


def starts(program, times=5):
    """Seconds from start to first answer, of a house that has been open before, and its memory then."""
    taken = []
    with house.folder() as data:
        house.house(program, data).__exit__()
        for _ in range(times):
            with house.house(program, data) as server:
                taken.append((server.first_answer, server.memory()))
    return tuple(statistics.median(each) for each in zip(*taken))


class Table:
    """The figures, and whether each is enough."""

    def __init__(self):
        self.rows, self.short = [], 0

    def least(self, what, measured, against, ratio, wanted):
        self._add(what, measured, against, f"{ratio:.2f}", f"{wanted:g} at least", ratio >= wanted)

    def beside(self, what, measured, against, ratio, wanted):
        self._add(what, measured, against, f"{ratio:.2f}", f"{wanted:g} at most", ratio <= wanted)

    def most(self, what, measured, wanted, is_enough):
        self._add(what, measured, "", "", f"{wanted} at most", is_enough)

    def told(self, what, measured):
        """A figure that nothing was promised about."""
        self._add(what, measured, "", "", "", None)

    def _add(self, what, measured, against, ratio, wanted, is_enough):
        verdict = {None: "", True: "enough", False: "short"}[is_enough]
        self.short += verdict == "short"
        self.rows.append((what, measured, against, ratio, wanted, verdict))

    def __str__(self):
        rows = [("What", "Measured", "Against", "Ratio", "Wanted", ""), *self.rows]
        widths = [max(len(row[column]) for row in rows) for column in range(6)]
        return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)


def measure(program, empty, turns):
    table = Table()
    with house.folder() as folder:
        data = pathlib.Path(folder)
        port = house.free_port()
        with open(data / "log.txt", "w") as log, house.house(program, data / "house", log) as ours, \
                house.Server([str(empty), str(port)], port) as nothing:
            founder = house.Browser(ours.port)
            address = house.project(founder)
            theirs, cookie = flask(data / "house" / "roundtable.sqlite", data)
            with theirs:
                reader = house.Browser(theirs.port)
                reader.cookies = dict(pair.split("=") for pair in cookie.split("; "))
                page = founder.get(address)
                same_page(page, reader.get(address))
                ways = [(ours.port, address, founder.cookie), (nothing.port, "/", None), (theirs.port, address, cookie)]
                for way in ways:
                    load(way[0], way[1], cookie=way[2], seconds=1)
                rates = [[load(port, path, cookie=cookie) for port, path, cookie in ways] for _ in range(turns)]
            mine, bare, python = (statistics.median(column) for column in zip(*rates))
            of_empty = statistics.median(rate[0] / rate[1] for rate in rates)
            of_flask = statistics.median(rate[0] / rate[2] for rate in rates)
            said = f"a project page, {house.CONTRIBUTIONS} contributions, {len(page.body) / 1000:.0f} KB"
            table.least(said, f"{mine:.0f} a second", f"empty response, {bare:.0f} a second", of_empty, WANTED["empty"])
            table.least(said, f"{mine:.0f} a second", f"in Flask, {python:.0f} a second", of_flask, WANTED["flask"])
            size, requests = weigh(house.Browser(ours.port), "/")
            table.most(
                "the first page, whole", f"{size / 1000:.1f} KB, {requests} requests", "60 KB, 3 requests",
                size <= WANTED["bytes"] and requests <= WANTED["requests"])
            size, requests = weigh(founder, address)
            table.told("a full project page, whole", f"{size / 1000:.1f} KB, {requests} requests")
            kept, alone = phones(ours.port, founder, address, data, turns)
            table.least(
                f"contributions kept for {PHONES} phones", f"{statistics.median(kept):.0f} a second",
                f"one insert after another, {statistics.median(alone):.0f} a second",
                statistics.median(k / a for k, a in zip(kept, alone)), WANTED["contributions"])
            loaded = ours.memory()
    start, memory = starts(program)
    table.most("start to first answer", f"{start * 1000:.0f} ms", "300 ms", start <= WANTED["start"])
    table.most("memory when it has started", f"{memory / 1e6:.0f} MB", "60 MB", memory <= WANTED["memory"])
    table.most("memory after all of the above", f"{loaded / 1e6:.0f} MB", "60 MB", loaded <= WANTED["memory"])
    return table


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program", type=pathlib.Path)
    options.add_argument("empty", type=pathlib.Path)
    options.add_argument("--turns", type=int, default=5, help="how often each is measured (usually 5)")
    chosen = options.parse_args()
    table = measure(chosen.program, chosen.empty, chosen.turns)
    busy = os.getloadavg()[0]
    print(table)
    print(f"\n{os.cpu_count()} cores, {busy:.1f} of them wanted over the last minute, ours included.")
    sys.exit(1 if table.short else 0)


if __name__ == "__main__":
    main()
