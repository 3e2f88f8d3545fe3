"""The commands say plainly what they need, to somebody who has never seen them."""

import os
import subprocess
import time

import pytest

from house import ROOT


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
