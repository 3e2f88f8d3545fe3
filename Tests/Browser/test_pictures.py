"""Flipcharts and drawings: chosen, refused kindly, shown, and gone when they are taken back."""

import contextlib
import http.client
import io
import os
import pathlib
import random
import sqlite3
import subprocess
import threading
import time
import uuid

import pytest
from PIL import Image, ImageDraw

from phone import Phone

WORDS = "Three arrows: hospital, car, home. The key is with nobody."
LABEL = "What does it say, or show?"


def flipchart(kind, **more):
    """Three arrows on paper, in a file as a phone or a drawing program would make it."""
    paper = Image.new("RGB", (1200, 900), "#fffdf5")
    pen = ImageDraw.Draw(paper)
    for height in (200, 450, 700):
        pen.line([(150, height), (1050, height)], fill="#223355", width=12)
        pen.polygon([(1050, height - 40), (1130, height), (1050, height + 40)], fill="#223355")
    file = io.BytesIO()
    paper.save(file, kind, **more)
    return file.getvalue()


def chooses(visitor, name, content):
    visitor.page.get_by_label("The photograph", exact=True).set_input_files(
        {"name": name, "mimeType": "image/jpeg", "buffer": content}
    )


def loaded(visitor):
    """How wide the picture is that the browser shows; 0 when it could not."""
    picture = visitor.page.locator(".saying-picture img").first
    picture.scroll_into_view_if_needed()
    visitor.page.wait_for_function("document.querySelector('.saying-picture img').complete")
    return picture.evaluate("img => img.naturalWidth")


@pytest.mark.each_window
@pytest.mark.both_engines
def test_a_flipchart_is_said_with_its_words(table, someone, device):
    gathering, code = table.calls("Tea and talk", "What would make going home feel safe?")
    tom = someone("Tom", device)
    tom.goes_to(f"/codes/{code}")
    tom.presses("Come in")
    tom.presses("Say it with a photograph: a flipchart, a drawing")
    tom.looks_at("picture-new")

    tom.writes(LABEL, WORDS)
    chooses(tom, "wall.jpg", b"PK\x03\x04" + b"\x07" * 19_999_996)
    tom.presses("Say it")
    tom.sees("That file is not a photograph that can be shown here, whatever its name says.")
    assert tom.field(LABEL) == WORDS
    tom.looks_at("picture-refused")

    chooses(tom, "wall.png", flipchart("PNG"))
    tom.presses("Say it")
    tom.presses("Go on")
    tom.sees(WORDS)
    # Without script pictures that lie further down are loaded all the same.
    if device.script:
        assert loaded(tom) > 0
    tom.looks_at("picture-said")

    asha = table.asha
    asha.goes_to(table.project)
    asha.sees(WORDS)
    assert loaded(asha) > 0
    asha.looks_at("picture-project")
    small = asha.page.locator(".saying-picture img").first.get_attribute("src")
    large = asha.page.locator(".saying-picture").first.get_attribute("href")
    assert asha.context.request.get(f"{asha.address}{large}").headers["content-type"] == "image/jpeg"

    tom.goes_to(large.removesuffix("/picture"))
    tom.presses("Take it back")
    assert tom.context.request.get(f"{tom.address}{small}").status == 404
    kept = [file for file in (table.house.folder / "data" / "files").rglob("*") if file.is_file()]
    assert kept == []


def test_a_jpeg_from_a_phone_is_made_anew(table):
    asha = table.asha
    asha.goes_to(f"{table.project}/contributions/new")
    asha.presses("Say it with a photograph: a flipchart, a drawing")
    notes = Image.Exif()
    notes[0x0110] = "Pocket camera"
    notes.get_ifd(0x8825).update({1: "N", 2: (51.0, 28.0, 53.8), 3: "W", 4: (3.0, 10.0, 44.8)})
    taken = flipchart("JPEG", exif=notes)
    assert b"Pocket camera" in taken
    chooses(asha, "flipchart.jpg", taken)
    asha.writes(LABEL, WORDS)
    asha.presses("Say it")
    files = [file for file in (pathlib.Path(table.house.folder) / "data" / "files").rglob("*") if file.is_file()]
    assert len(files) == 2
    for file in files:
        made = file.read_bytes()
        assert made.startswith(b"\xff\xd8\xff") and b"camera" not in made and b"Exif" not in made


def test_large_files_are_never_held_whole(table, house):
    """Eight phones send 20 MB each at once: the house grows by less than one of them."""
    founder = table.founder
    token = founder.get(f"{table.project}/pictures").value("guard")
    cookies = "; ".join(f"{name}={value}" for name, value in founder.cookies.items())

    def memory():
        status = pathlib.Path(f"/proc/{house.process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    def sends(answers):
        parts = [("guard", token), ("words", WORDS), ("bearing", "name")]
        fields = "".join(
            f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts
        ) + '--b\r\nContent-Disposition: form-data; name="picture"; filename="a.jpg"\r\n\r\n'
        ending = b"\r\n--b--\r\n"
        line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
        line.putrequest("POST", f"{table.project}/pictures")
        line.putheader("Cookie", cookies)
        line.putheader("Content-Type", "multipart/form-data; boundary=b")
        line.putheader("Content-Length", str(len(fields.encode()) + 20_000_000 + len(ending)))
        line.endheaders()
        line.send(fields.encode())
        for _ in range(200):
            line.send(b"\x07" * 100_000)
        line.send(ending)
        answers.append(line.getresponse().status)

    before, answers = memory(), []
    phones = [threading.Thread(target=sends, args=(answers,)) for _ in range(8)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    # A form without the ids that our pages make is refused; what matters here is that all of it was heard.
    assert len(answers) == 8 and set(answers) <= {400, 422}
    assert memory() - before < 20


# How many phones send photographs when the house is killed under them, and how often it is.
PHONES = 6
KILLED = 4


class Sender(threading.Thread):
    """A phone that sends one photograph after another, in pieces, until the line is cut; it keeps what was acknowledged."""

    def __init__(self, house, founder, place, chart):
        super().__init__(daemon=True)
        self.house, self.place, self.chart = house, place, chart
        self.cookies, self.token = founder.cookies, founder.token
        self.acknowledged, self.unsure, self.refused = [], [], []

    def run(self):
        while self.says(str(uuid.uuid4())):
            pass

    def says(self, once):
        """Sends it with this id, and whether that was acknowledged."""
        try:
            status = self.sends(once)
        except (OSError, http.client.HTTPException):
            self.unsure.append(once)
            return False
        (self.acknowledged if status == 303 else self.refused).append(once)
        return status == 303

    def sends(self, once):
        fields = {"guard": self.token, "once": once, "once-nothing": uuid.uuid4(), "words": once, "bearing": "name"}
        body = "".join(
            f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
        ).encode() + b'--b\r\nContent-Disposition: form-data; name="picture"; filename="a.png"\r\n\r\n'
        body += self.chart + b"\r\n--b--\r\n"
        line = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=60)
        with contextlib.closing(line):
            line.putrequest("POST", f"{self.place}/pictures")
            line.putheader("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
            line.putheader("Content-Type", "multipart/form-data; boundary=b")
            line.putheader("Content-Length", str(len(body)))
            line.endheaders()
            for start in range(0, len(body), 4_096):
                line.send(body[start : start + 4_096])
            return line.getresponse().status


def pictures(house):
    """What the database says: by what is said with each, the names of its files."""
    query = "select contribution.words, picture.large, picture.small from picture join contribution on contribution.id = contribution"
    if house.database:
        ask = ["psql", "--quiet", "--no-psqlrc", "-AtF", "\t", "--dbname", house.database, "--command", query]
        lines = subprocess.run(ask, check=True, capture_output=True, text=True).stdout.splitlines()
        rows = [line.split("\t") for line in lines]
    else:
        with contextlib.closing(sqlite3.connect(house.folder / "data/roundtable.sqlite")) as database:
            rows = database.execute(query).fetchall()
    said = {words: {large, small} for words, large, small in rows}
    assert len(said) == len(rows), "twice"
    return said


def in_folder(house, name):
    return [file for file in (house.folder / "data" / name).rglob("*") if file.is_file()]


@pytest.mark.both_engines
def test_killed_in_the_middle_of_photographs_none_is_half_there_or_lost(house):
    """What was acknowledged opens whole, nothing is shown in part, and what is left over is swept away."""
    founder = Phone(house.port).comes_in("Amina")
    place = founder.starts_project("Getting home")
    # The first thing said gives a receipt; the others are then answered alike.
    founder.get(f"{place}/contributions/new")
    saying = {"once": uuid.uuid4(), "once-nothing": uuid.uuid4(), "words": "Good evening.", "bearing": "name"}
    assert founder.post(f"{place}/contributions", **saying).status == 303
    chart, acknowledged, unsure = flipchart("PNG"), [], []
    for _ in range(KILLED):
        phones = [Sender(house, founder, place, chart) for _ in range(PHONES)]
        for phone in phones:
            phone.start()
        # A photograph takes some tenths of a second: the house is killed before, while and after one is kept.
        time.sleep(random.uniform(0.1, 1.5))
        house.kill()
        for phone in phones:
            phone.join(60)
            assert not phone.refused and not phone.is_alive()
        acknowledged += [once for phone in phones for once in phone.acknowledged]
        unsure += [once for phone in phones for once in phone.unsure]
        house.start()
    assert unsure, "nothing was in the middle"
    said = pictures(house)
    assert set(acknowledged) <= set(said), "lost"
    assert set(said) <= set(acknowledged) | set(unsure)
    for once in [*acknowledged, *unsure]:
        opens_whole(house, founder, once, is_there=once in said)
    # The page that was not answered sends the same again, as a phone does when the house is back.
    phone = Sender(house, founder, place, chart)
    assert all(phone.says(once) for once in unsure), phone.refused
    said = pictures(house)
    assert set(said) == set(acknowledged) | set(unsure)
    for once in unsure:
        opens_whole(house, founder, once)
    leaves_nothing_over(house, set().union(*said.values()))


def opens_whole(house, founder, once, is_there=True):
    """Both sizes of a photograph are there, and whole; or neither is."""
    cookies = "; ".join(f"{name}={value}" for name, value in founder.cookies.items())
    for size, width in [("", 1200), ("/small", 480)]:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)) as line:
            line.request("GET", f"/contributions/{once}/picture{size}", headers={"Cookie": cookies})
            answer = line.getresponse()
            assert answer.status == (200 if is_there else 404)
            content = answer.read()
        if is_there:
            # Reads every dot, and fails where some are missing.
            assert Image.open(io.BytesIO(content)).convert("RGB").size == (width, width * 3 // 4)


def leaves_nothing_over(house, kept):
    """Once they are old enough to be nobody's, files that nothing said has go by themselves, and the others stay."""
    house.kill()
    assert kept <= {file.name for file in in_folder(house, "files")}, "a row without its file"
    for file in in_folder(house, "files") + in_folder(house, "arriving"):
        old = time.time() - 7_200
        os.utime(file, (old, old))
    house.start()
    assert {file.name for file in in_folder(house, "files")} == kept
    assert in_folder(house, "arriving") == []
