"""What anyone may read: two keys, the page and its feeds, and words that are taken off again."""

import json
import urllib.request

import feedparser
import pytest


def fetched(house, path):
    with urllib.request.urlopen(house.address + path) as answer:
        return answer.headers, answer.read()


@pytest.mark.every_table
def test_two_people_let_anyone_read_it_and_a_giver_takes_their_words_off(table, house, someone, device):
    asha, ben = table.asha, table.seats("Ben")
    ben.goes_to(f"{table.project}/contributions/new")
    ben.writes("What do you want to say?", "The step at the front door beat me & my chair.")
    ben.presses("Say it")
    ask = table.draws("A ramp at the front door")
    table.promises(ask, "We will build one.", "2199-05-01")

    asha.goes_to(f"{table.project}/we-said-we-did")
    asha.presses("Who can read this?")
    asha.sees("Now only this group can read")
    asha.looks_at("publishing-nobody")
    asha.presses("See the page first")
    asha.sees("A ramp at the front door")
    asha.looks_at("publishing-preview")
    asha.presses("Back to who can read it")
    asha.presses("Yes, let anyone read it")
    asha.sees("Choose what you say of yourself")
    asha.looks_at("publishing-refused")
    asha.ticks("I don’t work in this service")
    asha.presses("Yes, let anyone read it")
    asha.sees("It needs a key from somebody who works in this service.")
    asha.looks_at("publishing-one-key")

    ben.goes_to(f"{table.project}/publishing")
    ben.ticks("I work in this service")
    ben.presses("Yes, let anyone read it")
    ben.sees("Anyone can read it, since")
    ben.looks_at("publishing-public")
    place = ben.page.locator("a.address").get_attribute("href")

    ben.goes_to(f"{table.project}")
    ben.page.locator(".saying a").first.click()
    ben.writes("The name beside them", "B. from the hill")
    ben.presses("Let anyone read these words")
    ben.sees("with the name B. from the hill")
    ben.looks_at("consent")

    visitor = someone("A visitor")
    visitor.goes_to(place)
    visitor.sees("A ramp at the front door")
    visitor.sees("beat me & my chair")
    visitor.sees("B. from the hill, who asked")
    visitor.looks_at("public")
    checks_feeds(house, place, "beat me &amp; my chair", 1)

    ben.presses("Take these words off the page")
    ben.sees("Any name you like.")
    visitor.page.reload()
    visitor.sees("A ramp at the front door")
    visitor.does_not_see("beat me & my chair")
    checks_feeds(house, place, "beat me", 0)

    asha.goes_to(f"{table.project}/publishing")
    asha.presses("Stop showing it to anyone")
    asha.sees("Now only this group can read")
    visitor.goes_to(place, expecting=404)
    visitor.does_not_see("ramp")


def checks_feeds(house, place, words, times):
    """The feeds are read without a fault by a reader that isn't ours, say the same, and hold these words so often."""
    headers, atom = fetched(house, f"{place}/feed.atom")
    assert headers["Cache-Control"] == "no-store" and headers["ETag"] is None
    read = feedparser.parse(atom, response_headers={"content-type": headers["Content-Type"]})
    assert not read.bozo, read.bozo_exception
    assert read.version == "atom10" and len(read.entries) == 1
    entry = read.entries[0]
    assert entry.title == "A ramp at the front door" and entry.id.startswith("urn:uuid:")
    assert read.feed.id and read.feed.updated_parsed and entry.updated_parsed and entry.link.startswith(house.address)
    assert entry.content[0].value.count(words) == times
    headers, text = fetched(house, f"{place}/feed.json")
    feed = json.loads(text)
    assert headers["Content-Type"] == "application/feed+json; charset=utf-8"
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["feed_url"].endswith(f"{place}/feed.json")
    assert [item["id"] for item in feed["items"]] == [entry.id]
    assert feed["items"][0]["content_html"].count(words) == times


@pytest.mark.each_window
def test_a_change_to_the_offer_takes_a_key_of_each_side(table, device):
    table.lays_offer()
    asha = table.asha
    asha.goes_to(f"{table.project}/offer/new")
    asha.ticks("We can")
    asha.writes("What should it say?", "We can lend a phone.")
    asha.presses("Propose it")
    asha.sees("It needs a key from somebody who works in this service.")
    asha.looks_at("proposal-no-keys")
    asha.ticks("I’d rather not say")
    asha.presses("Yes, change it")
    asha.sees("They would rather not say whether they work in this service.")
    asha.looks_at("proposal-one-key")
