"""What `bin/bench opinions` measures: the library alone, and red-dwarf on the same votes in the same run.

The real conversation is read where it lies beside the repository; without it, only what is made up is measured.
"""

import argparse
import csv
import os
import pathlib
import subprocess
import sys
import time

import bench

HERE = pathlib.Path(__file__).parent
REAL = HERE / "../../shared/data/polis/american-assembly.bowling-green/participants-votes.csv"
#: What is wanted of each figure: seconds, or megabytes.
WANTED = {
    "real": 0.030, "ratio": 100, "hundred": 0.4, "hundred-mb": 150, "million": 4, "million-mb": 800,
    "vote": 100e-6, "refresh": 0.3, "reading": 300,
}


def figures(program, *words):
    """The figures that the program says, by name."""
    said = subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=True).stdout
    return {name: float(value) for name, value in (line.split() for line in said.splitlines())}


def red_dwarf():
    """Seconds that red-dwarf takes from the parsed votes to its answers: the best of five, the first being cold."""
    from reddwarf.implementations.polis import run_pipeline

    with open(REAL, encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    first = header.index("n-disagree") + 1
    votes = [
        {"participant_id": int(row[0]), "statement_id": int(name), "vote": int(value), "modified": 1}
        for row in rows for name, value in zip(header[first:], row[first:]) if value
    ]
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        run_pipeline(votes=votes, random_state=1)
        taken.append(time.perf_counter() - began)
    return min(taken)


def milliseconds(seconds):
    return f"{seconds * 1000:.3g} ms"


def real(table, program, turns):
    if not REAL.exists():
        return print("No real conversation beside the repository: what is made up is measured alone.", file=sys.stderr)
    ours, theirs = figures(program, "table", REAL, turns), red_dwarf()
    what = f"bowling-green, {ours['votes']:.0f} votes"
    table.most(what, milliseconds(ours["seconds"]), milliseconds(WANTED["real"]), ours["seconds"] <= WANTED["real"])
    table.told("  processors were busy with it for", milliseconds(ours["processor"]))
    table.least(
        what, milliseconds(ours["seconds"]), f"red-dwarf, {theirs:.1f} s", theirs / ours["seconds"], WANTED["ratio"])


def reading(table, program, turns):
    """Exports that are made up, large ones, in megabytes a second of the processor."""
    found = figures(program, "read", "", turns)
    for name, what in (("votes", "reading votes.csv"), ("table", "reading participants-votes.csv")):
        rate = found[f"read-{name}-megabytes-a-second"]
        table.least(what, f"{rate:.0f} MB/s", f"{WANTED['reading']} MB/s", rate / WANTED["reading"], 1)


def made(table, program, name, people, votes):
    """A conversation of a thousand statements, from its votes as they come to every answer; then changes to it."""
    found = figures(program, "made", people, 1000, votes)
    what = f"{people:,} people by 1,000, {found['votes'] / 1e6:.0f} million votes"
    seconds = found["laying"] + found["seconds"]
    table.most(what, f"{seconds:.2f} s", f"{WANTED[name]:g} s", seconds <= WANTED[name])
    table.told("  of that, laying its votes out in rows", f"{found['laying']:.2f} s")
    # Both cores together; on a machine that others use as well this says more than the clock.
    busy = found["laying-processor"] + found["seconds-processor"]
    table.told("  processors were busy with it for", f"{busy:.2f} s")
    megabytes = max(found["megabytes"], found["megabytes-after"])
    table.most(what, f"{megabytes:.0f} MB", f"{WANTED[name + '-mb']:g} MB", megabytes <= WANTED[name + "-mb"])
    return found


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program", type=pathlib.Path)
    options.add_argument("--turns", type=int, default=21, help="how often the real conversation is measured")
    chosen = options.parse_args()
    table = bench.Table()
    real(table, chosen.program, chosen.turns)
    reading(table, chosen.program, 5)
    hundred = made(table, chosen.program, "hundred", 100_000, 50)
    table.most(
        "  one vote more", f"{hundred['vote'] * 1e6:.0f} µs", f"{WANTED['vote'] * 1e6:.0f} µs",
        hundred["vote"] <= WANTED["vote"])
    table.told("  one vote more, 99 of 100 within", f"{hundred['vote-99'] * 1e6:.0f} µs")
    million = made(table, chosen.program, "million", 1_000_000, 48)
    table.most(
        "  groups refreshed after 2,000 votes", milliseconds(million["refresh"]), milliseconds(WANTED["refresh"]),
        million["refresh"] <= WANTED["refresh"])
    table.told("  processors were busy with it for", milliseconds(million["refresh-processor"]))
    print(table)
    print(f"\n{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} of them wanted over the last minute, ours included.")
    sys.exit(1 if table.short else 0)


if __name__ == "__main__":
    main()
