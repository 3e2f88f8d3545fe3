"""What a house does with what it is told: complaints and their log, a project's last day, what it holds about each of
us, and whom to tell if one is worried."""

import datetime
import re
import time

import pytest

from house import ROOT
from visitor import DESKTOP, PHONE

# On each engine once, with script and without.
EACH_ENGINE = [("SQLite", PHONE.without_script()), ("PostgreSQL", DESKTOP)]
each_engine = pytest.mark.parametrize("engine, device", EACH_ENGINE, ids=["SQLite", "PostgreSQL"], indirect=True)

SAYS = "What do you want to say?"


@each_engine
def test_a_complaint_is_answered_and_followed_by_six_words(house, someone):
    kit = someone("Kit", on=DESKTOP)
    kit.goes_to(house.keeper_link)
    kit.writes("What shall we call you?", "Kit")
    kit.presses("I will keep this house")
    kit.goes_to("/house/about")
    kit.writes("Who is responsible for it?", "Elms Trust")
    kit.writes("How can someone complain about the way you use what they say?", "Write to Kit.")
    kit.presses("Save")
    kit.goes_to("/house/complaints")
    kit.looks_at("complaints-none")

    mair = someone("Mair")
    mair.goes_to("/")
    mair.sees("Write to Kit.")
    mair.sees("You can also complain to the Information Commissioner’s Office")
    mair.presses("Complain about how your information was used")
    mair.looks_at("complain")
    mair.presses("Send it")
    mair.sees("Something needs mending")
    mair.writes("What went wrong?", "My words were read out.")
    mair.writes("How can we reach you?", "Through Ben")
    mair.presses("Send it")
    mair.sees("It waits for a first answer, which has to come by")
    mair.looks_at("complaint-mine")
    words = "-".join(mair.six_words)

    kit.goes_to("/me")
    kit.sees("1 complaint waits for a first answer.")
    kit.presses("Complaints")
    kit.looks_at("complaints")
    kit.takes("A complaint from")
    kit.sees("What they wrote")
    kit.sees("Through Ben")
    kit.does_not_see("What you wrote")
    kit.looks_at("complaint-kept")
    kit.ticks("We have your complaint")
    kit.writes("Your words", "We are sorry.")
    kit.presses("Write it in the log")
    kit.sees("We are sorry.")

    elsewhere = someone("Mair")
    elsewhere.goes_to(f"/words/{words}")
    elsewhere.presses("Open it")
    elsewhere.sees("We are sorry.")
    elsewhere.does_not_see("It waits for a first answer")
    elsewhere.presses("Take it back")
    elsewhere.does_not_see("My words were read out.")
    kit.page.reload()
    kit.does_not_see("My words were read out.")


@each_engine
def test_the_last_day_is_set_and_everybody_is_told(table):
    asha, ben = table.asha, table.seats("Ben")
    asha.goes_to(table.project)
    asha.presses("When this project ends")
    asha.sees("Nobody has said when it ends.")
    asha.looks_at("end")
    asha.writes("What is the last day?", datetime.date.today().isoformat())
    asha.presses("Set the day")
    asha.sees("Choose a day at least four weeks from now")
    day = datetime.date.today() + datetime.timedelta(days=90)
    asha.writes("What is the last day?", day.isoformat())
    asha.chooses("What people said is deleted")
    asha.presses("Set the day")
    asha.sees("It ends after")
    asha.looks_at("end-set")

    ben.goes_to(f"{table.project}/news")
    ben.is_told("When this project ends, and what happens then")
    ben.goes_to("/me")
    ben.presses("1 piece of news")
    ben.presses("When this project ends, and what happens then")
    ben.sees("Everyone leaves, and all that was said is deleted, whoever said it.")
    ben.presses("What this house holds about me")
    assert ben.path == "/me/held"


@pytest.mark.each_window
def test_everybody_sees_what_is_held_about_them_and_takes_it_along(table, device):
    ben = table.seats("Ben")
    ben.goes_to(f"{table.project}/contributions/new")
    ben.writes(SAYS, "Ring the day before.")
    ben.presses("Say it")
    ben.goes_to("/me")
    ben.presses("What this house holds about me")
    ben.looks_at("held")
    held = ben.page.locator("details", has_text="Ring the day before.")
    held.locator("summary").click()
    ben.sees("Ring the day before.")
    ben.does_not_see(re.compile(r"\d{4}-\d\d-\d\dT"))
    ben.looks_at("held-open")
    ben.presses("Make the file")
    assert len(ben.six_words) == 6
    ben.looks_at("held-file")
    ben.goes_to("/me")
    ben.sees("Hello, Ben")


@each_engine
def test_whom_to_tell_stands_where_people_write_and_in_the_offer(table):
    asha, ben = table.asha, table.seats("Ben")
    asha.goes_to(f"{table.project}/offer")
    asha.presses("Say whom people can tell")
    asha.looks_at("safety-none")
    asha.writes("Whom can people tell, and how?", "Denise, 01632 960 001, nine to five.")
    asha.presses("Save")
    asha.looks_at("safety")
    for page in ["", "/contributions/new", "/offer", "/offer/sheet"]:
        ben.goes_to(f"{table.project}{page}")
        ben.sees("Denise, 01632 960 001, nine to five.")
    ben.goes_to(f"{table.project}/contributions/new")
    ben.sees("If you need help now, ring 999")
    ben.looks_at("write-safety")


def test_the_officers_page_names_every_cookie(table, someone):
    """Whatever a browser is given while somebody uses the house, and nothing that it isn't."""
    page = (ROOT / "docs/data-protection.md").read_text().split("## What is kept on people's own devices")[1]
    named = set(re.findall(r"^\| `([a-z-]+)…?` \|", page.split("\n## ")[0], re.M))
    _, code = table.calls("Tea and talk")
    tom = someone("Tom")
    tom.goes_to(f"/codes/{code}")
    tom.presses("Come in")
    tom.page.locator("textarea").fill("Somebody to meet me at the door.")
    tom.presses("Say it")
    tom.presses("Cymraeg")
    tom.presses("English")
    tom.goes_to("/practice")
    tom.presses("Go in")
    given = tom.context.cookies()
    assert {re.sub("^(words-|practice).*", r"\1", cookie["name"]) for cookie in given} == named
    marked = [cookie for cookie in given if cookie["name"].startswith("practice")]
    assert len(marked) > 1 and all(cookie["expires"] < time.time() + 86_401 for cookie in marked)
    tom.presses("Stop practising")
    assert not [cookie for cookie in tom.context.cookies() if cookie["name"].startswith("practice")]
