"""The first page: four doors, and what this house is."""

import pytest

from visitor import NARROW, TABLET

DOORS = ["I have a code", "I have a card with words", "I was invited", "I want to start a group"]


@pytest.mark.every_device
def test_a_stranger_finds_four_doors_and_who_is_responsible(someone):
    amina = someone("Amina")
    amina.goes_to("/")
    for door in DOORS:
        amina.sees(door)
    amina.sees("Who is responsible")
    amina.sees("The person who looks after the machine can read its data file")
    amina.sees("You can complain to the Information Commissioner's Office")
    amina.looks_at("first-page")

    stops = amina.walks_by_keyboard()
    assert stops[0] == "Go to the page"
    assert [door for stop in stops for door in DOORS if stop.startswith(door)] == DOORS


@pytest.mark.parametrize("device", [NARROW, TABLET], ids=lambda device: device.name, indirect=True)
def test_the_first_page_fits_other_windows(someone):
    amina = someone("Amina")
    amina.goes_to("/")
    amina.looks_at("first-page")


@pytest.mark.every_device
def test_each_door_opens(someone):
    amina = someone("Amina")
    amina.goes_to("/")
    amina.takes("I have a card with words")
    amina.sees("What are your six words?")
    amina.looks_at("words")

    amina.goes_to("/")
    amina.takes("I want to start a group")
    amina.is_asked("What shall we call you?")
    amina.looks_at("name")


def test_the_first_page_is_small_and_asks_for_little(someone):
    amina = someone("Amina")
    asked = []
    amina.context.on("requestfinished", lambda request: asked.append(request))
    amina.goes_to("/")
    amina.page.wait_for_load_state("networkidle")
    asked = [request for request in asked if not request.url.startswith("data:")]
    sizes = [request.sizes() for request in asked]
    carried = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    assert len(asked) <= 3, [request.url for request in asked]
    assert carried <= 60_000, f"{carried} bytes"


@pytest.mark.every_device
def test_a_page_that_is_not_there_says_so_kindly(someone):
    amina = someone("Amina")
    amina.goes_to("/no-such-page", expecting=404)
    amina.looks_at("not-there")
