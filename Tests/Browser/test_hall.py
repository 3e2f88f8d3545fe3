"""A hall with a router and no internet: the way in on its wall, what works over its network, and a phone that loses it."""

import dataclasses

import pytest

from house import House
from table import Table
from visitor import DESKTOP, PHONE

WORDS = "The car came at ten past eight, and nobody had said that it would be late."
WALL = dataclasses.replace(DESKTOP, name="wall", width=1920, height=1080)

# A proxy on this machine stands in for the hall's network: what comes by it came from a phone, in the open.
FROM_THE_HALL = {"X-Forwarded-For": "192.168.1.34", "X-Forwarded-Proto": "http"}


@pytest.fixture
def house(engine):
    house = House(database=engine, arguments=["--hall", "192.168.1.20", "--proxy", "127.0.0.1"])
    try:
        yield house.start()
        house.stop()
    finally:
        house.clear_away()


@pytest.fixture
def hall(house, someone):
    """A gathering in a hall: `table`, its `gathering`, its `code`, and guests who come in over its network."""

    class Hall:
        table = Table(house, someone)

        def guest(self, name, on=PHONE):
            guest = someone(name, on)
            guest.context.set_extra_http_headers(FROM_THE_HALL)
            return guest

        def seated(self, name, on=PHONE):
            guest = self.guest(name, on)
            guest.goes_to(f"/codes/{self.code}")
            guest.presses("Come in")
            return guest

    hall = Hall()
    hall.gathering, hall.code = hall.table.calls("Tea and talk", "What would make going home feel safe?")
    return hall


def test_the_way_in_is_read_from_the_back_of_the_hall(house, hall, someone):
    said = house.said()
    assert f"In the hall, phones on its network find it at http://192.168.1.20:{house.port}" in said
    asha = hall.table.lends(hall.table.asha, someone("Asha", WALL))
    asha.goes_to(hall.gathering)
    asha.presses("Show the way in")
    asha.looks_at("way-in")
    asha.sees(f"192.168.1.20:{house.port}")
    assert asha.reads_code() == f"http://192.168.1.20:{house.port}/codes/{hall.code}"
    # A metre of letters for thirty of hall: a twelfth of the wall for the address, and a fifth for the code.
    height = "element => element.getBoundingClientRect().height"
    assert asha.page.locator(".way-in-address").evaluate(height) > 90
    assert asha.page.locator(".code").evaluate(height) > 150
    assert asha.page.evaluate("document.documentElement.scrollHeight <= innerHeight"), "all of it is on the wall at once"
    [sheet] = asha.prints("way-in")
    assert hall.code in sheet.replace(" ", "") and f"192.168.1.20:{house.port}" in sheet


@pytest.mark.each_window
def test_a_guest_comes_in_over_the_halls_network_and_is_told_what_waits(hall, device):
    guest = hall.guest("Tom", device)
    guest.goes_to("/")
    guest.looks_at("hall-door")
    guest.does_not_see("I want to start a group")
    guest.presses("What works in this hall, and what waits until later")
    guest.looks_at("hall")
    guest.goes_to("/people/new", expecting=403)
    guest.sees("Not over the hall’s network")
    guest.looks_at("hall-not-here")
    guest.goes_to(f"/codes/{hall.code}")
    guest.sees("Others are on this network")
    guest.looks_at("hall-joining")
    guest.presses("Come in")
    guest.writes("What would make going home feel safe?", WORDS)
    guest.presses("Say it")
    guest.sees("This address works only in the hall")
    words = guest.six_words
    guest.presses("Go on")
    guest.sees(WORDS)
    other = hall.guest("Somebody", device)
    other.goes_to(f"/words/{'-'.join(words)}")
    other.page.locator("main button.button-main").click()
    other.sees(WORDS)


def test_a_phone_that_loses_the_network_for_ten_minutes_loses_nothing_and_says_it_once(hall):
    guest = hall.seated("Tom")
    guest.page.clock.install()
    guest.page.reload()
    guest.writes("What would make going home feel safe?", WORDS)
    guest.sees("Kept on this device until you send it.")
    guest.context.set_offline(True)
    guest.presses("Say it")
    guest.sees("We can't reach the house just now.")
    guest.looks_at("hall-no-network")
    for _ in range(10):
        guest.page.clock.fast_forward("01:00")
    assert guest.field("What would make going home feel safe?") == WORDS
    guest.context.set_offline(False)
    guest.page.clock.fast_forward("00:10")
    guest.page.wait_for_url("**/receipts**")
    guest.presses("Go on")
    guest.page.clock.resume()
    assert guest.page.get_by_text(WORDS).count() == 1


def test_a_page_that_was_loaded_again_without_a_network_has_the_words_when_it_is_back(hall):
    guest = hall.seated("Tom")
    room = guest.path
    guest.writes("What would make going home feel safe?", WORDS)
    guest.context.set_offline(True)
    guest.presses("Say it")
    guest.sees("We can't reach the house just now.")
    with pytest.raises(Exception, match="INTERNET_DISCONNECTED"):
        guest.page.reload()
    # The page that knows how to send is gone for good, and cannot when the network is back.
    guest.page.wait_for_function("location.protocol === 'chrome-error:'")
    guest.context.set_offline(False)
    guest.goes_to(room)
    guest.sees("You typed this before and it was not sent. It is here again.")
    assert guest.field("What would make going home feel safe?") == WORDS
    guest.presses("Say it")
    guest.presses("Go on")
    assert guest.page.get_by_text(WORDS).count() == 1
    assert guest.field("What would make going home feel safe?") == ""


def test_paper_is_dealt_typed_in_and_answered(hall):
    asha = hall.table.asha
    asha.goes_to(hall.gathering)
    asha.presses("Deal paper receipts")
    asha.writes("How many?", "12")
    asha.presses("Deal them")
    asha.sees("Fold each with its words inside.")
    asha.looks_at("dealt-in-the-hall")
    [sheet] = asha.prints("dealt-in-the-hall")
    assert sheet.count("only in the hall") == 12
    asha.goes_to(hall.gathering)
    asha.presses("Type in what came on paper")
    asha.writes("The number on their receipt", "7")
    asha.writes("What is written", WORDS)
    asha.looks_at("paper")
    asha.presses("Add it")
    asha.sees("Typed in later")
    asha.looks_at("paper-typed")
    asha.goes_to(hall.gathering)
    asha.looks_at("gathering-with-paper")
    asha.presses("Answers on paper")
    asha.sees("Number 7")
    asha.looks_at("slips")
    [slips] = asha.prints("slips")
    assert WORDS.split(",")[0] in slips and "Number 7" in slips
