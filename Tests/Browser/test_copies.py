"""A whole house as a file: written and brought in by the program itself, which is killed at any moment."""

import html
import os
import random
import re
import sqlite3
import subprocess
import threading
import time
import urllib.parse
import urllib.request

import pytest

from house import ROOT, Database, House

PROGRAM = os.environ.get("ROUNDTABLE_PROGRAM") or str(ROOT / ".build/debug/roundtable")


def run(*arguments, typed=None, **rest):
    """Runs a command to its end."""
    return subprocess.run(
        [PROGRAM, *map(str, arguments)], input=typed, capture_output=True, text=True, timeout=120, **rest
    )


def killed(after, *arguments, typed=None):
    """Runs a command and kills it after so many seconds; its exit code, which is -9 when it was killed."""
    process = subprocess.Popen(
        [PROGRAM, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if typed:
        process.stdin.write(typed.encode())
    process.stdin.close()
    try:
        return process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def place(folder, database=None):
    """What names a house, for any command."""
    return ["--data", folder, *(["--database", database] if database else [])]


def lived_in(folder, rows=4_000):
    """A house with many words in it, long enough to be killed in the middle of. No house serves it meanwhile."""
    export = folder.parent / f"{folder.name}-words"
    export.mkdir()
    lines = ["timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"]
    lines += [f"{1518501491000 + n},Tue,{n},{n % 50},0,0,1,what number {n} says" for n in range(rows)]
    (export / "comments.csv").write_text("\n".join(lines) + "\n")
    (export / "summary.csv").write_text("topic,The hall\nurl,http://example.org\n")
    said = run("import", "polis", export, "--project", "The hall", "--data", folder)
    assert said.returncode == 0, said.stderr
    (folder / "files").mkdir()
    (folder / "files/picture").write_bytes(os.urandom(3_000_000))
    return folder


def rows(folder):
    """Every row of every table of a house on SQLite."""
    with sqlite3.connect(f"file:{folder}/roundtable.sqlite?mode=ro", uri=True) as database:
        names = [name for (name,) in database.execute("select name from sqlite_schema where type = 'table'")]
        return {
            name: sorted(database.execute(f'select * from "{name}"').fetchall(), key=repr)
            for name in names
            if name not in ("arrival", "migration")
        }


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    return lived_in(tmp_path_factory.mktemp("lived") / "data")


@pytest.fixture(scope="module")
def exported(lived):
    file = lived.parent / "whole.house"
    assert run("export", "house", file, "--data", lived).returncode == 0
    return file


def moments(command):
    """How long a command takes that is let be, and moments within that to kill it at."""
    begun = time.monotonic()
    said = command()
    assert said.returncode == 0, said.stderr
    whole = time.monotonic() - begun
    return [random.uniform(0.005, whole) for _ in range(8)]


@pytest.mark.both_engines
def test_an_import_that_is_killed_leaves_an_empty_house_or_a_whole_one(lived, exported, engine, tmp_path):
    wanted = rows(lived)
    outcomes = set()
    first = place(tmp_path / "first", Database(os.environ["ROUNDTABLE_TEST_POSTGRES"]).url if engine else None)
    for number, moment in enumerate(moments(lambda: run("import", "house", exported, *first))):
        database = Database(os.environ["ROUNDTABLE_TEST_POSTGRES"]) if engine else None
        here = place(tmp_path / f"data-{number}", database and database.url)
        if killed(moment, "import", "house", exported, *here) == 0:
            continue
        # Whoever opens it next either has the whole house, or is told to do it again, and then has it.
        said = run("export", "house", tmp_path / "out", *here)
        outcomes.add(said.returncode == 0)
        if said.returncode != 0:
            assert "broken off" in said.stderr or "There is no house" in said.stderr, said.stderr
            again = run("import", "house", exported, *here)
            assert again.returncode == 0, again.stderr
            assert run("export", "house", tmp_path / "out", *here).returncode == 0
        back = tmp_path / f"back-{number}"
        assert run("import", "house", tmp_path / "out", "--data", back).returncode == 0
        assert rows(back) == wanted
        assert (back / "files/picture").read_bytes() == (lived / "files/picture").read_bytes()
        assert (back / "secret").read_bytes() == (lived / "secret").read_bytes()
        if database:
            database.drop()
    assert False in outcomes, "none was killed early enough to matter"


def test_a_house_that_is_half_way_is_not_served(exported, tmp_path):
    house = House()
    house.folder.joinpath("data").mkdir(mode=0o700)
    (house.folder / "data/restoring").mkdir()
    with pytest.raises(AssertionError, match="broken off"):
        house.start()
    said = run("import", "house", exported, "--data", house.folder / "data")
    assert said.returncode == 0, said.stderr
    house.start()
    # And while it is served, none is brought in.
    assert "Stop it first" in run("import", "house", exported, "--data", house.folder / "data").stderr
    house.stop()
    house.clear_away()


def test_an_export_that_is_killed_leaves_the_old_file_as_it_was(lived, tmp_path):
    file = tmp_path / "whole.house"
    for moment in moments(lambda: run("export", "house", file, "--data", lived)):
        before = file.read_bytes()
        killed(moment, "export", "house", file, "--data", lived)
        after = file.read_bytes()
        assert after == before or after.endswith(b"\nEnd of house file\n")
    assert run("import", "house", file, "--data", tmp_path / "data").returncode == 0
    assert rows(tmp_path / "data") == rows(lived)
    assert run("export", "house", file, "--data", lived).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".part") == []


def test_a_full_disk_is_told_and_leaves_nothing(lived, exported, tmp_path):
    # A file may be 100 kilobytes long, as where the disk has no more.
    for arguments in (["export", "house", tmp_path / "out"], ["import", "house", exported]):
        folder = lived if arguments[0] == "export" else tmp_path / "data"
        said = subprocess.run(
            ["bash", "-c", 'trap "" XFSZ; ulimit -f 100; exec "$@"', "-", PROGRAM, *map(str, arguments), "--data", folder],
            capture_output=True, text=True,
        )
        # SQLite takes such a limit for a disk that fails; a full one is a trouble of its own (`StorageTrouble.full`).
        told = "room" if arguments[0] == "export" else "The database says"
        assert said.returncode != 0 and told in said.stderr, said.stderr
    assert not (tmp_path / "out").exists() and not (tmp_path / "out.part").exists()
    assert run("import", "house", exported, "--data", tmp_path / "data").returncode == 0
    assert rows(tmp_path / "data") == rows(lived)


# Backups


def sealed(folder, file, *more):
    """Makes a backup with new words and says which they were."""
    said = run("backup", file, *folder, *more)
    assert said.returncode == 0, said.stderr
    (words,) = [line.strip() for line in said.stdout.splitlines() if len(line.split()) == 8 and line.startswith("    ")]
    return words


class Writer(threading.Thread):
    """Somebody who comes in again and again under a new name, and remembers what the house said yes to."""

    def __init__(self, address, number):
        super().__init__(daemon=True)
        self.address, self.number, self.known, self.stopped = address, number, [], False

    def run(self):
        while not self.stopped:
            name = f"writer {self.number} number {len(self.known)}"
            come_in(self.address, name)
            self.known.append((name, time.monotonic()))


def come_in(address, name):
    """Comes in as a browser without scripts would, and gives the browser."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    send(browser, address, "/people/new", "/people", name=name)
    return browser


def send(browser, address, page, to, **fields):
    """Opens a page and sends its form."""
    text = browser.open(address + page, timeout=60).read().decode()
    for hidden in ("guard", "once"):
        found = re.search(rf'name="{hidden}"[^>]* value="([^"]*)"', text)
        if found:
            fields[hidden] = html.unescape(found[1])
    answer = browser.open(address + to, urllib.parse.urlencode(fields).encode(), timeout=60)
    assert answer.status == 200, answer.status
    return answer.read().decode()


def names(folder):
    return {row[1] for row in rows(folder)["person"]}


@pytest.mark.both_engines
def test_a_backup_while_fifty_people_write_is_one_moment_with_every_word_from_before_it(house, engine, tmp_path):
    here = place(house.folder / "data", engine)
    writers = [Writer(house.address, number) for number in range(50)]
    for writer in writers:
        writer.start()
    while sum(len(writer.known) for writer in writers) < 100:
        time.sleep(0.05)
    begun = time.monotonic()
    words = sealed(here, tmp_path / "house.backup")
    over = time.monotonic()
    while not any(moment > over for writer in writers for _, moment in writer.known[-1:]):
        time.sleep(0.05)
    for writer in writers:
        writer.stopped = True
    for writer in writers:
        writer.join(60)
    house.stop()
    said = run("restore", tmp_path / "house.backup", "--data", tmp_path / "data", "--let-go", house.folder / "data/let-go", typed=words)
    assert said.returncode == 0, said.stderr
    there = names(tmp_path / "data")
    for writer in writers:
        got = [name in there for name, _ in writer.known]
        assert all(name in there for name, moment in writer.known if moment < begun), "a word that was safe is lost"
        assert got == sorted(got, reverse=True), "later words are there, and earlier ones not"
    everybody = {name for writer in writers for name, _ in writer.known}
    assert there - everybody <= {f"writer {writer.number} number {len(writer.known)}" for writer in writers}
    # One moment: nobody's device is there before they are, though somebody may have come in and have none yet.
    tables = rows(tmp_path / "data")
    assert {row[1] for row in tables["device"]} <= {row[0] for row in tables["person"]}


@pytest.mark.both_engines
def test_whoever_left_after_the_backup_is_not_there_when_it_is_put_back(house, engine, tmp_path):
    here = place(house.folder / "data", engine)
    stays, leaves = come_in(house.address, "Whoever stays"), come_in(house.address, "Marigold Underhill")
    words = sealed(here, tmp_path / "house.backup")
    send(leaves, house.address, "/leaving", "/leaving", wish="takenBack")
    # Answered, so it is kept: the power may go now.
    house.kill()
    said = run(
        "restore", tmp_path / "house.backup", "--data", tmp_path / "data", "--let-go", house.folder / "data/let-go",
        typed=words,
    )
    assert said.returncode == 0 and "Let go of again, as people had since then: 1" in said.stdout, said.stdout + said.stderr
    assert names(tmp_path / "data") == {"Whoever stays"}
    for file in (tmp_path / "data").rglob("*"):
        assert file.is_dir() or b"Marigold" not in file.read_bytes(), file
    missing = run("restore", tmp_path / "house.backup", "--data", tmp_path / "other", typed=words)
    assert missing.returncode != 0 and "--without-let-go" in missing.stderr
    aloud = run("restore", tmp_path / "house.backup", "--data", tmp_path / "other", "--without-let-go", typed=words)
    assert aloud.returncode == 0 and "tell them" in aloud.stdout, aloud.stderr
    assert names(tmp_path / "other") == {"Whoever stays", "Marigold Underhill"}
    del stays


@pytest.fixture
def databases(engine):
    """Makes a new and empty database for each house of a test; None for each where a house is one file."""
    made = []

    def new():
        if engine:
            made.append(Database(os.environ["ROUNDTABLE_TEST_POSTGRES"]))
        return made[-1].url if engine else None

    yield new
    for database in made:
        database.drop()


@pytest.mark.both_engines
def test_a_backup_and_a_restore_that_are_killed_leave_the_old_one_or_the_new_one(lived, exported, databases, tmp_path):
    file, paper, out = tmp_path / "house.backup", tmp_path / "words", tmp_path / "out"
    here = place(tmp_path / "here", databases())
    assert run("import", "house", exported, *here).returncode == 0
    words = sealed(here, file)
    paper.touch(0o600)
    paper.write_text(words)
    sealing = ["backup", file, "--words-file", paper, *here]
    for moment in moments(lambda: run(*sealing)):
        before = file.read_bytes()
        killed(moment, *sealing)
        assert file.read_bytes() == before or file.read_bytes().endswith(b"\nEnd of backup\n")
    wanted, outcomes = rows(lived), set()
    restoring = ["restore", file, "--words-file", paper, "--let-go", lived / "let-go"]
    first = place(tmp_path / "first", databases())
    for number, moment in enumerate(moments(lambda: run(*restoring, *first))):
        there = place(tmp_path / f"data-{number}", databases())
        killed(moment, *restoring, *there)
        said = run("export", "house", out, *there)
        if said.returncode != 0:
            assert "broken off" in said.stderr or "There is no house" in said.stderr, said.stderr
            outcomes.add("empty")
            again = run(*restoring, *there)
            assert again.returncode == 0, again.stderr
            assert run("export", "house", out, *there).returncode == 0
        # Whichever engine it is on, its rows are read from one file.
        back = tmp_path / f"back-{number}"
        assert run("import", "house", out, "--data", back).returncode == 0
        assert rows(back) == wanted
        assert (back / "files/picture").read_bytes() == (lived / "files/picture").read_bytes()
        assert (tmp_path / f"data-{number}" / "secret").read_bytes() == (lived / "secret").read_bytes()
    assert "empty" in outcomes, "none was killed early enough to matter"


def test_other_words_and_a_full_disk_are_told(lived, tmp_path):
    file = tmp_path / "house.backup"
    words = sealed(place(lived), file)
    others = sealed(place(lived), tmp_path / "other.backup")
    for typed, told in [
        (others, "not the words of this backup"), (words.rsplit(" ", 1)[0], "has 8 words, and these are 7"),
        ("qqqq " + words.split(" ", 1)[1], "“qqqq” is not one of our words"), ("", "these are 0"),
    ]:
        said = run("restore", file, "--data", tmp_path / "data", "--without-let-go", typed=typed)
        assert said.returncode != 0 and told in said.stderr, said.stderr
    before = file.read_bytes()
    said = subprocess.run(
        ["bash", "-c", 'trap "" XFSZ; ulimit -f 100; exec "$@"', "-", PROGRAM, "backup", str(file), "--data", str(lived)],
        capture_output=True, text=True,
    )
    assert said.returncode != 0 and "room" in said.stderr, said.stderr
    assert file.read_bytes() == before and not (tmp_path / "house.backup.part").exists()
    assert words not in said.stdout
