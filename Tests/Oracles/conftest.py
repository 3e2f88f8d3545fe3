import json
import os
import pathlib
import subprocess

import pytest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
# Real ballots made by others, where they lie beside the repository.
SHARED = REPOSITORY.parent / "shared" / "data"


class Roundtable:
    """The program under test."""

    def __init__(self):
        self.program = os.environ.get("ROUNDTABLE_PROGRAM", str(REPOSITORY / ".build/debug/roundtable"))

    # So many files fit on one command line.
    AT_ONCE = 500

    def count(self, files, rules, *options):
        """What each rule makes of each file: a dictionary by file and rule, of the JSON that is printed."""
        found = {}
        for start in range(0, len(files), self.AT_ONCE):
            command = [self.program, "count", *map(str, files[start:start + self.AT_ONCE]), "--json", *options]
            for rule in rules:
                command += ["--rule", rule]
            done = subprocess.run(command, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            for line in done.stdout.splitlines():
                counted = json.loads(line)
                found[counted["file"], counted["rule"]] = counted
        return found


@pytest.fixture(scope="session")
def roundtable():
    return Roundtable()


@pytest.fixture(scope="session")
def shared():
    if not SHARED.is_dir():
        pytest.skip("the shared data is not beside the repository")
    return SHARED
