"""A gathering as those in the room meet it: a code on the wall, two screens, words, the wall, and a scribe."""

import pytest

from visitor import DESKTOP

QUESTION = "What would make going home easier?"


def joins(visitor, code, name=""):
    """In two screens: the code, and the door."""
    visitor.goes_to("/codes")
    visitor.writes("What is the code?", code.lower())
    visitor.presses("Go on")
    if name:
        visitor.writes("What should we call you?", name)
    visitor.presses("Come in")


@pytest.mark.every_table
def test_a_code_on_the_wall_lets_people_in_and_the_wall_shows_what_they_chose(table, someone):
    gathering, code = table.calls("Tea and talk", QUESTION)
    asha = table.asha
    asha.goes_to(f"{gathering}/wall")
    asha.sees(QUESTION)
    asha.looks_at("wall-empty")
    assert asha.reads_code(".qr") == f"{asha.address}/codes/{code}"

    ines = someone("Ines")
    ines.goes_to("/codes")
    ines.looks_at("code")
    ines.writes("What is the code?", "WW")
    ines.presses("Go on")
    ines.looks_at("code-refused")
    ines.writes("What is the code?", code.lower())
    ines.presses("Go on")
    ines.sees("Nobody watches overnight")
    ines.sees("Priya Nair, 01632 960 001")
    ines.sees("Nobody is paid for this.")
    ines.looks_at("gathering-door")
    ines.presses("Read all that is offered")
    ines.sees("What Getting home offers")
    ines.looks_at("gathering-door-offer")
    ines.presses("Back to the door")
    ines.writes("What should we call you?", "Ines")
    ines.presses("Come in")
    assert ines.path == f"{gathering}/room"
    ines.looks_at("room-empty")

    ines.signs("With my name: Ines")
    ines.writes(QUESTION, "Tell us when the car is late.")
    ines.does_not_see("With my name on the wall")
    ines.chooses("Show it on the wall")
    ines.sees("With my name on the wall")
    ines.looks_at("room-for-the-wall")
    ines.presses("Say it")
    ines.presses("Go on")
    ines.sees("Tell us when the car is late.")
    ines.looks_at("room")

    unnamed = someone("somebody")
    joins(unnamed, code)
    unnamed.writes(QUESTION, "My mother waits alone.")
    unnamed.presses("Say it")
    unnamed.presses("Go on")
    unnamed.sees("My mother waits alone.")

    # Their name stands in the room; on the wall it doesn't, until they say so of the wall too.
    asha.goes_to(f"{gathering}/wall")
    asha.sees("Tell us when the car is late.")
    asha.does_not_see("Ines")
    ines.presses("Change it, or take it back")
    ines.looks_at("own-on-the-wall")
    ines.ticks("With my name on the wall")
    ines.presses("Save")
    ines.goes_to(f"{gathering}/room")
    asha.goes_to(f"{gathering}/wall")
    asha.sees("Ines")
    asha.does_not_see("My mother waits alone.")
    asha.looks_at("wall")
    asha.presses("Cover the wall")
    asha.does_not_see("Tell us when the car is late.")
    asha.looks_at("wall-covered")
    asha.presses("Uncover the wall")
    asha.sees("Tell us when the car is late.")

    # A guest came to a gathering, and has no seat.
    ines.goes_to(table.project, expecting=404)


def test_a_code_read_by_a_camera_is_the_first_of_the_two_screens(table, someone):
    gathering, code = table.calls("Tea and talk")
    ines = someone("Ines")
    ines.goes_to(f"/codes/{code}")
    ines.presses("Come in")
    assert ines.path == f"{gathering}/room"


@pytest.mark.every_table
def test_a_scribe_writes_for_those_who_speak(table, someone):
    gathering, code = table.calls("Tea and talk")
    ines = someone("Ines")
    joins(ines, code, "Ines")

    asha = table.asha
    asha.goes_to(f"{gathering}/receipts")
    asha.looks_at("receipts-deal")
    asha.writes("How many?", "13")
    asha.presses("Deal them")
    asha.sees("Number 13")
    asha.looks_at("receipts-dealt")
    asha.prints(f"receipts-dealt-{asha.device.name}")
    slip = asha.page.locator(".deal-slip").nth(2)
    words = slip.locator(".deal-words").inner_text().split()
    assert len(words) == 6

    asha.goes_to(f"{gathering}/scribe")
    asha.chooses("Ines")
    asha.writes("Their words, as they say them", "The lift was broken again.")
    asha.presses("Write it down")
    asha.sees("Not read back yet.")
    asha.writes("Or the number on their card", "99")
    asha.writes("Their words, as they say them", "I gave up waiting.")
    asha.presses("Write it down")
    asha.sees("No card with that number was given out here.")
    assert asha.field("Their words, as they say them") == "I gave up waiting."
    asha.looks_at("scribe-refused")
    asha.writes("Or the number on their card", "3")
    asha.presses("Write it down")
    asha.sees("Card 3")
    asha.looks_at("scribe")

    ines.goes_to(f"{gathering}/room")
    ines.sees("Your words were written down")
    ines.looks_at("scribed-room")
    ines.presses("Get my card")
    assert len(ines.six_words) == 6
    ines.presses("Go on")
    ines.does_not_see("Your words were written down")
    ines.presses("Change it, or take it back")
    ines.looks_at("scribed-own")
    ines.presses("Yes, that is what I said")
    ines.sees("Read back and found right.")

    # Whoever was dealt number 3 opens it at home.
    holder = someone("Iona", on=DESKTOP)
    holder.goes_to("/words")
    holder.writes("What are your six words?", " ".join(words))
    holder.presses("Go on")
    holder.presses("Show what became of it")
    holder.sees("I gave up waiting.")
    holder.does_not_see("The lift was broken again.")
