"""Money, counted by Roundtable and by pabutools.

They are to buy the same, on real votes and on thousands of random ones, but for one thing: pabutools, when money is
left at the end, also buys projects that nobody voted for (and, by ranks, those that everybody put last). Roundtable
never spends money on what nobody asked for. Such projects come after all others, so leaving them away changes
nothing else; cities leave them away too (Katowice's Dąb in 2020: two projects without a vote, neither bought).
"""
import pytest

import budgets

pabutools = pytest.importorskip("pabutools")
from pabutools.election import (  # noqa: E402
    Additive_Borda_Sat, Additive_Cardinal_Sat, Cardinality_Sat, Cost_Sat, parse_pabulib)
from pabutools.rules import (  # noqa: E402
    completion_by_rule_combination, exhaustion_by_budget_increase, greedy_utilitarian_welfare,
    method_of_equal_shares, sequential_phragmen)

RANDOM = 2_000
# Raising money one by one is slow in Python: on fewer, with small costs.
RAISED, HIGHEST_RAISED = 100, 30
# As many as one could count by hand in a morning; the largest city takes pabutools minutes (see bin/bench).
MOST_VOTERS = 7_000
# Ties go by the order of the file, as theirs do: who is not named comes after the first in that order.
ORDER = ["--order", "1"]

MEASURES = {
    "approval": {"cardinality": Cardinality_Sat, "cost": Cost_Sat},
    "cumulative": {"cardinality": Cardinality_Sat, "cost": Cost_Sat, "score": Additive_Cardinal_Sat},
    "scoring": {"cardinality": Cardinality_Sat, "cost": Cost_Sat, "score": Additive_Cardinal_Sat},
    "ordinal": {"cardinality": Cardinality_Sat, "cost": Cost_Sat, "borda": Additive_Borda_Sat},
}


class Votes:
    """Files, each read by pabutools once, and counted by Roundtable in one go for each rule."""

    def __init__(self, roundtable, paths):
        self.roundtable = roundtable
        self.read = {str(path): parse_pabulib(str(path)) for path in paths}

    def compare(self, rule, settings, theirs, measure=None, only=lambda instance, profile: True):
        """Holds every file that has the measure against what pabutools buys."""
        def fits(instance, profile):
            return (measure is None or measure in MEASURES[instance.meta["vote_type"]]) and only(instance, profile)

        read = {path: pair for path, pair in self.read.items() if fits(*pair)}
        options = [f"--set={name}={value}" for name, value in settings.items()]
        ours = self.roundtable.count(list(read), [rule], *ORDER, *options)
        for path, (instance, profile) in read.items():
            satisfaction = MEASURES[instance.meta["vote_type"]].get(measure, Cardinality_Sat)
            worth = profile.as_sat_profile(satisfaction).total_satisfaction_project
            bought = {p.name for p in theirs(instance, profile, satisfaction) if worth(p) > 0}
            assert set(ours[path, rule]["winners"]) == bought, f"{rule} {settings} on {path}"
        return len(read)


@pytest.fixture(scope="module")
def drawn(roundtable, tmp_path_factory):
    folder = tmp_path_factory.mktemp("money")
    return Votes(roundtable, [budgets.at_random(seed, folder / f"{seed:05}.pb") for seed in range(RANDOM)])


@pytest.fixture(scope="module")
def real(roundtable, shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pabulib")
    paths = [budgets.in_order_of_names(path, folder / f"{number:03}.pb")
             for number, path in enumerate(sorted((shared / "pabulib").glob("*.pb")))]
    votes = Votes(roundtable, paths)
    votes.read = {path: pair for path, pair in votes.read.items() if pair[1].num_ballots() <= MOST_VOTERS}
    assert len(votes.read) > 50
    return votes


@pytest.fixture(params=["drawn", "real"])
def votes(request):
    return request.getfixturevalue(request.param)


def shares(instance, profile, measure):
    return method_of_equal_shares(instance, profile, sat_class=measure)


def greedy(instance, profile, measure):
    return greedy_utilitarian_welfare(instance, profile, sat_class=measure)


def shares_then_greedy(instance, profile, measure):
    return completion_by_rule_combination(
        instance, profile, [method_of_equal_shares, greedy_utilitarian_welfare], [{"sat_class": measure}] * 2)


def until_exhausted(instance, profile, measure):
    return method_of_equal_shares(instance, profile, sat_class=measure, voter_budget_increment=1)


def until_exceeded(instance, profile, measure):
    return exhaustion_by_budget_increase(
        instance, profile, method_of_equal_shares, {"sat_class": measure}, exhaustive_stop=False,
        budget_step=profile.num_ballots(), budget_bound=10 ** 9)


every_measure = pytest.mark.parametrize("measure", ["cardinality", "cost", "score", "borda"])


@every_measure
def test_greedy(votes, measure):
    votes.compare("greedy", {"satisfaction": measure}, greedy, measure)


@every_measure
def test_equal_shares(votes, measure):
    votes.compare("equal-shares", {"satisfaction": measure}, shares, measure)


@every_measure
def test_equal_shares_filled_greedily(votes, measure):
    votes.compare("equal-shares", {"satisfaction": measure, "fill": "greedy"}, shares_then_greedy, measure)


def test_phragmen(votes):
    counted = votes.compare(
        "phragmen", {}, lambda instance, profile, _: sequential_phragmen(instance, profile),
        only=lambda instance, _: instance.meta["vote_type"] == "approval")
    assert counted > 30


class Raisable:
    """Says which random votes are raised: few, cheap, and with more wanted than there is money for, as otherwise
    pabutools would never come to an end. What everybody put last is on every ballot and worth nothing: not wanted."""

    def __init__(self, measure):
        self.measure, self.taken = measure, 0

    def __call__(self, instance, profile):
        satisfaction = profile.as_sat_profile(MEASURES[instance.meta["vote_type"]][self.measure])
        wanted = [project for project in instance if satisfaction.total_satisfaction_project(project) > 0]
        fits = max(project.cost for project in instance) <= HIGHEST_RAISED and self.taken < RAISED
        if fits and sum(project.cost for project in wanted) > instance.budget_limit:
            self.taken += 1
            return True
        return False


@every_measure
@pytest.mark.parametrize(
    "raising, theirs", [("until-exhausted", until_exhausted), ("until-exceeded", until_exceeded)])
def test_equal_shares_raised(drawn, measure, raising, theirs):
    settings = {"satisfaction": measure, "raise": raising}
    assert drawn.compare("equal-shares", settings, theirs, measure, only=Raisable(measure)) > 50


# One in so many of Wieliczka's 6,586 voters: raised one by one, all of them take pabutools the better part of an hour.
THINNED = 20


def test_wieliczka(roundtable, shared, tmp_path):
    """The one election at hand that was decided by equal shares, thinned. (All of it is held against its official
    result by the Swift tests.)"""
    source = budgets.in_order_of_names(shared / "pabulib/poland_wieliczka_2023.pb", tmp_path / "whole.pb")
    votes = Votes(roundtable, [budgets.thinned(source, tmp_path / "thinned.pb", THINNED)])
    settings = {"satisfaction": "cost", "raise": "until-exceeded"}
    assert votes.compare("equal-shares", settings, until_exceeded, "cost") == 1
