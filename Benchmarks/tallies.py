"""What `bin/bench tallies` measures: the counts alone, and beside them what others made of the same votes, in one run.

`Benchmarks/Tallies` says how long each count takes, the best of several turns. A script beside it measures a Python
library on the same and names it with the same words. Real votes are read where they lie beside the repository.
"""

import argparse
import json
import pathlib
import subprocess
import sys

import bench

HERE = pathlib.Path(__file__).parent
#: The scripts that measure others, and what each measures.
OTHERS = {"money.py": "pabutools", "ranked.py": "pref_voting"}
#: By how many times we are to be quicker.
TIMES = {
    "Dublin North 2002, instant run-off": 500,
    "Łódź 2022, equal shares": 200, "Łódź 2022, greedy": 200, "Łódź 2022, Phragmén": 200,
    "Wieliczka 2023, add-one": 200,
}
#: How many seconds a count may take.
SECONDS = {
    "Łódź 2022, equal shares": 0.07, "Łódź 2022, greedy": 0.07, "Łódź 2022, Phragmén": 0.07,
    "100,000 ballots of 20, six rules": 0.06,
}
#: How many megabytes are to be read in a second.
READING = {
    "reading .pb": 300, "reading BLT": 300, "reading PrefLib": 300, "reading CSV, a column for each option": 300,
}


def figures(*command):
    """The figures that a program prints, by what they measure; what else it says is passed on."""
    found = {}
    for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines():
        if line.startswith("{"):
            figure = json.loads(line)
            found[figure["what"]] = figure
        else:
            print(line, file=sys.stderr)
    return found


def written(seconds):
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program", type=pathlib.Path)
    chosen = options.parse_args()
    table = bench.Table()
    ours = figures(chosen.program)
    for what, figure in ours.items():
        seconds = figure["seconds"]
        if what in SECONDS:
            table.most(what, written(seconds), written(SECONDS[what]), seconds <= SECONDS[what])
        elif what in READING:
            # Readers work on one core, and are told in seconds of the processor.
            rate = figure["megabytes"] / seconds
            table.least(what, f"{rate:.0f} MB/s", f"{READING[what]} MB/s", rate / READING[what], 1)
        elif "megabytes" in figure:
            table.told(what, f"{figure['megabytes'] / seconds:.0f} MB/s")
        else:
            table.told(what, written(seconds))
    for script, other in OTHERS.items():
        for what, theirs in figures(sys.executable, HERE / "Tallies" / script, HERE / "../../shared/data").items():
            if what not in ours:
                continue
            if "winners" in theirs and theirs["winners"] != ours[what].get("winners"):
                print(f"{what}: {other} has other winners.", file=sys.stderr)
            seconds = ours[what]["seconds"]
            theirs_written = ("ended after " if "ended" in theirs else "") + written(theirs["seconds"])
            table.least(
                what, written(seconds), f"{other}, {theirs_written}", theirs["seconds"] / seconds,
                TIMES.get(what, 1))
    print(table)
    sys.exit(1 if table.short else 0)


main()
