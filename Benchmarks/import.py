"""What `bin/bench import` measures: 100,000 contributions brought in, and how fast the pages of their project are.

The conversation is made up from a seed, in the form in which Polis exports one. Every page that the project's own
pages lead to is timed beside the same page of a project with as many as one page holds.
"""

import argparse
import contextlib
import csv
import pathlib
import random
import re
import subprocess
import sys
import time

import house
from bench import Table

CONTRIBUTIONS = 100_000
#: Each giver says five things.
GIVERS = CONTRIBUTIONS // 5
#: Seconds that an import may take, by engine.
WANTED = {"sqlite": 15, "postgres": 30}
#: A page of the large project may take so many times as long as the same page of the small one.
SLOWER = 1.5
#: What a page takes beside a page that reads next to nothing is not told apart from the clock below this, in seconds.
LEAST = 0.0005
#: How often each page is asked for.
TIMES = 40
POSTGRES = pathlib.Path(__file__).parent.parent / "bin" / "postgres"


def conversation(folder, count, givers, name="Getting home"):
    """A made-up export of Polis: its comments, one in fifty left out, and its summary."""
    chance = random.Random(7)
    folder.mkdir()
    with open(folder / "comments.csv", "w", newline="") as file:
        comments = csv.writer(file)
        comments.writerow(["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"])
        for number in range(count):
            words = f"{chance.choice(house.SAYINGS)} ({number + 1})"
            left_out = -1 if chance.random() < 0.02 else 1
            comments.writerow([1_600_000_000 + number * 37, "", number, chance.randrange(givers), 0, 0, left_out, words])
    with open(folder / "summary.csv", "w", newline="") as file:
        csv.writer(file).writerows([["topic", name], ["url", f"https://polis.example/{name.replace(' ', '')}"]])
    return folder


def bring_in(program, place, folder, project):
    """Seconds that the import took, and the words that let somebody into the project."""
    began = time.perf_counter()
    ran = subprocess.run(
        [str(program), "import", "polis", str(folder), "--project", project, *place], capture_output=True, text=True)
    took = time.perf_counter() - began
    if ran.returncode:
        raise SystemExit(ran.stderr)
    expected = sum(1 for _ in open(folder / "comments.csv")) - 1
    if f"contributions {expected}," not in ran.stdout:
        raise SystemExit(f"not all were brought in:\n{ran.stdout[:1000]}")
    return took, re.search(r"let one person in:\n(.+)", ran.stdout)[1].strip()


def enter(browser, words):
    """Goes in by six words: the address of the project."""
    slug = browser.fill("/words", words=words).location
    browser.fill(slug, name="Asha")
    return re.search(r'href="(/projects/[0-9a-f-]{36})"', browser.get("/me").text)[1]


def pages(browser, project):
    """Every page that the project's pages lead to, by its pattern: the first found of each kind."""
    found, open_ = {}, [project]
    while open_:
        address = open_.pop(0)
        kind = re.sub(
            r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=topics/)\w+|(?<=from=)\d+", "…", re.sub(r"\d{13}\.", "", address))
        if kind in found:
            continue
        answer = browser.get(address)
        if answer.status != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        found[kind] = address
        ways = re.findall(r'<a [^>]*href="(/(?:projects|gatherings|contributions|asks)[^"#]*)', answer.text)
        if re.fullmatch("/gatherings/…", kind):
            # What only leads there while people gather.
            open_ += [f"{address}/{way}" for way in ("room", "wall", "scribe", "receipts")]
        open_ += [way.replace("&amp;", "&") for way in ways if not way.endswith(".ics")]
    return found


def timed(*pages):
    """The least seconds that each page took, asked for in turn: a neighbour can only make a page slower."""
    taken = [[] for _ in pages]
    for _ in range(TIMES):
        for (browser, address), times in zip(pages, taken):
            browser.get("/health")
            began = time.perf_counter()
            browser.get(address)
            times.append(time.perf_counter() - began)
    return [min(times) for times in taken]


@contextlib.contextmanager
def place(engine, folder):
    """What tells the program where to keep things."""
    if engine == "sqlite":
        yield ["--data", str(folder / "data")]
        return
    with house.folder() as cluster:
        pathlib.Path(cluster).chmod(0o755)
        url = subprocess.run([POSTGRES, "start", cluster], capture_output=True, text=True, check=True).stdout.strip()
        try:
            yield ["--data", str(folder / "data"), "--database", url]
        finally:
            subprocess.run([POSTGRES, "stop", cluster], capture_output=True, check=True)


def measure(program, engine, count, table):
    with house.folder() as given, place(engine, pathlib.Path(given)) as kept:
        folder = pathlib.Path(given)
        small = conversation(folder / "small", house.CONTRIBUTIONS, 10, "Coming in")
        large = conversation(folder / "large", count, max(10, count // 5))
        _, small_words = bring_in(program, kept, small, "Coming in")
        took, large_words = bring_in(program, kept, large, "Getting home")
        table.most(
            f"{count:,} contributions brought in, {engine}", f"{took:.1f} s", f"{WANTED[engine]} s",
            took <= WANTED[engine])
        port = house.free_port()
        command = [str(program), "serve", "--listen", f"127.0.0.1:{port}", "--practice", "no", *kept]
        with house.Server(command, port):
            few, many = house.Browser(port), house.Browser(port)
            of_few = pages(few, enter(few, small_words))
            of_many = pages(many, enter(many, large_words))
            for kind, address in of_many.items():
                if kind not in of_few:
                    table.told(f"{kind}, which the small project has not", f"{timed((many, address))[0] * 1000:.2f} ms")
                    continue
                short, long = timed((few, of_few[kind]), (many, address))
                table.beside(
                    f"{kind} with {count:,}, {engine}", f"{long * 1000:.2f} ms",
                    f"with {house.CONTRIBUTIONS}, {short * 1000:.2f} ms", max(long, LEAST) / max(short, LEAST), SLOWER)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program", type=pathlib.Path)
    options.add_argument("--contributions", type=int, default=CONTRIBUTIONS, help="how many (usually 100,000)")
    options.add_argument("--engine", choices=WANTED, action="append", help="only this one (usually both)")
    chosen = options.parse_args()
    table = Table()
    for engine in chosen.engine or WANTED:
        measure(chosen.program, engine, chosen.contributions, table)
    print(table)
    sys.exit(1 if table.short else 0)


if __name__ == "__main__":
    main()
