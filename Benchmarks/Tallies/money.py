"""How long pabutools takes for what Money.swift measures. Each line that it prints is a figure, as JSON.

    money.py FOLDER       the folder with the shared data

Each rule is counted once, as the slowest takes minutes; one that takes longer than LONGEST is
ended, and its figure says `ended`. Ballots that are equal are merged first, which is the quicker of the two ways that
pabutools has, and is not counted.
"""
import json
import signal
import sys
import time

from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.rules import (
    exhaustion_by_budget_increase, greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen)


#: Seconds after which a count is ended: by far enough to see which of two is the quicker, and by how much at least.
LONGEST = 100


def end(number, frame):
    raise TimeoutError


def measure(what, work):
    signal.signal(signal.SIGALRM, end)
    signal.alarm(LONGEST)
    start = time.perf_counter()
    try:
        figure = {"winners": sorted(p.name for p in work())}
    except TimeoutError:
        figure = {"ended": True}
    signal.alarm(0)
    figure |= {"what": what, "seconds": time.perf_counter() - start}
    print(json.dumps(figure, ensure_ascii=False), flush=True)


def main(folder):
    instance, votes = parse_pabulib(f"{folder}/pabulib/poland_lodz_2022_.pb")
    merged = votes.as_multiprofile()
    measure("Łódź 2022, greedy", lambda: greedy_utilitarian_welfare(instance, merged, sat_class=Cost_Sat))
    measure("Łódź 2022, equal shares", lambda: method_of_equal_shares(instance, merged, sat_class=Cost_Sat))
    measure("Łódź 2022, Phragmén", lambda: sequential_phragmen(instance, merged))
    instance, votes = parse_pabulib(f"{folder}/pabulib/poland_wieliczka_2023.pb")
    people, merged = votes.num_ballots(), votes.as_multiprofile()
    measure("Wieliczka 2023, add-one", lambda: exhaustion_by_budget_increase(
        instance, merged, method_of_equal_shares, {"sat_class": Cost_Sat}, exhaustive_stop=False,
        budget_step=people, budget_bound=10 ** 9))


main(sys.argv[1])
