"""A project from a blank page, its offer laid on the table, and an invitation taken."""

import pytest

from visitor import PHONE

# Lines of think first; every one is answered before anybody is asked to join.
TOPICS = ["benefits", "access", "travel", "carers", "food", "quiet", "feedback", "unchanged"]


def comes_in(someone, name, on=None):
    visitor = someone(name, on=on) if on else someone(name)
    visitor.goes_to("/people/new")
    visitor.writes("What shall we call you?", name)
    visitor.presses("Come in")
    return visitor


def starts(visitor, name):
    """Starts a project, and returns where its page is."""
    visitor.goes_to("/projects/new")
    visitor.writes("What shall we call the project?", name)
    visitor.presses("Start it")
    return visitor.path


def lays_card(visitor, project, kind, words, day=""):
    visitor.goes_to(f"{project}/offer/new")
    visitor.ticks(kind)
    visitor.writes("What should it say?", words)
    if day:
        visitor.writes("Which day?", day)
    visitor.presses("Lay it")
    assert visitor.path == f"{project}/offer"


def thinks_first(visitor, project, words=""):
    """Answers each line, the money with its amount."""
    for topic in TOPICS:
        visitor.goes_to(f"{project}/topics/{topic}")
        visitor.ticks("We don’t know yet")
        visitor.writes("Anything to add?", words)
        visitor.presses("Save")
    visitor.goes_to(f"{project}/offer")
    visitor.page.locator("#think-money").get_by_role("button", name="Sorted").click()
    visitor.writes("How much", "£25 for a meeting of two hours")
    visitor.writes("When it is paid", "In your hand on the day")
    visitor.presses("Save")


@pytest.mark.every_device
@pytest.mark.both_engines
def test_an_offer_is_laid_and_somebody_takes_a_seat(someone, device):
    asha = comes_in(someone, "Asha")
    asha.goes_to("/projects/new")
    asha.presses("Start it")
    asha.sees("Give the group a name.")
    asha.looks_at("project-refused")
    project = starts(asha, "Getting home")

    asha.goes_to(f"{project}/concerns")
    asha.writes("Which organisation says so?", "Elms Trust")
    asha.writes("What is wrong, in its own words?", "We miss our own target.")
    asha.presses("Say it")
    asha.looks_at("concerns")
    asha.goes_to("/me")
    asha.looks_at("my-projects")

    asha.goes_to(f"{project}/offer")
    asha.looks_at("offer-empty")
    asha.goes_to(f"{project}/offer/new")
    asha.presses("Lay it")
    asha.sees("Choose what kind of card it is.")
    asha.looks_at("card-refused")
    lays_card(asha, project, "We can", "We can change who books the cars.")
    lays_card(asha, project, "We don’t know yet", "If the crew can stay until nine.", "2199-12-03")
    asha.goes_to(f"{project}/invitations")
    asha.sees("Asking people to join has to wait")
    asha.looks_at("invitations-wait")

    thinks_first(asha, project)
    asha.looks_at("offer-ready")
    asha.presses("Lay it on the table")
    asha.sees("This offer has been on the table since")
    asha.looks_at("offer-laid")

    asha.goes_to(f"{project}/invitations")
    asha.presses("Make the invitation")
    asha.looks_at("invitation")
    words = "-".join(asha.page.locator(".six-words li").all_inner_texts())
    assert asha.reads_code(".qr-code") == f"{asha.address}/words/{words}"

    ben = someone("Ben", on=device)
    ben.goes_to(f"/words/{words}")
    ben.sees("Asha invites you to Getting home")
    ben.sees("We miss our own target.")
    ben.sees("£25 for a meeting of two hours")
    ben.looks_at("invitation-door")
    ben.writes("What shall we call you?", "Ben")
    ben.presses("Take a seat")
    ben.goes_to(f"{project}/offer")
    ben.page.get_by_role("link", name="Look at this card").first.click()
    ben.looks_at("card")


@pytest.mark.every_device
def test_a_laid_offer_changes_when_both_sides_turn_a_key(someone, device):
    asha = comes_in(someone, "Asha")
    project = starts(asha, "Getting home")
    lays_card(asha, project, "We can", "We can pay fares.")
    thinks_first(asha, project)
    asha.presses("Lay it on the table")
    asha.goes_to(f"{project}/invitations")
    asha.presses("Make the invitation")
    words = "-".join(asha.page.locator(".six-words li").all_inner_texts())
    ben = someone("Ben", on=device)
    ben.goes_to(f"/words/{words}")
    ben.writes("What shall we call you?", "Ben")
    ben.presses("Take a seat")

    asha.goes_to(f"{project}/offer")
    asha.presses("Change it")
    asha.looks_at("card-wording")
    asha.writes("What should it say?", "We can pay for taxis.")
    asha.presses("Propose it")
    asha.ticks("I don’t work in this service")
    asha.presses("Yes, change it")
    asha.goes_to(f"{project}/offer")
    asha.does_not_see("We can pay for taxis.")

    ben.goes_to(f"{project}/offer")
    ben.looks_at("offer-waiting")
    ben.presses("See both side by side")
    ben.sees("We can pay fares.")
    ben.sees("We can pay for taxis.")
    ben.looks_at("change")
    ben.ticks("I work in this service")
    ben.presses("Yes, change it")
    ben.presses("Look at this card")
    ben.sees("We can pay for taxis.")
    ben.sees("We can pay fares.")
    ben.looks_at("card-history")
    ben.goes_to(f"{project}/news")
    ben.looks_at("news")


def test_the_fullest_offer_prints_on_one_sheet(someone):
    asha = comes_in(someone, "Asha", on=PHONE)
    project = starts(asha, "Getting home")
    said = "We tell each of you by letter and on the phone a week before, and again on the day, so that nobody waits. " * 2
    for number in range(12):
        lays_card(asha, project, "We can", f"{number} {said}"[:160])
    thinks_first(asha, project, said[:100])
    asha.goes_to(f"{project}/offer/sheet")
    asha.looks_at("offer-sheet")
    sheets = asha.prints("offer-sheet")
    assert len(sheets) == 1, f"the fullest offer takes {len(sheets)} sheets"
    assert "11 We tell each of you" in sheets[0]
    assert "You can leave whenever you like" in sheets[0]
