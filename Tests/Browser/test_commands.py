"""The commands say plainly what they need, to somebody who has never seen them."""

import csv
import json
import os
import subprocess
import time
import xml.etree.ElementTree as xml

import pytest

from house import ROOT

# The program under test, as for the house.
PROGRAM = os.environ.get("ROUNDTABLE_PROGRAM") or ROOT / ".build/debug/roundtable"


def setup(path):
    return subprocess.run(
        ["/bin/bash", str(ROOT / "bin/setup")], env={**os.environ, "PATH": path}, capture_output=True, text=True
    )


def test_without_swift_setup_says_where_it_comes_from():
    said = setup("/usr/bin:/bin")
    assert said.returncode == 1
    assert "there is no swift here" in said.stderr and "https://www.swift.org/install" in said.stderr


@pytest.mark.parametrize("version, is_enough", [("5.10.1", False), ("6.2", False), ("6.3", True), ("6.10.1", True)])
def test_setup_knows_an_older_swift_from_a_newer_one(tmp_path, version, is_enough):
    swift = tmp_path / "swift"
    swift.write_text(f"#!/bin/sh\necho 'Swift version {version} (swift-{version}-RELEASE)'\n")
    swift.chmod(0o755)
    said = setup(f"{tmp_path}:/usr/bin:/bin")
    assert (said.returncode == 0) == is_enough, said.stderr
    assert is_enough or "Roundtable needs Swift 6.3 or newer, and this is Swift" in said.stderr


def test_setup_is_silent_and_quick_when_nothing_is_missing():
    start = time.monotonic()
    said = setup(os.environ["PATH"])
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")
    assert time.monotonic() - start < 5, "it is called by every other command"


def opinions(*asked):
    return subprocess.run([str(PROGRAM), "opinions", *map(str, asked)], capture_output=True, text=True)


@pytest.fixture
def export(tmp_path):
    """Two sides of six, who say the opposite of each other; and one statement that all agree on."""
    votes = ["timestamp,datetime,comment-id,voter-id,vote"]
    for statement in range(9):
        for person in range(12):
            vote = 1 if statement == 8 or (person < 6) == (statement % 2 == 0) else -1
            votes.append(f"{1567382954 + person},then,{statement},{person + 100},{vote}")
    (tmp_path / "votes.csv").write_text("\n".join(votes) + "\n")
    comments = ["timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"]
    comments += [f'1567382954,then,{n},0,0,0,1,"Number {n} <is> here, & so on"' for n in range(9)]
    (tmp_path / "comments.csv").write_text("\n".join(comments) + "\n")
    return tmp_path


def test_opinions_says_in_words_who_thinks_what(export):
    said = opinions(export)
    assert (said.returncode, said.stderr) == (0, ""), "no progress where nobody watches"
    assert "12 people voted on 9 statements: 108 votes in all." in said.stdout
    assert "There are 2 groups among the 12 people" in said.stdout
    assert "most people agree with:\n  - 8 “Number 8 <is> here, & so on” (12 of 12)" in said.stdout
    assert "It parts from the rest:" in said.stdout and "(6 of 6; of the rest 0 of 6)" in said.stdout


def test_opinions_as_json_has_people_and_statements_as_they_stand_in_the_file(export):
    said = json.loads(opinions(export / "votes.csv", "--json").stdout)
    assert sorted(map(sorted, said["groups"])) == [list(range(100, 106)), list(range(106, 112))]
    assert said["tallies"]["8"] == {"agree": 12, "disagree": 0, "pass": 0, "seen": 12}
    assert said["consensus"]["agree"][0]["statement"] == 8 and set(said["priorities"]) == set("012345678")
    assert len(said["tellingStatements"]) == 2
    for telling in said["tellingStatements"]:
        assert {each["side"] for each in telling} <= {"agree", "disagree"} and 0 < len(telling) <= 5


def test_opinions_as_a_table_and_as_a_map_that_can_be_read_without_seeing_it(export):
    rows = list(csv.DictReader(opinions(export, "--csv").stdout.splitlines()))
    assert len(rows) == 9 and {"A-agree", "B-seen", "priority", "comment-body"} <= set(rows[0])
    assert {(row["agree"], row["comment-body"]) for row in rows if row["comment-id"] == "8"} == {
        ("12", "Number 8 <is> here, & so on")
    }
    drawn = xml.fromstring(opinions(export, "--svg").stdout)
    inside = {child.tag.split("}")[1]: child for child in drawn}
    assert inside["title"].text.startswith("Groups of opinion: There are 2 groups")
    assert "Number 8 <is> here, & so on" in inside["desc"].text


def test_opinions_takes_a_table_and_json_and_says_the_same(export, tmp_path):
    votes = list(csv.DictReader((export / "votes.csv").open()))
    table = ["participant,group-id,n-comments,n-votes,n-agree,n-disagree," + ",".join(map(str, range(9)))]
    for person in range(100, 112):
        said = [each["vote"] for each in votes if each["voter-id"] == str(person)]
        table.append(f"{person},,0,9,{said.count('1')},{said.count('-1')}," + ",".join(said))
    (tmp_path / "participants-votes.csv").write_text("\n".join(table) + "\n")
    entries = [{"pid": int(v["voter-id"]), "tid": int(v["comment-id"]), "vote": int(v["vote"])} for v in votes]
    (tmp_path / "votes.json").write_text(json.dumps(entries))
    names = ["votes.csv", "votes.json", "participants-votes.csv"]
    found = [json.loads(opinions(tmp_path / name, "--json").stdout) for name in names]
    assert [sorted(map(sorted, each["groups"])) for each in found] == 3 * [
        [list(range(100, 106)), list(range(106, 112))]
    ]
    assert found[0]["tallies"] == found[1]["tallies"] == found[2]["tallies"]


@pytest.mark.parametrize(
    "content, sentence",
    [
        ("", "There is nothing in this file."),
        ("timestamp,comment-id,voter-id,vote\n1567382954,0,0,7\n", "Line 2, column 16: A vote is 1 (agree)"),
        ('[{"pid": 1, "vote": 1}]', "Line 1, column 2: Something in this list has no “tid”"),
        ("participant,0\n1,1\n1,1\n", "Line 3, column 1: The participant 1 is on line 2 already."),
    ],
)
def test_opinions_says_where_a_file_makes_no_sense(tmp_path, content, sentence):
    file = tmp_path / "votes"
    file.write_text(content)
    said = opinions(file, "--json")
    assert said.returncode != 0 and said.stdout == ""
    assert sentence in said.stderr and str(file) in said.stderr


def test_opinions_says_when_there_is_nothing_to_read(tmp_path):
    for path in [tmp_path, tmp_path / "nowhere"]:
        said = opinions(path)
        assert said.returncode != 0 and said.stderr.startswith("Error: There ") and said.stdout == ""


def test_opinions_of_too_few_people_points_at_nobody(tmp_path):
    (tmp_path / "votes.csv").write_text("timestamp,comment-id,voter-id,vote\n1567382954,0,0,1\n1567382955,0,1,-1\n")
    said = opinions(tmp_path)
    assert said.returncode == 0 and "There are no groups: only 2 people have voted often enough" in said.stdout
    assert json.loads(opinions(tmp_path, "--json").stdout)["groups"] == []


def count(*asked):
    return subprocess.run([str(PROGRAM), "count", *map(str, asked)], capture_output=True, text=True)


@pytest.fixture
def ballots(tmp_path):
    """Four people who want Ann, two who want each of the others; as Windows writes it, with a mark at its beginning."""
    file = tmp_path / "ballots.blt"
    file.write_bytes('\ufeff3 1\r\n4 1 2 0\r\n2 2 0\r\n2 3 2 0\r\n0\r\n"Ann"\r\n"Bén"\r\n"Cat"\r\n"Who"\r\n'.encode())
    return file


def test_count_says_each_stage_and_each_tie_aloud(ballots):
    said = count(ballots)
    assert (said.returncode, said.stderr) == (0, "")
    assert "Bén and Cat have the same. Of these it is " in said.stdout and "by a lot drawn from the seed 0" in said.stdout
    by_order = count(ballots, "--order", "1,2,3").stdout
    assert "Of these it is Cat, by the order given beforehand.\nCat stands down.\n2 from Cat to Bén." in by_order


def test_count_as_json_has_the_winners_as_they_stand_in_the_file_and_every_stage(ballots):
    said = json.loads(count(ballots, "--rule", "scottish-stv", "--seats", "2", "--order", "1", "--json").stdout)
    assert said["winners"] == ["Ann", "Bén"] and len(said["stages"]) > 1
    rows = list(csv.reader(count(ballots, "--csv").stdout.splitlines()))
    assert len({len(row) for row in rows}) == 1 and any("Bén" in row for row in rows)


@pytest.mark.parametrize(
    "name, content, sentence",
    [
        ("empty.abif", b"", "empty.abif: Nobody stands, so nobody can win."),
        ("empty.csv", b"", "empty.csv: This file is empty."),
        ("noise.pb", bytes(range(255, 0, -1)), "noise.pb: Line 1: This isn't UTF-8 text; save the file as UTF-8."),
        ("huge.blt", b"2 1\n99999999999999999999 1 0\n", "huge.blt: Line 2: This number is too large"),
        ("nobody.blt", b"2 1\n1 3 0\n0\n", "nobody.blt: Line 2: 3 stands for nobody: the numbers go from 1 to 2."),
        ("late.csv", b"Ann,Ben\n1,3\n1,x\n", "late.csv: Line 3: “x” is no rank"),
        ("ballots.doc", b"x", "ballots.doc: Files that can be read end with one of these: blt"),
    ],
)
def test_count_says_where_a_file_makes_no_sense(tmp_path, name, content, sentence):
    (tmp_path / name).write_bytes(content)
    said = count(tmp_path / name)
    assert said.returncode != 0 and said.stdout == "" and sentence in said.stderr


def test_count_says_what_is_not_there_and_goes_on_with_the_rest(ballots, tmp_path):
    assert f"There is no file {tmp_path}/none.blt." in count(tmp_path / "none.blt").stderr
    assert f"{tmp_path} is a folder" in count(tmp_path).stderr
    said = count(tmp_path / "none.blt", ballots)
    assert said.returncode != 0 and "Ann is elected." in said.stdout
    assert "1 of 2 counts could not be made." in said.stderr


@pytest.mark.parametrize("order", ["1,1", "4", "0", "-1", "x", "1,,2"])
def test_count_refuses_an_order_with_a_slip_in_it(ballots, order):
    said = count(ballots, f"--order={order}")
    assert said.returncode != 0 and "from 1 to 3, each at most once" in said.stderr


def test_count_explains_each_rule_in_two_sentences_and_an_example():
    rules = count("--explain", "none").stderr.split("there are: ")[1].rstrip(".\n").split(", ")
    assert len(rules) > 20
    for rule in rules:
        title, _, sentences, _, example, *lines = count("--explain", rule).stdout.splitlines()
        assert title and sentences.count(". ") == 1 and sentences.endswith(".")
        assert example.startswith("An example. ") and "Stage 1" in "\n".join(lines)
