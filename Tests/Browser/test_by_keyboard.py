"""Whole walks by somebody who has only a keyboard, with and without script."""

import pytest

from keyboard import Keyboard
from visitor import DESKTOP

DESKTOPS = pytest.mark.parametrize(
    "device", [DESKTOP, DESKTOP.without_script()], ids=lambda device: device.name, indirect=True
)


@DESKTOPS
def test_from_the_first_page_to_something_said(someone):
    amina = someone("Amina")
    hands = Keyboard(amina)
    amina.goes_to("/")
    hands.comes_to("Go to the page")
    hands.opens()
    hands.comes_to("I want to start a group")
    hands.follows()
    hands.comes_to("What shall we call you?")
    hands.types("Amina")
    hands.comes_to("Come in")
    hands.follows()
    hands.comes_to("Go on")
    hands.follows()

    # What needs mending is said first, and leads to its field.
    hands.comes_to("Start it")
    hands.follows()
    hands.comes_to("Give the group a name.")
    hands.opens()
    hands.types("Getting home")
    hands.comes_to("Start it")
    hands.follows()

    amina.sees("You could be the first.")
    hands.comes_to("Do you want your name on what you say?")
    hands.opens()
    hands.comes_to("With my name: Amina")
    hands.chooses("With my card")
    hands.comes_to("What do you want to say?")
    hands.types("The car home comes too late.")
    hands.comes_to("Say it")
    hands.follows()
    amina.sees("Your words are safe")
    hands.comes_to("Go on")
    hands.follows()
    amina.sees("The car home comes too late.")
    amina.sees_heading("Somebody")


@DESKTOPS
def test_from_the_news_to_an_answer(table):
    ben = table.seats("Ben")
    ben.goes_to(table.project)
    ben.writes("What do you want to say?", "The lift is broken every week.")
    ben.presses("Say it")
    ask = table.draws("Mend the lift.")
    dee = table.seats("Dee")
    table.puts(ask, "Dee")

    hands = Keyboard(dee)
    dee.goes_to(table.project)
    dee.is_told("1 piece of news")
    hands.comes_to("1 piece of news")
    hands.follows()
    hands.comes_to("Something was asked of you by name.")
    hands.follows()
    hands.comes_to("Yes, I will answer it")
    hands.follows()
    hands.comes_to("Answer it")
    hands.follows()
    hands.comes_to("We promise")
    hands.chooses("We promise")
    hands.comes_to("In your own words")
    hands.types("We will mend it.")
    hands.comes_to("By when?")
    # The same, whether the day comes first or the month.
    hands.types("03032199")
    hands.comes_to("Give this answer")
    hands.follows()
    dee.sees("We will mend it.")
    dee.sees("Dee promised it by Sunday 3 March 2199.")


@pytest.mark.each_window
def test_from_a_code_on_the_wall_to_a_word_taken_back(table, someone):
    question = "What would make going home easier?"
    gathering, code = table.calls("Tea and talk", question)
    ines = someone("Ines")
    hands = Keyboard(ines)
    ines.goes_to("/")
    hands.comes_to("I have a code")
    hands.follows()
    hands.comes_to("What is the code?")
    hands.types(code.lower())
    hands.comes_to("Go on")
    hands.follows()
    hands.comes_to("What should we call you?")
    hands.types("Ines")
    hands.comes_to("Come in")
    hands.follows()
    hands.comes_to(question)
    hands.types("Tell us when the car is late.")
    hands.comes_to("Show it on the wall")
    hands.ticks()
    hands.comes_to("Say it")
    hands.follows()
    ines.sees("Your words are safe")
    hands.comes_to("Go on")
    hands.follows()
    ines.sees("Tell us when the car is late.")
    table.asha.goes_to(f"{gathering}/wall")
    table.asha.sees("Tell us when the car is late.")

    hands.comes_to("Change it, or take it back")
    hands.follows()
    hands.comes_to("Take it back")
    hands.follows()
    ines.goes_to(f"{gathering}/room")
    ines.does_not_see("Tell us when the car is late.")
    table.asha.goes_to(f"{gathering}/wall")
    table.asha.does_not_see("Tell us when the car is late.")


@pytest.mark.each_window
def test_from_six_words_on_paper_to_a_witness_and_out_of_the_door(table, someone, device):
    ben = table.seats("Ben")
    ben.goes_to(table.project)
    ben.signs("With my card, and no name")
    ben.writes("What do you want to say?", "The lift is broken every week.")
    ben.presses("Say it")
    words = " ".join(ben.six_words)
    table.reports(table.promises(table.draws("Mend the lift."), "We will mend it.", "2199-12-03"))

    holder = someone("Ben", on=device)
    hands = Keyboard(holder)
    holder.goes_to("/")
    hands.comes_to("I have a card with words")
    hands.follows()
    hands.comes_to("What are your six words?")
    hands.types(words)
    hands.comes_to("Go on")
    hands.follows()
    hands.comes_to("Show what became of it")
    hands.follows()
    holder.sees("It is said to be done.")
    hands.comes_to("Not yet")
    hands.follows()
    hands.comes_to("Yes, it has")
    hands.follows()
    holder.sees("It is done for you.")

    hands = Keyboard(ben)
    ben.goes_to(table.project)
    hands.comes_to("Leave")
    hands.follows()
    hands.comes_to("Keep it as it is")
    hands.chooses("Take it all back")
    hands.comes_to("Leave")
    hands.follows()
    ben.sees("This is yours to take")
    ben.goes_to(table.project)
    assert ben.path == "/"
