"""How long pref_voting takes for what Ranked.swift measures. Each line that it prints is a figure, as JSON.

    ranked.py FOLDER      the folder with the shared data

The ballots are read and made into its own profile first, which is not counted; the best of three turns is.
"""
import json
import pathlib
import sys
import time

from pref_voting.iterative_methods import instant_runoff_for_truncated_linear_orders
from pref_voting.profiles_with_ties import ProfileWithTies


def main(folder):
    names, rankings, counts = {}, [], []
    for line in (pathlib.Path(folder) / "preflib/00001 - irish/00001-00000001.soi").read_text().splitlines():
        if line.startswith("# ALTERNATIVE NAME "):
            number, name = line.removeprefix("# ALTERNATIVE NAME ").split(": ", 1)
            names[int(number) - 1] = name
        elif line and not line.startswith("#"):
            count, order = line.split(":")
            rankings.append({int(option) - 1: place + 1 for place, option in enumerate(order.split(","))})
            counts.append(int(count))
    profile = ProfileWithTies(rankings, counts, candidates=sorted(names))
    best = None
    for _ in range(3):
        start = time.perf_counter()
        winners = instant_runoff_for_truncated_linear_orders(profile)
        seconds = time.perf_counter() - start
        best = seconds if best is None else min(best, seconds)
    print(json.dumps({"what": "Dublin North 2002, instant run-off", "seconds": best,
                      "winners": [names[winner] for winner in winners]}))


main(sys.argv[1])
