"""Cast vote records of RCTab's own tests, in formats that Roundtable does not read, as sheets that it does.

    python3 rctab.py CONFIG.json

prints the ballots as a sheet of ranks. It knows Excel workbooks (ES&S) and the NIST common data format as JSON and as
XML. Where the ballots themselves are not there, but what RCTab wrote of them is, it takes that. Only what comes with
Python is used.
"""
import csv
import io
import json
import pathlib
import sys
import xml.etree.ElementTree as xml
import zipfile

UNDECLARED = "Undeclared Write-ins"


def workbook(path):
    """The rows of a workbook's first sheet, as lists of texts."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            tree = xml.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(t.text or "" for t in item.iter(space + "t")) for item in tree.iter(space + "si")]
        for row in xml.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(space + "row"):
            cells = []
            for cell in row.iter(space + "c"):
                column = 0
                for letter in cell.get("r").rstrip("0123456789"):
                    column = column * 26 + ord(letter) - 64
                cells += [""] * (column - len(cells))
                value = cell.find(space + "v")
                text = "" if value is None else value.text
                cells[column - 1] = (shared[int(text)] if cell.get("t") == "s" else text).strip()
            yield cells


def from_workbook(path, source, rules):
    first_column, first_row = int(source["firstVoteColumnIndex"]) - 1, int(source["firstVoteRowIndex"]) - 1
    rows = list(workbook(path))
    width = max(len(row) for row in rows) - first_column
    if rules["maxRankingsAllowed"] != "max":
        width = min(width, int(rules["maxRankingsAllowed"]))
    for row in rows[first_row:]:
        ranks = (row[first_column:first_column + width] + [""] * width)[:width]
        yield [label(rank, source) for rank in ranks]


def label(text, source):
    """A cell's text in the words that a sheet of ranks has."""
    if not text:
        return UNDECLARED if source.get("treatBlankAsUndeclaredWriteIn") else "undervote"
    named = {source.get("overvoteLabel"): "overvote", source.get("skippedRankLabel"): "undervote",
             source.get("undeclaredWriteInLabel"): UNDECLARED}
    return named.get(text, text)


def ranked(selections):
    """Ranks from pairs of rank and name."""
    ranks = {}
    for rank, name in selections:
        ranks.setdefault(rank, []).append(name)
    return ["|".join(ranks.get(rank, ["undervote"])) for rank in range(1, max(ranks, default=0) + 1)]


def from_json(path, source):
    report = json.loads(path.read_text())
    election = report["Election"][0]
    wanted = source.get("contestId", election["Contest"][0]["@id"])
    people = {person["@id"]: person["Name"] for person in election["Candidate"]}
    contest = next(c for c in election["Contest"] if wanted in (c["Name"], c["@id"]))
    names = dict(source.get("names", {}))
    for selection in contest["ContestSelection"]:
        people_ids = selection.get("CandidateIds")
        names[selection["@id"]] = UNDECLARED if selection.get("IsWriteIn") or not people_ids else people[people_ids[0]]
    for record in report["CVR"]:
        selections = []
        for marked in record["CVRSnapshot"][0]["CVRContest"]:
            if marked.get("ContestId", contest["@id"]) != contest["@id"]:
                continue
            for selection in marked.get("CVRContestSelection", []):
                for position in selection["SelectionPosition"]:
                    if position["HasIndication"] == "yes" and position["IsAllocable"] != "no":
                        rank = position.get("Rank", selection.get("Rank"))
                        selections.append((int(rank), names[selection["ContestSelectionId"]]))
        yield ranked(selections)


def from_xml(path, source):
    tree = xml.parse(path).getroot()
    space = tree.tag[:tree.tag.index("}") + 1]

    def text(node, name, otherwise=None):
        found = node.find(space + name)
        return otherwise if found is None else found.text

    people = {c.get("ObjectId"): text(c, "Name") for c in tree.iter(space + "Candidate")}
    contest = next(c for c in tree.iter(space + "Contest") if text(c, "Name") == source["contestId"])
    names = {}
    for selection in contest.iter(space + "ContestSelection"):
        ids = (text(selection, "CandidateIds") or "").split()
        is_write_in = text(selection, "IsWriteIn") == "true" or not ids
        names[selection.get("ObjectId")] = UNDECLARED if is_write_in else people[ids[0]]
    for record in tree.iter(space + "CVR"):
        current = text(record, "CurrentSnapshotId")
        for snapshot in record.iter(space + "CVRSnapshot"):
            if current and snapshot.get("ObjectId") != current:
                continue
            for marked in snapshot.iter(space + "CVRContest"):
                if text(marked, "ContestId") != contest.get("ObjectId"):
                    continue
                selections = []
                for selection in marked.iter(space + "CVRContestSelection"):
                    for position in selection.iter(space + "SelectionPosition"):
                        if text(position, "HasIndication") == "yes" and text(position, "IsAllocable") != "no":
                            rank = text(position, "Rank") or text(selection, "Rank") or "1"
                            # A name written in and not yet looked at is no selection.
                            if text(selection, "ContestSelectionId") in names:
                                selections.append((int(rank), names[text(selection, "ContestSelectionId")]))
                yield ranked(selections)


def main(path):
    config = json.loads(path.read_text())
    sources = config["cvrFileSources"]
    written = path.with_name(path.name.replace("_config.json", "_expected_cdf_cvr.json"))
    if written.exists() and not any((path.parent / source["filePath"]).exists() for source in sources):
        # It writes who is marked by their name or another that they go by, with other signs for spaces.
        known = [name for one in config["candidates"] for name in [one["name"], *one.get("aliases", [])]]
        sources = [{
            "filePath": written.name, "names": {"cs-" + name.lower().replace(" ", "_"): name for name in known}}]
    ballots = []
    for source in sources:
        file = path.parent / source["filePath"]
        if file.suffix == ".xlsx":
            ballots += from_workbook(file, source, config["rules"])
        elif file.suffix == ".xml":
            ballots += from_xml(file, source)
        else:
            ballots += from_json(file, source)
    width = max([1] + [len(ballot) for ballot in ballots])
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow([f"Rank {rank}" for rank in range(1, width + 1)])
    writer.writerows(ballot + ["undervote"] * (width - len(ballot)) for ballot in ballots)
    print(sheet.getvalue(), end="")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
