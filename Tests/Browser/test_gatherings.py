"""Calling a gathering, and what its calendar file says to a calendar."""

import pytest
from icalendar import Calendar


def calls_a_gathering(visitor, name):
    visitor.goes_to("/people/new")
    visitor.writes("What shall we call you?", "Asha")
    visitor.presses("Come in")
    visitor.goes_to("/projects/new")
    visitor.page.locator("[name=name]").fill("Getting home")
    visitor.page.locator("main button.button-main").click()
    visitor.goes_to(visitor.path + "/gatherings")
    visitor.page.get_by_role("link", name="Call a gathering").first.click()
    visitor.looks_at("gathering-new")
    fields = {
        "name": name, "day": "2026-07-03", "start": "14:00", "end": "16:30", "place": "Elms Hall; Mill Road, 7",
        "plan": "14:00 Tea\n14:20 Going home", "worried": "Priya Nair, 01632 960 001",
    }
    for field, value in fields.items():
        visitor.page.locator(f"[name={field}]").fill(value)
    visitor.page.locator("[name=kind][value=workshop]").check()
    visitor.presses("Call it")


@pytest.mark.every_device
@pytest.mark.both_engines
def test_a_calendar_reads_the_day_as_it_was_called(someone):
    asha = someone("Asha")
    name = "Tea, talk; and \\ " + "a very long name é" * 4
    calls_a_gathering(asha, name)
    asha.sees("Tea, talk")
    asha.looks_at("gathering")

    with asha.page.expect_download() as waiting:
        asha.page.get_by_role("link", name="Put it in my calendar").click()
    with open(waiting.value.path(), "rb") as file:
        said = file.read()
    assert all(len(line) <= 75 for line in said.split(b"\r\n"))
    [event] = Calendar.from_ical(said).walk("VEVENT")
    assert event["SUMMARY"] == name
    assert event["LOCATION"] == "Elms Hall; Mill Road, 7"
    # Two in the afternoon by a summer's clock in London.
    assert event["DTSTART"].dt.isoformat() == "2026-07-03T13:00:00+00:00"
    assert event["DTEND"].dt.isoformat() == "2026-07-03T15:30:00+00:00"
    assert event["SEQUENCE"] == 0
    assert "Getting home" not in said.decode(), "a calendar is read over shoulders"
