"""Looking after the gatherings: asked and shared, and taken up again when nobody does."""

import pytest


@pytest.mark.each_window
def test_looking_after_the_gatherings_is_shared_and_handed_on(table):
    asha, ben = table.asha, table.seats("Ben")
    asha.goes_to(table.project)
    asha.presses("Who looks after our gatherings")
    asha.sees("Now: Asha.")
    asha.looks_at("convening")
    asha.chooses("Ben")
    asha.presses("Ask them")
    asha.sees("Asked, and not answered yet: Ben.")

    ben.goes_to(f"{table.project}/news")
    ben.is_told("You are asked to look after our gatherings too.")
    ben.presses("You are asked to look after our gatherings too.")
    ben.looks_at("convening-asked")
    ben.presses("Yes, I will")
    ben.sees("Now: Asha and Ben.")
    ben.looks_at("convening-shared")

    for somebody in (asha, ben):
        somebody.goes_to(f"{table.project}/convening")
        somebody.opens("Stop doing it")
        somebody.presses("I will stop now")
    ben.sees("Nobody does at the moment.")
    asha.goes_to(table.project)
    asha.presses("Nobody looks after our gatherings. Could you?")
    asha.looks_at("convening-free")
    asha.presses("Yes, I will")
    asha.sees("Now: Asha.")
    ben.goes_to(f"{table.project}/news")
    ben.is_told("Somebody new looks after our gatherings.")
    ben.looks_at("convening-news")
