"""Ballots of scores counted by Roundtable and by pref_voting: score, STAR and approval.

Where Roundtable says nothing of a tie both must elect the same. Where there was one, Roundtable's winner must be among
those that could win by one lot or another.
"""
import os
import random

import pytest
from pref_voting import grade_methods
from pref_voting.grade_profiles import GradeProfile

RANDOM = int(os.environ.get("ROUNDTABLE_ORACLE_ELECTIONS", 1_000))
HIGHEST = {"score": 5, "star": 5, "approval": 1}
METHODS = {"score": grade_methods.score_voting, "star": grade_methods.star, "approval": grade_methods.approval}


def at_random(seed, highest):
    """Ballots that score every candidate: few people, so that many sums are the same, and some by a common leaning."""
    draw = random.Random(seed)
    candidates, people = draw.randint(2, 6), draw.randint(1, 25)
    leaning = [draw.random() for _ in range(candidates)]
    strength = draw.choice([0, 0.5, 2])

    def score(candidate):
        return min(highest, int((draw.random() + strength * leaning[candidate]) / (1 + strength) * (highest + 1)))

    return [[score(candidate) for candidate in range(candidates)] for _ in range(people)]


@pytest.mark.parametrize("rule", METHODS)
def test_scores_at_random(roundtable, tmp_path, rule):
    highest = HIGHEST[rule]
    ballots = {}
    for seed in range(RANDOM):
        path = tmp_path / f"{seed}.csv"
        scores = at_random(f"{rule} {seed}", highest)
        names = ",".join(f"Option {number}" for number in range(len(scores[0])))
        path.write_text("\n".join([names] + [",".join(map(str, ballot)) for ballot in scores]) + "\n")
        ballots[path] = scores
    counted = roundtable.count(list(ballots), [rule])
    differences, ties = [], 0
    for path, scores in ballots.items():
        profile = GradeProfile(
            [dict(enumerate(ballot)) for ballot in scores], list(range(highest + 1)),
            candidates=list(range(len(scores[0]))))
        expected = METHODS[rule](profile)
        ours = counted[str(path), rule]
        winner, = [ours["options"].index(name) for name in ours["winners"]]
        is_tied = any("tie" in event for stage in ours["stages"] for event in stage["events"])
        ties += is_tied
        if winner not in expected or (not is_tied and set(expected) != {winner}):
            differences.append((path.name, winner, expected))
    assert not differences, f"{len(differences)} of {len(ballots)}: {differences[:5]}"
    assert 0 < ties < RANDOM / 2
