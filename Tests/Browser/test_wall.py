"""The wall of a hall: however much is said, the way in and the newest of it stay in sight."""

import dataclasses

import pytest

from phone import Phone
from visitor import DESKTOP

WALL = dataclasses.replace(DESKTOP, name="wall", width=1920, height=1080)
SMALL_WALL = dataclasses.replace(DESKTOP, name="small-wall", width=1280, height=720)

LONG = "My mother waited at the door with her bag for three hours, because nobody had told the driver. " * 4
# As many as stand on it at the most (`WallRoutes.most`).
MOST = 12


def says(phone, gathering, words):
    page = phone.get(f"{gathering}/room")
    answer = phone.post(
        f"{gathering}/contributions", once=page.value("once"), bearing="card", words=words, wall="yes",
        **{"once-nothing": page.value("once-nothing")},
    )
    assert answer.status == 303, answer.body


def is_in_sight(visitor, selector):
    """Whether all of it is on the wall, without scrolling to it."""
    return visitor.page.locator(selector).first.evaluate(
        """thing => {
            const box = thing.getBoundingClientRect();
            return box.width > 0 && box.height > 0 && box.top >= 0 && box.left >= 0
                && box.bottom <= innerHeight && box.right <= innerWidth;
        }"""
    )


def halves(visitor):
    """What stands on the wall in part: begun in sight, and ended out of it."""
    return visitor.page.locator(".wall-sayings").evaluate(
        """list => {
            const room = list.getBoundingClientRect();
            const boxes = [...list.children].map(piece => piece.getBoundingClientRect());
            return boxes.filter(box => box.left < room.right - 1 && box.bottom > room.bottom + 1).length;
        }"""
    )


@pytest.mark.parametrize(
    "device", [WALL, WALL.without_script(), SMALL_WALL, SMALL_WALL.without_script()],
    ids=lambda device: device.name, indirect=True,
)
def test_however_much_is_said_the_way_in_and_the_newest_stay_in_sight(table, house, device):
    gathering, code = table.calls("Tea and talk", "What would make going home easier?")
    asha, phone = table.asha, Phone(house.port, table.founder.cookies)
    for number in range(MOST):
        says(phone, gathering, f"Said as number {number}." if number % 2 else f"{number} {LONG}")

    def looks(newest, name):
        asha.sees(newest)
        first = asha.page.locator(".wall-sayings li").first
        assert newest in first.inner_text()
        assert is_in_sight(asha, ".wall-sayings li") and halves(asha) == 0
        assert is_in_sight(asha, ".code") and is_in_sight(asha, ".qr") and is_in_sight(asha, ".wall-way-in form")
        assert asha.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
        assert asha.reads_code(".qr") == f"{asha.address}/codes/{code}"
        asha.looks_at(name)

    asha.goes_to(f"{gathering}/wall")
    looks("Said as number 11.", "wall-full")
    for number in range(MOST, 2 * MOST + 1):
        says(phone, gathering, f"Said as number {number}." if number % 2 else f"{number} {LONG}")
    says(phone, gathering, "The last of all.")
    if not device.script:
        asha.presses("Show what is new")
    looks("The last of all.", "wall-full-and-more")
    assert asha.page.locator(".wall-sayings li").count() == MOST

    # Longer than any wall: it begins there, and takes nothing from the way in.
    says(phone, gathering, f"At length. {LONG * 8}")
    if not device.script:
        asha.presses("Show what is new")
    looks("At length.", "wall-long")
