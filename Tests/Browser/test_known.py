"""How people like to be known, words not to use about them, what helps them, and who comes to a table."""

import pytest

from visitor import DESKTOP


@pytest.mark.each_window
def test_a_word_is_told_of_before_it_is_saved(table, device):
    asha, ben = table.hands(table.founder, "Asha"), table.seats("Benjamin")
    ben.goes_to("/me")
    ben.looks_at("my-place")
    ben.presses("How I like to be known")
    ben.looks_at("known")
    ben.writes("Your name in Getting home", "Ben")
    ben.presses("Save the names")
    ben.writes("A word, or a few", "sufferer")
    ben.ticks("Everywhere")
    ben.presses("Add it")
    ben.sees("Take “sufferer” off")
    ben.looks_at("known-words")

    asha.goes_to(f"{table.project}/contributions/new")
    asha.writes("What do you want to say?", "Ben, a Sufferer, wants a later bus.")
    asha.presses("Say it")
    asha.sees("Ben has asked that nobody says “sufferer” about Ben.")
    asha.looks_at("reminder")
    assert asha.field("What you wrote") == "Ben, a Sufferer, wants a later bus."
    asha.writes("What you wrote", "Ben wants a later bus.")
    asha.presses("Save it with my changes")
    asha.goes_to(table.project)
    asha.sees("Ben wants a later bus.")
    asha.goes_to(f"{table.project}/contributions/new")
    asha.writes("What do you want to say?", "“I am no sufferer,” said Ben.")
    asha.presses("Say it")
    asha.presses("Keep it as it is")
    asha.goes_to(table.project)
    asha.sees("“I am no sufferer,” said Ben.")

    ben.goes_to("/me/known")
    ben.presses("Take “sufferer” off")
    ben.sees("Nothing yet.")


@pytest.mark.each_window
def test_needs_go_along_and_are_met_or_not(table, device):
    ben = table.seats("Ben")
    ben.goes_to("/me/helps")
    ben.looks_at("helps-empty")
    ben.presses("Large print")
    ben.writes("Something that helps", "A chair with arms")
    ben.presses("Put it on my card")
    ben.looks_at("helps")

    gathering, _ = table.calls("Tea and talk")
    ben.goes_to(gathering)
    ben.presses("I’m coming")
    ben.presses("Did you have what helps you?")
    ben.looks_at("needs-mine")
    ben.page.locator("li", has_text="Large print").get_by_role("button", name="It was met").click()
    ben.page.locator("li", has_text="A chair with arms").get_by_role("button", name="It was not met").click()
    ben.looks_at("needs-said")

    asha = table.asha
    asha.goes_to(f"{table.project}/news")
    asha.is_told("Somebody needed something at a gathering that was not there.")
    asha.goes_to(gathering)
    asha.looks_at("gathering-needs-way")
    asha.presses("What people need there")
    asha.sees("For Ben, who says that it was met")
    asha.sees("For Ben, who says that it was not met")
    asha.looks_at("needs-all")


@pytest.mark.each_window
def test_a_table_is_counted_when_it_gives_nobody_away(table, device):
    people = [table.asha] + [table.seats(name, on=DESKTOP) for name in ["Ben", "Cleo", "Dan", "Efe"]]
    here = f"{table.project}/table"
    people[0].goes_to(table.project)
    people[0].presses("Who comes to this table")
    people[0].looks_at("table-before")
    answers = ["I use the service"] * 3 + ["I work in it"] * 2
    for person, answer in zip(people, answers):
        person.goes_to(here)
        person.ticks(answer)
        person.presses("Save")
    table.calls("Tea and talk")
    people[0].goes_to(here)
    people[0].sees("3 of us use the service.")
    people[0].does_not_see("2 of us")
    people[0].looks_at("table-counted")
    people[4].goes_to(here)
    assert people[4].page.get_by_label("I work in it", exact=True).is_checked()
