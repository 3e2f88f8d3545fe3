"""Saying something on a project's page: the first words, the card, what others see, and taking it back."""

import re

import pytest

SAYS = "What do you want to say?"
FIRST = "The car home comes too late, and nobody says when."


@pytest.mark.every_table
def test_a_blank_page_is_written_on_changed_and_left_with_an_empty_place(table):
    asha = table.asha
    asha.goes_to(table.project)
    asha.sees("You could be the first.")
    asha.looks_at("page-blank")

    asha.presses("Say it")
    asha.sees("Nothing was written.")
    asha.looks_at("page-refused")
    long = "Too long. " * 500
    asha.writes(SAYS, long)
    asha.presses("Say it")
    asha.sees("That is too long for one thing.")
    assert asha.field(SAYS).strip() == long.strip(), "what was typed is gone"

    asha.goes_to(table.project)
    asha.signs("With my name: Asha")
    asha.writes(SAYS, FIRST)
    asha.presses("Say it")
    asha.sees("Your words are safe")
    assert len(asha.six_words) == 6
    asha.looks_at("card-first")

    asha.presses("Go on")
    asha.sees(FIRST)
    asha.sees(re.compile("Asha wrote first, on "))
    asha.looks_at("page")

    asha.presses("Change it, or take it back")
    asha.looks_at("contribution-own")
    asha.writes("Your words", "The car home comes too late.")
    asha.presses("Save it")
    asha.sees("The car home comes too late.")
    asha.sees(re.compile("Changed on "))
    asha.sees_heading("Asha")
    asha.page.get_by_label("Show my name beside it").uncheck()
    asha.presses("Save")
    asha.sees_heading("Somebody")
    asha.sees_no_heading("Asha")

    asha.presses("Take it back")
    asha.goes_to(table.project)
    asha.does_not_see("The car home comes too late.")
    asha.sees("The person who said it took it back")
    asha.looks_at("page-taken-back")


@pytest.mark.every_table
def test_what_is_kept_to_oneself_is_seen_by_others_once_it_is_shared(table):
    asha, ben = table.asha, table.seats("Ben")
    asha.goes_to(table.project)
    asha.signs("With my card, and no name")
    asha.writes(SAYS, FIRST)
    asha.presses("Keep it to myself for now")
    asha.presses("Go on")
    asha.sees("Only you can see this.")
    asha.looks_at("page-private")
    ben.goes_to(table.project)
    ben.does_not_see(FIRST)

    asha.presses("Change it, or take it back")
    asha.presses("Share it now")
    ben.goes_to(table.project)
    ben.sees(FIRST)
    ben.sees_heading("Somebody")
    ben.sees_no_heading("Asha")
    ben.looks_at("page-of-others")


@pytest.mark.every_table
def test_what_is_given_with_nothing_belongs_to_nobody(table):
    asha = table.asha
    asha.goes_to(table.project)
    asha.signs("With nothing")
    asha.writes(SAYS, FIRST)
    asha.presses("Keep it to myself for now")
    asha.sees("because you could not find it again")
    assert asha.field(SAYS) == FIRST
    asha.presses("Say it")
    asha.sees(FIRST)
    asha.does_not_see("Change it, or take it back")
    asha.presses("Say thank you, or more")
    asha.looks_at("contribution-of-nobody")
    asha.does_not_see("Your words")


@pytest.mark.every_table
def test_somebody_is_thanked_and_something_is_set_aside(table):
    asha, ben = table.asha, table.seats("Ben")
    ben.goes_to(table.project)
    ben.writes(SAYS, FIRST)
    ben.presses("Say it")
    asha.goes_to(table.project)
    asha.presses("Say thank you, or more")
    asha.looks_at("contribution-of-another")
    asha.writes("A word to them, if you like", "I had no idea.")
    asha.writes("By when will they hear what becomes of it?", "2199-12-03")
    asha.presses("Say thank you")
    asha.sees("you will hear by Tuesday 3 December 2199.")

    asha.opens("Set it aside")
    asha.ticks("It gives somebody away")
    asha.writes("Say more about why", "Everyone can tell whose car it was.")
    asha.presses("Set it aside")
    ben.goes_to(table.project)
    ben.presses("Change it, or take it back")
    ben.sees("Everyone can tell whose car it was.")
    ben.sees("I had no idea.")
    ben.looks_at("contribution-set-aside")
    ben.writes("What do you say to that?", "It was my own car.")
    ben.presses("Send my answer")

    third = table.seats("Chen")
    third.goes_to(table.project)
    third.does_not_see(FIRST)
    third.sees("Something here has been set aside for now.")
    third.looks_at("page-set-aside")
    third.presses("See why")
    third.sees("Everyone can tell whose car it was.")
    third.sees("It was my own car.")
    third.does_not_see(FIRST)
    third.opens("Read it before you decide")
    third.sees(FIRST)
    third.looks_at("set-aside-second")
    third.presses("I agree")
    third.sees("A second person agreed.")
