"""Flipcharts and drawings: chosen, refused kindly, shown, and gone when they are taken back."""

import http.client
import io
import pathlib
import threading

import pytest
from PIL import Image, ImageDraw

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
