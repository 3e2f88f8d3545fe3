"""What worked and what didn't, and that something feels steered: said, shown and answered."""

import contextlib
import sqlite3

import pytest

from phone import Phone
from visitor import DESKTOP, NARROW, PHONE

# In the narrowest window, on a phone and at a desk; with script and without.
WINDOWS = [NARROW, PHONE.without_script(), DESKTOP, NARROW.without_script(), PHONE, DESKTOP.without_script()]


@pytest.mark.every_table
def test_what_worked_is_asked_at_the_end_and_carried_on(table, house, device):
    gathering, code = table.calls("Tuesday at Elms Hall")
    ben = table.seats("Ben")
    asha = table.asha
    ben.goes_to(gathering)
    ben.presses("Say what worked and what didn’t")
    ben.looks_at("looking-back")
    ben.presses("Say it")
    ben.sees("Write something in one of the two.")
    ben.looks_at("looking-back-refused")
    ben.writes("What worked?", "The tea, and that we began on time.")
    ben.writes("What didn’t work?", "Nobody could hear at the back.")
    ben.chooses("With my name")
    ben.presses("Say it")
    assert ben.path == gathering
    ben.does_not_see("The tea, and that we began on time.")
    for number in range(4):
        answers_with_nothing(house, code, f"Guest {number}", gathering, f"The chairs were hard, said {number}.")
    asha.goes_to(gathering)
    asha.opens("Close this gathering")
    asha.presses("Close it now")
    asha.sees("Nobody could hear at the back.")
    asha.sees("The chairs were hard, said 3.")
    asha.sees("Somebody, with nothing")
    asha.looks_at("looked-back")


def answers_with_nothing(house, code, name, gathering, words):
    """Somebody who joined by the code says what didn't work, with nothing."""
    phone = Phone(house.port)
    door = phone.get(f"/codes/{code}")
    phone.post(f"/codes/{code}", name=name, once=door.value("once"))
    page = phone.get(f"{gathering}/looking-back")
    answer = phone.post(
        f"{gathering}/looking-back", **{"once-nothing": page.value("once-nothing"), "did-not": words},
        worked="", bearing="nothing",
    )
    assert answer.status == 303, answer.text
    phone.hang_up()


@pytest.mark.each_window
def test_something_feels_steered_and_is_answered_by_name(table, device):
    asha, ben = table.asha, table.seats("Ben")
    ben.goes_to(f"{table.project}/contributions/new")
    ben.writes("What do you want to say?", "I wait in the rain.")
    ben.presses("Say it")
    ask = table.draws("A bell by the door")
    ben.goes_to(ask)
    ben.opens("This feels steered")
    ben.writes("What feels steered?", "The bell was bought last week.")
    ben.looks_at("steered-asked")
    ben.presses("Say that this feels steered")
    ben.sees("Nobody has answered this yet.")
    ben.looks_at("steered-ask")
    asha.goes_to(f"{table.project}/news")
    asha.is_told("Somebody says that something here feels steered.")
    asha.presses("Somebody says that something here feels steered.")
    asha.sees("The bell was bought last week.")
    asha.opens("Answer it")
    asha.writes("Your answer, with your name", "It was, and I should have said so.")
    asha.looks_at("steered")
    asha.presses("Answer by name")
    asha.sees("Asha answered on")
    ben.goes_to(ask)
    ben.sees("It was, and I should have said so.")


@pytest.mark.parametrize("device", WINDOWS, ids=lambda device: device.name, indirect=True)
def test_half_a_year_on_it_is_asked_whether_it_is_still_so(table, house, device):
    ben = table.seats("Ben")
    ben.goes_to(f"{table.project}/contributions/new")
    ben.writes("What do you want to say?", "The step beat me.")
    ben.presses("Say it")
    ask = table.draws("A ramp at the front door")
    promise = table.promises(ask, "We will build one.", "2199-05-01")
    table.reports(promise)
    ben.goes_to(promise)
    ben.presses("Yes, it has")
    ben.does_not_see("Is it still so?")
    grows_older(house, days=183)
    ben.goes_to(f"{table.project}/news")
    ben.is_told("Half a year ago something reached you. Is it still so?")
    ben.presses("Half a year ago something reached you. Is it still so?")
    ben.looks_at("still-so")
    ben.writes("Anything to add?", "It is full of bicycles.")
    ben.presses("No, not any more")
    ben.sees("It has slipped back.")
    ben.sees("It is full of bicycles.")
    ben.looks_at("slipped-back")
    table.asha.goes_to(f"{table.project}/news")
    table.asha.is_told("Something that was done has slipped back.")


def grows_older(house, days):
    """What was done in this house, all of it, was done so many days earlier."""
    wait = days * 86_400_000
    with contextlib.closing(sqlite3.connect(house.folder / "data" / "roundtable.sqlite")) as file, file:
        for table, column in [
            ("promise", "made"), ("promise", "reported"), ("witness", "said"), ("ask_source", "added"),
            ("step", "taken"), ("letter", "not_before"),
        ]:
            file.execute(f"update {table} set {column} = {column} - ?", (wait,))
        file.execute(
            "update letter set details = cast(cast(details as integer) - ? as text) where kind = 'stillSo'", (wait,)
        )
