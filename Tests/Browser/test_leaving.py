"""Going: in two taps with what is yours, by passing a shared tablet on, and by signing another device out."""

import http.client
import json
import urllib.parse
import zipfile

import pytest

from visitor import PHONE, Visitor

SAYS = "What do you want to say?"
WORDS = "The car home comes too late."


@pytest.mark.every_table
def test_two_taps_from_any_page_and_everything_of_theirs_in_one_file(table):
    ben = table.seats("Ben")
    ben.goes_to(table.project)
    ben.writes(SAYS, WORDS)
    ben.presses("Say it")
    for page in ("/me", table.project, f"{table.project}/asks", f"{table.project}/offer", "/about"):
        ben.goes_to(page)
        assert ben.page.get_by_role("link", name="Leave", exact=True).is_visible(), page
    ben.takes("Leave")
    ben.looks_at("leaving")
    ben.presses("Choose for each thing")
    ben.looks_at("leaving-pieces")
    ben.goes_to("/leaving")
    ben.chooses("Take it all back")
    ben.page.get_by_role("button", name="Leave", exact=True).click()
    ben.sees("This is yours to take")
    assert len(ben.six_words) == 6
    ben.looks_at("farewell")

    with ben.page.expect_download() as waiting:
        ben.presses("Get the file")
    with zipfile.ZipFile(waiting.value.path()) as parcel:
        assert parcel.testzip() is None
        names = parcel.namelist()
        pages = [parcel.read(name).decode() for name in names if name.endswith(".html")]
        data = [json.loads(parcel.read(name)) for name in names if name.endswith(".json")]
    assert any(WORDS in page for page in pages), names
    assert any(WORDS in json.dumps(one) for one in data), names

    ben.goes_to(table.project)
    assert ben.path == "/", "Ben is a stranger again"
    table.asha.goes_to(table.project)
    table.asha.does_not_see(WORDS)
    table.asha.sees("The person who said it took it back")


@pytest.mark.every_table
def test_a_tablet_passed_on_shows_nothing_of_whoever_had_it(table):
    ben = table.seats("Ben")
    ben.goes_to(table.project)
    ben.writes(SAYS, WORDS)
    ben.presses("Say it")
    ben.presses("Go on")
    ben.sees(WORDS)
    ben.goes_to("/me")
    ben.presses("Next person")
    assert ben.path == "/"
    for _ in range(3):
        ben.goes_back()
        ben.does_not_see(WORDS)
        ben.does_not_see("Ben")
    ben.goes_to("/receipts")
    assert ben.path == "/words"
    ben.goes_to(table.project)
    assert ben.path == "/"


def returns(visitor):
    """Goes back, where a page that was kept whole comes back without loading."""
    visitor.goes_back(until="commit")
    visitor.page.wait_for_function("document.readyState === 'complete'")


def test_a_browser_that_keeps_whole_pages_to_go_back_to_keeps_none_of_theirs(table, checker, remembering_browser):
    """The button *back* may show a page as it was left, and ask the house nothing."""
    ben = table.lends(table.seats("Ben"), Visitor("Ben", table.house.address, remembering_browser, PHONE, checker))
    # It does keep what may be kept: a style sheet.
    ben.goes_to("/")
    style = ben.page.locator("link[rel=stylesheet]").get_attribute("href")
    ben.goes_to(style)
    ben.page.evaluate("window.__stayed = true")
    ben.goes_to("/about")
    returns(ben)
    assert ben.page.evaluate("window.__stayed") is True, "this browser keeps no pages, so it shows nothing"

    ben.goes_to(table.project)
    ben.writes(SAYS, WORDS)
    ben.presses("Say it")
    ben.presses("Go on")
    ben.sees(WORDS)
    ben.goes_to("/me")
    ben.sees("Hello, Ben")
    ben.presses("Next person")
    for _ in range(4):
        returns(ben)
        ben.does_not_see(WORDS)
        ben.does_not_see("Ben")
    ben.leaves()


@pytest.mark.every_table
def test_another_device_is_signed_out_from_the_list(table, someone):
    asha = table.asha
    asha.goes_to("/me/pass")
    asha.presses("Make new words and stop the old ones")
    elsewhere = someone("Asha")
    elsewhere.goes_to(f"/words/{'-'.join(asha.six_words)}")
    elsewhere.presses("Open it here")
    elsewhere.sees("Hello, Asha")
    cookies = "; ".join(f"{kept['name']}={kept['value']}" for kept in elsewhere.context.cookies())
    line = http.client.HTTPConnection(urllib.parse.urlsplit(elsewhere.address).netloc, timeout=20)
    line.request("GET", f"{table.project}/live", headers={"Cookie": cookies})
    live = line.getresponse()
    assert live.status == 200

    asha.goes_to("/me")
    asha.sees("Where you are in")
    asha.looks_at("devices")
    others = asha.page.locator("li, div").filter(has_text="Another device").get_by_role("button", name="Sign out here")
    others.last.click()
    live.read()  # comes to an end: nobody hears there any more
    line.close()
    elsewhere.goes_to("/me")
    elsewhere.does_not_see("Hello, Asha")
    asha.goes_to("/me")
    asha.sees("Hello, Asha")
