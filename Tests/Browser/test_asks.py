"""From two people's words to an answer: an ask, an objection, a promise, a step back, and who it reached."""

import pytest
from icalendar import Calendar

ASK = "Say when the car home will come."
PROMISE = "We will send a text an hour before the car comes."
LATE = "We will mend the lift."


def says(visitor, project, words):
    visitor.goes_to(f"{project}/contributions/new")
    visitor.writes("What do you want to say?", words)
    visitor.presses("Say it")


@pytest.mark.every_table
def test_two_peoples_words_become_an_ask_that_is_promised_and_reaches_one_of_them(table):
    project, asha, ben, chen = table.project, table.asha, table.seats("Ben"), table.seats("Chen")
    asha.goes_to(f"{project}/asks")
    asha.sees("Nothing is asked yet")
    asha.looks_at("asks-none")
    asha.goes_to(f"{project}/we-said-we-did")
    asha.looks_at("ledger-none")
    says(ben, project, "The car home comes too late.")
    says(chen, project, "Nobody says when the car will come, so I can’t eat.")

    asha.goes_to(f"{project}/asks")
    asha.presses("Draw words together")
    asha.presses("Make it an ask")
    asha.looks_at("draw-refused")
    asha.writes("What do we ask for?", ASK)
    asha.chooses("The car home comes too late.")
    asha.chooses("Nobody says when")
    asha.looks_at("draw")
    asha.presses("Make it an ask")
    asha.sees("from 2 contributions")
    asha.looks_at("ask-drawn")
    ask = asha.path

    ben.goes_to(ask)
    ben.opens("It is not quite what I meant")
    ben.looks_at("ask-meaning")
    ben.writes("What did you mean?", "It should come earlier, too.")
    ben.presses("Put this beside it")
    chen.goes_to(ask)
    chen.sees("It should come earlier, too.")
    chen.presses("Yes, it says what I meant")

    dee = table.seats("Dee")
    dee.goes_to(ask)
    dee.presses("I ask this too")
    dee.sees("Dee asks this too.")
    asha.goes_to(ask)
    asha.opens("Put it to somebody")
    asha.ticks("Dee")
    asha.presses("Put it to them")
    dee.goes_to(ask)
    dee.looks_at("ask-put")
    dee.presses("Yes, I will answer it")
    dee.presses("Answer it")
    dee.presses("Give this answer")
    dee.looks_at("answer-refused")
    dee.chooses("We promise")
    dee.writes("In your own words", PROMISE)
    dee.writes("By when?", "2199-12-03")
    dee.presses("Give this answer")
    dee.sees("Promised on")
    dee.looks_at("ask-promised")
    dee.goes_to(f"{project}/promises")
    dee.looks_at("promises-mine")

    dee.presses(ASK)
    promise = dee.path
    dee.looks_at("promise-new")
    dee.opens("Tell of a step")
    dee.ticks("A step back")
    dee.writes("What happened?", "The driver cannot send texts.")
    dee.writes("What is in the way?", "There is no telephone in the car.")
    dee.presses("Tell of it")
    dee.sees("There is no telephone in the car.")
    dee.looks_at("promise-step-back")
    dee.opens("Tell of a step")
    dee.ticks("A step forward")
    dee.writes("What happened?", "The driver has a telephone now.")
    dee.presses("Tell of it")
    dee.sees("The driver has a telephone now.")
    dee.looks_at("promise-step-forward")
    dee.presses("It is done")
    dee.looks_at("promise-reported")

    ben.goes_to(promise)
    ben.looks_at("promise-witness")
    ben.writes("Anything you want to say about it", "A text came on Monday.")
    ben.presses("Yes, it has")
    chen.goes_to(promise)
    chen.presses("Not yet")
    for visitor in (asha, ben, chen):
        visitor.goes_to(promise)
        visitor.sees("Done for Ben.")
        visitor.sees("Not yet for Chen.")
    asha.looks_at("promise-both")
    chen.goes_to(f"{project}/news")
    chen.looks_at("news-asks")

    asha.goes_to(f"{project}/we-said-we-did")
    asha.sees("Done for Ben.")
    asha.looks_at("ledger")


@pytest.mark.each_window
def test_an_ask_is_handed_on_thought_about_and_refused_with_a_reason(table):
    asha, ben = table.asha, table.seats("Ben")
    says(ben, table.project, "Pay our fares.")
    ask = table.draws("Pay our fares.")
    dee = table.seats("Dee")
    asha.goes_to(ask)
    asha.opens("Put it to somebody")
    asha.ticks("Dee")
    asha.presses("Put it to them")
    asha.sees("It was put to Dee")

    dee.goes_to(f"{table.project}/news")
    dee.is_told("Something was asked of you by name.")
    dee.presses("Something was asked of you by name.")
    dee.opens("Hand it on to somebody else")
    dee.ticks("Asha")
    dee.looks_at("ask-hand-on")
    dee.presses("Hand it on")
    dee.sees("Dee handed it on")

    asha.goes_to(ask)
    asha.presses("Yes, I will answer it")
    asha.presses("Answer it")
    asha.chooses("We’re still thinking")
    asha.writes("In your own words", "We ask the board.")
    asha.writes("By when?", "2199-12-03")
    asha.presses("Give this answer")
    ben.goes_to(ask)
    ben.sees("Asha is still thinking, and will say by Tuesday 3 December 2199.")
    ben.looks_at("ask-thinking")

    asha.presses("Answer again")
    asha.looks_at("answer-again")
    asha.chooses("We can’t")
    asha.presses("Give this answer")
    asha.sees("Say why it can’t be done.")
    asha.writes("In your own words", "The trust may not pay fares before April.")
    asha.presses("Give this answer")
    asha.opens("1 answer before this one")
    asha.sees("We ask the board.")
    asha.looks_at("ask-refused")
    ben.goes_to("/receipts")
    ben.sees("They said that they can’t: The trust may not pay fares before April.")
    ben.looks_at("receipt-refused")


@pytest.mark.each_window
def test_an_ask_that_is_two_things_is_divided(table):
    asha, ben = table.asha, table.seats("Ben")
    says(ben, table.project, "The lift is broken every week.")
    says(ben, table.project, "Pay our fares.")
    asha.goes_to(table.draws("Mend the lift and pay our fares."))
    asha.presses("This is two things: divide it")
    asha.looks_at("division")
    asha.writes("What does the first one ask for?", "Mend the lift.")
    asha.presses("Divide it")
    asha.looks_at("division-refused")
    assert asha.field("What does the first one ask for?") == "Mend the lift."
    asha.writes("What does the second one ask for?", "Pay our fares.")
    asha.page.get_by_role("group", name="Pay our fares.").get_by_label("To the second").check()
    asha.page.get_by_role("group", name="The lift is broken every week.").get_by_label("To the first").check()
    asha.presses("Divide it")
    asha.sees("This ask has ended. Its words went on in others.")
    asha.looks_at("ask-divided")
    asha.presses("Mend the lift.")
    asha.sees("The lift is broken every week.")
    asha.does_not_see("Pay our fares.")
    asha.looks_at("ask-part")
    ben.goes_to("/receipts")
    ben.sees("This ask ended, and your words went on in another.")


@pytest.mark.each_window
def test_whoever_promised_finds_the_day_in_their_calendar(table):
    says(table.asha, table.project, "The lift is broken every week.")
    promise = table.promises(table.draws("Mend the lift."), LATE, "2199-12-03")
    table.asha.goes_to(promise)
    with table.asha.page.expect_download() as waiting:
        table.asha.presses("Put the day in my calendar")
    with open(waiting.value.path(), "rb") as file:
        [event] = Calendar.from_ical(file.read()).walk("VEVENT")
    assert event["SUMMARY"] == "Promised: Mend the lift."
    assert event["DTSTART"].dt.isoformat() == "2199-12-03"


@pytest.mark.every_table
def test_we_said_we_did_shows_the_hard_things_first_and_prints_on_a4(table):
    project, asha, ben = table.project, table.asha, table.seats("Ben")
    says(ben, project, "The lift is broken every week.")
    promise = table.promises(table.draws("Mend the lift."), LATE, "2199-12-03")
    says(ben, project, "Pay our fares.")
    refused = table.draws("Pay our fares.")

    asha.goes_to(refused)
    asha.opens("Put it to somebody")
    asha.ticks("Me: I will answer it")
    asha.presses("Put it to them")
    asha.presses("Answer it")
    asha.chooses("We can’t")
    asha.writes("In your own words", "The trust may not pay fares before April.")
    asha.presses("Give this answer")
    asha.goes_to(promise)
    asha.opens("Tell of a step")
    asha.ticks("A step back")
    asha.writes("What happened?", "The part did not come.")
    asha.presses("Tell of it")

    ben.goes_to(promise)
    ben.looks_at("promise-of-another")
    ben.goes_to(f"{project}/we-said-we-did")
    ben.presses("Log a small change")
    ben.looks_at("change-log")
    ben.writes("What is different now?", "The chairs stand in a ring.")
    ben.writes("Who asked for it?", "Everyone in the waiting room")
    ben.presses("Log it")
    says(ben, project, "Nobody has answered me about the tea.")

    ben.goes_to(f"{project}/we-said-we-did")
    ben.sees("It has slipped back.")
    ben.sees("The trust may not pay fares before April.")
    ben.sees("The chairs stand in a ring.")
    ben.sees("Still waiting to hear")
    ben.sees("Nobody has answered me about the tea.")
    ben.does_not_see("100")
    ben.looks_at("ledger-full")
    lines = ben.headings()
    assert lines.index("Mend the lift.") < lines.index("Pay our fares."), "what slipped stands above what cannot be"
    sheets = ben.prints(f"ledger-{ben.device.name}")
    assert "Mend the lift." in sheets[0]
