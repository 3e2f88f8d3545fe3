"""Reads what the test runners wrote, for bin/test.

  results.py FOLDER again           which Swift tests failed, as a filter that runs those again; nothing if none did
  results.py FOLDER sum [STAGE…]    the sum of all, and how each failed; STAGE is one that did not end well
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as xml

folder, order, *failed_stages = sys.argv[1:]


def cases(stage):
    """Each test of a stage, by the name that the runner's filter knows it by, with how it ended."""
    for path in sorted(pathlib.Path(folder).glob(f"{stage}*.xml")):
        try:
            written = xml.parse(path)
        except xml.ParseError:  # half a file: the runner was ended
            continue
        for case in written.iter("testcase"):
            tags = {child.tag: child for child in case}
            reason = tags.get("failure", tags.get("error"))
            ending = "failed" if reason is not None else "skipped" if "skipped" in tags else "passed"
            yield f"{case.get('classname')}/{case.get('name')}", ending, reason


def filter_of_failed():
    return "|".join(f"^{re.escape(name)}" for name, ending, _ in cases("swift") if ending == "failed")


def sum_up():
    again = {name: ending for name, ending, _ in cases("again")}
    count = dict.fromkeys(["passed", "failed", "skipped"], 0)
    silent = set(failed_stages)
    for stage in ["swift", "browser", "oracles"]:
        for name, ending, reason in cases(stage):
            if ending == "failed":
                silent -= {stage, "again"}
                if again.get(name) == "passed":
                    ending = "passed"
                    print(f"passed by itself, having failed among the others: {name}")
                else:
                    print(f"failed: {name}")
                if reason.get("message"):
                    print(f"    {reason.get('message')[:2000]}")
            count[ending] += 1
    count["failed"] += len(silent)
    for stage in sorted(silent):
        print(f"failed as a whole: {stage}")
    skipped = f", {count['skipped']} skipped" if count["skipped"] else ""
    print(f"{count['passed']} passed, {count['failed']} failed{skipped}")
    return count["failed"] > 0 or count["passed"] == 0


if order == "again":
    print(filter_of_failed())
else:
    sys.exit(sum_up())
