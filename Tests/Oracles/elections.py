"""Elections to be counted twice: random ones, and PrefLib's."""
import random


class Election:
    """Ballots as lists of ranks, each a list of candidates from 0, with how many are marked so."""

    def __init__(self, candidates, ballots):
        self.candidates, self.ballots = candidates, ballots

    @property
    def is_strict(self):
        return all(len(rank) == 1 for ranks, _ in self.ballots for rank in ranks)

    @property
    def is_complete(self):
        return all(sum(map(len, ranks)) == self.candidates for ranks, _ in self.ballots)

    def write(self, path):
        lines = [f"# DATA TYPE: {'soi' if self.is_strict else 'toi'}", f"# NUMBER ALTERNATIVES: {self.candidates}"]
        lines += [f"# ALTERNATIVE NAME {number + 1}: {number}" for number in range(self.candidates)]
        for ranks, count in self.ballots:
            marked = [str(r[0] + 1) if len(r) == 1 else "{" + ",".join(str(c + 1) for c in r) + "}" for r in ranks]
            lines.append(f"{count}: {','.join(marked)}")
        path.write_text("\n".join(lines) + "\n")
        return path


def at_random(seed, ties=False, truncated=True):
    """A random election: few people, so that many are close, and some by a common leaning."""
    draw = random.Random(seed)
    candidates, people = draw.randint(2, 7), draw.randint(1, 60)
    leaning = [draw.random() for _ in range(candidates)]
    strength = draw.choice([0, 0, 0.5, 2])
    merged = {}
    for _ in range(people):
        order = sorted(range(candidates), key=lambda c: draw.random() + strength * leaning[c])
        if truncated:
            order = order[:draw.randint(1, candidates)]
        ranks = []
        for candidate in order:
            if ties and ranks and draw.random() < 0.3:
                ranks[-1].append(candidate)
            else:
                ranks.append([candidate])
        key = tuple(tuple(sorted(rank)) for rank in ranks)
        merged[key] = merged.get(key, 0) + 1
    return Election(candidates, [([list(rank) for rank in key], count) for key, count in merged.items()])


def from_preflib(path):
    """A PrefLib file, read anew: not by the program under test."""
    candidates, ballots = 0, []
    for line in path.read_text().splitlines():
        if line.startswith("#"):
            if line.startswith("# NUMBER ALTERNATIVES:"):
                candidates = int(line.split(":")[1])
            continue
        if not line.strip():
            continue
        count, rest = line.split(":")
        ranks, shared = [], None
        for part in rest.strip().split(","):
            name = int(part.strip("{} ")) - 1
            if shared is not None:
                shared.append(name)
            elif "{" in part:
                shared = [name]
            else:
                ranks.append([name])
            if "}" in part:
                ranks.append(shared)
                shared = None
        ballots.append((ranks, int(count)))
    return Election(candidates, ballots)
