"""Ranked ballots counted by Roundtable, and by pref_voting and pyrankvote from PyPI.

Where Roundtable says nothing of a tie both must elect the same. Where a tie was told apart, by an earlier stage or by
lot, Roundtable's winner must be among those that could win by one lot or another.
"""
import os

import pytest
import pyrankvote
from pref_voting import c1_methods, iterative_methods, margin_based_methods, proportional_methods, scoring_methods
from pref_voting.profiles import Profile
from pref_voting.profiles_with_ties import ProfileWithTies

from elections import at_random, from_preflib

# A few thousand take some minutes; fewer are quick while something is being mended.
RANDOM = int(os.environ.get("ROUNDTABLE_ORACLE_ELECTIONS", 1_000))
PAIRWISE = {
    "schulze": margin_based_methods.beat_path,
    "minimax": margin_based_methods.minimax,
    "copeland": c1_methods.copeland,
    "borda": scoring_methods.borda_for_profile_with_ties,
    "ranked-pairs": margin_based_methods.ranked_pairs,
}
# pref_voting walks every order of equal margins; beyond this many candidates that has no end.
MOST_IN_EVERY_ORDER = 4
MOST_LINES = 200
# Some of its counts take a second each, so they are asked for fewer.
SLOW = 200


def with_ties(election):
    rankings = [{c: place + 1 for place, rank in enumerate(ranks) for c in rank} for ranks, _ in election.ballots]
    profile = ProfileWithTies(rankings, [n for _, n in election.ballots], candidates=list(range(election.candidates)))
    # An option that is not on a ballot comes after those that are.
    profile.use_extended_strict_preference()
    return profile


def complete(election):
    rankings = [[rank[0] for rank in ranks] for ranks, _ in election.ballots]
    return Profile(rankings, [count for _, count in election.ballots])


def winners(counted):
    return [counted["options"].index(name) for name in counted["winners"]]


def tied(counted):
    return any("tie" in event for stage in counted["stages"] for event in stage["events"])


def by_lot(counted):
    return any("by a lot" in event["text"] for stage in counted["stages"] for event in stage["events"])


def compare(name, counted, expected, differences):
    """One winner against those that another program lets win."""
    winner, = winners(counted)
    if winner not in expected or (not tied(counted) and set(expected) != {winner}):
        differences.append((name, counted["rule"], winner, sorted(expected)))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Random elections by the kind of their ballots, each with its file."""
    folder = tmp_path_factory.mktemp("drawn")
    kinds = {"complete": (False, False), "truncated": (False, True), "tied": (True, True)}
    return {
        kind: [
            (election, election.write(folder / f"{kind}-{seed}.toi"))
            for seed in range(RANDOM)
            for election in [at_random(f"{kind} {seed}", ties, truncated)]
        ]
        for kind, (ties, truncated) in kinds.items()
    }


@pytest.fixture(scope="module")
def real(shared):
    """PrefLib's elections, each once: `toc` files repeat the others with what is unranked put last."""
    paths = sorted(path for end in ("soi", "toi") for path in (shared / "preflib").rglob(f"*.{end}"))
    paths += sorted((shared / "preflib" / "00027 - frenchrate").glob("*.toc"))
    return [(from_preflib(path), path) for path in paths]


def check_pairwise(roundtable, elections):
    counted = roundtable.count([path for _, path in elections], list(PAIRWISE))
    differences, compared = [], 0
    for election, path in elections:
        profile = with_ties(election)
        for rule, method in PAIRWISE.items():
            ours = counted[str(path), rule]
            if rule == "ranked-pairs" and tied(ours) and election.candidates > MOST_IN_EVERY_ORDER:
                continue
            compare(path.name, ours, method(profile), differences)
            compared += 1
    assert not differences, f"{len(differences)} of {compared}: {differences[:5]}"
    return compared


@pytest.mark.parametrize("kind", ["complete", "truncated", "tied"])
def test_two_and_two_at_random(roundtable, drawn, kind):
    assert check_pairwise(roundtable, drawn[kind]) > 4 * RANDOM


def test_two_and_two_on_real_elections(roundtable, real):
    # pref_voting looks at every different ballot for every two options, which takes minutes above some thousands.
    assert check_pairwise(roundtable, [(e, p) for e, p in real if len(e.ballots) <= MOST_LINES]) > 0


def test_instant_runoff_at_random(roundtable, drawn):
    elections = drawn["complete"][:SLOW]
    counted = roundtable.count([path for _, path in elections], ["instant-runoff"])
    differences = []
    for election, path in elections:
        ours = counted[str(path), "instant-runoff"]
        compare(path.name, ours, iterative_methods.instant_runoff_put(complete(election)), differences)
    assert not differences, differences[:5]


def check_truncated(roundtable, elections, is_pyrankvote_asked):
    counted = roundtable.count([path for _, path in elections], ["instant-runoff"])
    differences, compared = [], 0
    for election, path in elections:
        ours = counted[str(path), "instant-runoff"]
        if tied(ours) or not election.is_strict:
            continue
        compare(path.name, ours, iterative_methods.instant_runoff_for_truncated_linear_orders(with_ties(election)), differences)
        if is_pyrankvote_asked:
            theirs = in_pyrankvote(election, 1)
            compare(path.name, ours, theirs, differences)
        compared += 1
    assert not differences, differences[:5]
    return compared


def in_pyrankvote(election, seats):
    people = [pyrankvote.Candidate(str(number)) for number in range(election.candidates)]
    ballots = [
        pyrankvote.Ballot([people[rank[0]] for rank in ranks])
        for ranks, count in election.ballots
        for _ in range(count)
    ]
    count = pyrankvote.instant_runoff_voting if seats == 1 else (
        lambda c, b: pyrankvote.single_transferable_vote(c, b, seats))
    return [int(person.name) for person in count(people, ballots).get_winners()]


def test_instant_runoff_on_truncated_ballots(roundtable, drawn):
    assert check_truncated(roundtable, drawn["truncated"], True) > RANDOM / 4


def test_instant_runoff_on_real_elections(roundtable, real):
    # pyrankvote holds an object for every ballot, which is slow above some thousands.
    strict = sorted([(e, p) for e, p in real if e.is_strict], key=lambda pair: len(pair[0].ballots))
    few = strict[:3]
    assert check_truncated(roundtable, few, True) > 0


@pytest.mark.parametrize("rule, method", [
    ("scottish-stv", proportional_methods.stv_scottish), ("meek-stv", proportional_methods.stv_meek)])
@pytest.mark.parametrize("seats", [2, 3])
def test_transferable_votes_at_random(roundtable, drawn, rule, method, seats):
    most = SLOW if rule == "meek-stv" else RANDOM
    elections = [(e, p) for e, p in drawn["truncated"] if e.candidates > seats][:most]
    counted = roundtable.count([path for _, path in elections], [rule], "--seats", str(seats))
    differences, compared = [], 0
    for election, path in elections:
        ours = counted[str(path), rule]
        if by_lot(ours):
            continue
        compared += 1
        theirs = method(with_ties(election), num_seats=seats)
        if set(winners(ours)) != set(theirs):
            differences.append((path.name, winners(ours), theirs))
    assert not differences, f"{len(differences)} of {compared}: {differences[:5]}"
    assert compared > len(elections) / 3


def test_transferable_votes_in_glasgow(roundtable, shared):
    paths = sorted((shared / "preflib" / "00008 - glasgow").glob("*.soi"))[:3]
    counted = roundtable.count(paths, ["scottish-stv"], "--seats", "4")
    differences = []
    for path in paths:
        theirs = proportional_methods.stv_scottish(with_ties(from_preflib(path)), num_seats=4)
        ours = winners(counted[str(path), "scottish-stv"])
        if set(ours) != set(theirs):
            differences.append((path.name, ours, theirs))
    assert not differences, differences
