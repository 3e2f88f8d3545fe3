"""Votes about money to be counted twice: random ones, and Pabulib's."""
import random

KINDS = ["approval", "approval", "cumulative", "scoring", "ordinal"]
MOST_PROJECTS = 8


def at_random(seed, path):
    """Writes a small random vote: few people and costs that often agree, so that many are tied."""
    draw = random.Random(seed)
    kind = draw.choice(KINDS)
    # In the order of their names, which is how the other library decides ties.
    ids = sorted(draw.sample([f"p{number}" for number in range(30)], draw.randint(1, MOST_PROJECTS)))
    highest = draw.choice([4, 30, 100])
    step = 10 if highest == 100 else 1
    costs = [draw.randrange(step, highest + 1, step) for _ in ids]
    people = draw.randint(1, 14)
    lines = ["META", "key;value", f"num_projects;{len(ids)}", f"num_votes;{people}",
             f"budget;{draw.randint(1, sum(costs))}", f"vote_type;{kind}", "PROJECTS", "project_id;cost"]
    lines += [f"{name};{cost}" for name, cost in zip(ids, costs)]
    has_points = kind in ("cumulative", "scoring")
    lines += ["VOTES", "voter_id;vote;points" if has_points else "voter_id;vote"]
    liking = draw.choice([0.2, 0.5, 0.8])
    for person in range(people):
        choices = [name for name in ids if draw.random() < liking] or [draw.choice(ids)]
        draw.shuffle(choices)
        line = f"{person};{','.join(choices)}"
        if has_points:
            line += ";" + ",".join(str(draw.randint(1, 4)) for _ in choices)
        lines.append(line)
    path.write_text("\n".join(lines) + "\n")
    return path


def in_order_of_names(source, path):
    """Writes a real vote again with its projects in the order of their names."""
    lines = source.read_text(encoding="utf-8-sig").splitlines()
    begin, end = lines.index("PROJECTS") + 2, lines.index("VOTES")
    lines[begin:end] = sorted(lines[begin:end], key=lambda line: line.split(";")[0])
    path.write_text("\n".join(lines) + "\n")
    return path


def thinned(source, path, every):
    """Writes a real vote again with one voter in so many, and costs and money as many times smaller."""
    lines = source.read_text(encoding="utf-8-sig").splitlines()
    projects, votes = lines.index("PROJECTS"), lines.index("VOTES")
    cost = lines[projects + 1].split(";").index("cost")
    for place in range(projects + 2, votes):
        fields = lines[place].split(";")
        fields[cost] = str(int(fields[cost]) // every)
        lines[place] = ";".join(fields)
    kept = lines[votes + 2::every]
    for place, line in enumerate(lines[:projects]):
        key, _, value = line.partition(";")
        if key == "budget":
            lines[place] = f"budget;{int(value) // every}"
        elif key == "num_votes":
            lines[place] = f"num_votes;{len(kept)}"
    path.write_text("\n".join(lines[:votes + 2] + kept) + "\n")
    return path
