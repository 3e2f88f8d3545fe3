"""A receipt in its holder's hands: it opens on any device, shows what became of their words, and nothing else."""

import pytest

from visitor import DESKTOP, PHONE

WORDS = "The car home comes too late."


def opens(visitor, words):
    visitor.goes_to("/words")
    visitor.writes("What are your six words?", " ".join(words))
    visitor.presses("Go on")


@pytest.mark.every_table
def test_six_words_open_what_became_of_what_one_said(table, someone, device):
    ben = table.seats("Ben")
    ben.goes_to(table.project)
    ben.signs("With my card, and no name")
    ben.writes("What do you want to say?", WORDS)
    ben.presses("Say it")
    old = ben.six_words
    assert ben.reads_code(".slip .qr-code") == f"{ben.address}/words/{'-'.join(old)}"

    # On another device the words open the card, and not Ben's place.
    elsewhere = someone("Ben", on=DESKTOP if device == PHONE else device)
    opens(elsewhere, old)
    elsewhere.looks_at("receipt-opening")
    elsewhere.presses("Show what became of it")
    elsewhere.sees(WORDS)
    elsewhere.sees("It was heard. It is not part of an ask yet.")
    elsewhere.looks_at("receipt-heard")
    elsewhere.does_not_see("My place")
    elsewhere.goes_to(table.project)
    assert elsewhere.path == "/", "a card opens nothing but itself"

    ask = table.draws("Say when the car will come")
    elsewhere.goes_to("/receipts")
    elsewhere.sees("Say when the car will come")
    elsewhere.looks_at("receipt-drawn")
    elsewhere.opens("It is not quite what I meant")
    elsewhere.writes("What did you mean?", "It should come earlier.")
    elsewhere.presses("Put this beside it")
    elsewhere.sees("It should come earlier.")
    elsewhere.looks_at("receipt-objected")
    table.asha.goes_to(ask)
    table.asha.sees("It should come earlier.")

    promise = table.promises(ask, "We will send a text an hour before.", "2199-12-03")
    elsewhere.goes_to("/receipts")
    elsewhere.sees("It is promised by Tuesday 3 December 2199.")
    elsewhere.sees("We will send a text an hour before.")
    elsewhere.looks_at("receipt-promised")
    table.reports(promise)
    elsewhere.goes_to("/receipts")
    elsewhere.sees("It is said to be done.")
    elsewhere.looks_at("receipt-reported")
    elsewhere.presses("Not yet")
    elsewhere.presses("Yes, it has")
    elsewhere.sees("It is done for you.")
    elsewhere.looks_at("receipt-done")

    elsewhere.presses("Make new words and stop the old ones")
    fresh = elsewhere.six_words
    assert fresh != old
    third = someone("Ben")
    opens(third, old)
    third.sees("These words don't open anything here.")
    opens(third, fresh)
    third.presses("Show what became of it")
    third.sees(WORDS)


@pytest.mark.each_window
def test_with_six_words_one_mends_and_takes_back_what_one_said(table, someone):
    ben = table.seats("Ben")
    ben.goes_to(table.project)
    ben.signs("With my card, and no name")
    ben.writes("What do you want to say?", WORDS)
    ben.presses("Say it")
    elsewhere = someone("Ben")
    opens(elsewhere, ben.six_words)
    elsewhere.presses("Show what became of it")
    elsewhere.presses("Change it, or take it back")
    elsewhere.looks_at("receipt-contribution")
    elsewhere.writes("Your words", "The car home comes at ten.")
    elsewhere.presses("Save it")
    elsewhere.sees("The car home comes at ten.")
    table.asha.goes_to(table.project)
    table.asha.sees("The car home comes at ten.")
    table.asha.does_not_see(WORDS)

    elsewhere.presses("Take it back")
    elsewhere.goes_to("/receipts")
    elsewhere.sees("The person who said it took it back")
    elsewhere.looks_at("receipt-taken-back")
    table.asha.goes_to(table.project)
    table.asha.does_not_see("The car home comes at ten.")


@pytest.mark.each_window
def test_a_card_shows_the_offer_then_and_now(table, someone):
    table.lays_offer()
    ben = table.seats("Ben")
    ben.goes_to(table.project)
    ben.writes("What do you want to say?", WORDS)
    ben.presses("Say it")
    ben.goes_to("/receipts")
    ben.presses("What was offered, then and now")
    ben.sees("When you got this card")
    ben.looks_at("receipt-offer")


def test_whoever_holds_a_receipt_takes_a_seat(table, someone):
    gathering, code = table.calls("Tea and talk")
    ines = someone("Ines")
    ines.goes_to(f"/codes/{code}")
    ines.presses("Come in")
    ines.writes("What do you want to say?", WORDS)
    ines.presses("Say it")
    words = ines.six_words

    at_home = someone("Ines", on=DESKTOP)
    opens(at_home, words)
    at_home.presses("Show what became of it")
    at_home.presses("Take a seat")
    at_home.sees("Type a name that people can call you by.")
    at_home.looks_at("receipt-seat-refused")
    at_home.writes("What shall we call you?", "Ines")
    at_home.presses("Take a seat")
    at_home.presses("Go on")
    assert at_home.path == table.project
    at_home.sees(WORDS)
    # Any member sees them; only whoever said them may take them back, and has said something to choose for.
    at_home.sees("Change it, or take it back")
    at_home.goes_to("/leaving/pieces")
    at_home.sees(WORDS)


def test_a_member_gets_new_words_for_their_card(table):
    ben = table.seats("Ben")
    ben.goes_to(table.project)
    ben.writes("What do you want to say?", WORDS)
    ben.presses("Say it")
    lost = ben.six_words
    ben.goes_to(f"{table.project}/seat")
    ben.looks_at("seat-card")
    ben.presses("Get new words for my card")
    assert len(ben.six_words) == 6 and ben.six_words != lost
    ben.presses("Go on")
    assert ben.path == table.project
