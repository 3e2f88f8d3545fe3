"""How pages look and are read out on one's own device: chosen once, and there on every page, with scripts or without."""

import json
import time

import pytest

import judges
from visitor import NARROW

# A device with voices: two of its own, and one that would send the words elsewhere. It remembers what it was told to
# say, and says it at once, or holds its breath while `window.holding` is set.
VOICES = """
(() => {
    const voices = %s;
    window.said = [];
    window.holding = %s;
    const speech = {
        getVoices: () => voices,
        addEventListener: () => {},
        cancel: () => { window.said.push("(quiet)"); },
        speak: (line) => {
            window.said.push(`${line.lang} ${line.rate}: ${line.text}`);
            if (!window.holding) setTimeout(() => line.onend?.());
        },
    };
    Object.defineProperty(window, "speechSynthesis", { value: speech });
    window.SpeechSynthesisUtterance = class {
        constructor(text) { this.text = text; this.rate = 1; }
    };
})();
"""

ENGLISH = {"name": "Here", "lang": "en-GB", "localService": True}
WELSH = {"name": "Yma", "lang": "cy_GB", "localService": True}
ELSEWHERE = {"name": "Far away", "lang": "en-GB", "localService": False}


def with_voices(visitor, *voices, holding=False):
    visitor.context.add_init_script(VOICES % (json.dumps(voices), json.dumps(holding)))
    return visitor


def said(visitor):
    return visitor.page.evaluate("said.filter(line => line !== '(quiet)')")


def hears_it_all(visitor):
    """Waits until the voice has come to the end, and returns what it said."""
    until = time.monotonic() + 10
    while visitor.page.evaluate("said.length < 8 || said[said.length - 1] !== '(quiet)'"):
        assert time.monotonic() < until, f"it has not come to the end: {said(visitor)}"
        time.sleep(0.05)
    return said(visitor)


@pytest.mark.every_device
def test_what_is_chosen_is_on_every_page_and_leads_back(someone):
    amina = someone("Amina")
    amina.goes_to("/about")
    amina.presses("Larger letters, and how this looks")
    amina.looks_at("display")
    amina.walks_by_keyboard()
    amina.ticks("Much larger")
    amina.ticks("More room. Some people with dyslexia find this easier.")
    amina.ticks("Stronger: black and white, and few colours")
    amina.presses("Save")
    assert amina.path == "/about"
    amina.looks_at("about-larger")
    amina.goes_to("/")
    assert amina.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    amina.looks_at("first-page-larger")


@pytest.mark.every_device
def test_one_press_speaks_welsh_and_one_more_english(someone):
    amina = someone("Amina")
    amina.goes_to("/about")
    amina.presses("Cymraeg")
    assert amina.path == "/about"
    amina.sees("Pwy sy’n gyfrifol")
    amina.sees("The Welsh here is a draft.")
    amina.looks_at("about-welsh")
    amina.goes_to("/")
    amina.sees("O gwmpas y bwrdd")
    amina.looks_at("first-page-welsh")
    amina.presses("English")
    amina.sees("Round the table")
    amina.does_not_see("is a draft")


@pytest.mark.parametrize("device", [NARROW], ids=lambda device: device.name, indirect=True)
@pytest.mark.parametrize("language", ["cy", "en"])
def test_nothing_scrolls_sideways_however_large_the_letters(someone, language):
    amina = someone("Amina")
    amina.context.add_cookies([{"name": "display", "value": f"{language}.larger.wide", "url": amina.address}])
    amina.goes_to("/people/new?next=/projects/new")
    amina.page.fill("#name", "Amina")
    amina.page.locator("main button").click()
    for path in ["/me/pass", "/me", "/projects/new", "/codes", "/words", "/display", "/leaving"]:
        amina.goes_to(path)
        amina.shot(f"larger-{language}{path.replace('/', '-')}")
        assert judges.sideways(amina.page) == [], path


def test_no_word_is_broken_on_a_phone_with_the_largest_letters_far_apart(table):
    """Whoever needs both reads words by their shape."""
    gathering, _ = table.calls("Tea and talk", "What would make going home feel safe?")
    asha, project = table.asha, table.project
    asha.context.add_cookies([{"name": "display", "value": "en.larger.wide", "url": asha.address}])
    for path in ["/", "/me", "/display", project, f"{project}/gatherings/new", gathering, f"{gathering}/room"]:
        asha.goes_to(path)
        asha.shot(f"largest{path.replace('/', '-')[:12]}")
        assert judges.broken_words(asha.page) == [], path


@pytest.mark.parametrize("light", ["dark", "light"])
def test_the_strongest_contrast_is_strong_by_day_and_by_night(someone, light):
    amina = someone("Amina")
    amina.context.add_cookies([{"name": "display", "value": f"more.{light}", "url": amina.address}])
    amina.goes_to("/")
    paper = {"dark": "rgb(0, 0, 0)", "light": "rgb(255, 255, 255)"}[light]
    assert amina.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == paper
    amina.looks_at(f"first-page-more-{light}")


def test_a_page_is_read_from_top_to_bottom_by_a_voice_of_this_device(someone):
    amina = with_voices(someone("Amina"), ELSEWHERE, ENGLISH)
    # An older phone's browser reads too.
    amina.context.add_init_script("delete Array.prototype.at")
    amina.goes_to("/about")
    amina.presses("Read to me")
    lines = hears_it_all(amina)
    assert lines[0] == "en-GB 1: Back to the first page"
    assert lines[1] == "en-GB 1: About this house"
    assert all(len(line) < 220 for line in lines)
    assert any("Information Commissioner" in line for line in lines)
    assert not any("Larger letters" in line for line in lines), "only the page itself is read"
    amina.sees("Read to me")


def test_reading_can_be_stopped_and_can_be_slower(someone):
    amina = with_voices(someone("Amina"), ENGLISH, holding=True)
    amina.context.add_cookies([{"name": "display", "value": "slow", "url": amina.address}])
    amina.goes_to("/about")
    amina.presses("Read to me")
    assert said(amina) == ["en-GB 0.75: Back to the first page"]
    amina.looks_at("reading")
    amina.presses("Stop reading")
    assert amina.page.evaluate("said.at(-1)") == "(quiet)"
    amina.sees("Read to me")
    assert len(said(amina)) == 1


@pytest.mark.parametrize("voices", [[], [ELSEWHERE], [WELSH]], ids=["none", "elsewhere", "another-language"])
def test_without_a_voice_of_its_own_for_the_page_there_is_no_button(someone, voices):
    amina = with_voices(someone("Amina"), *voices)
    amina.goes_to("/about")
    amina.does_not_see("Read to me")


def test_welsh_is_read_by_a_welsh_voice(someone):
    amina = with_voices(someone("Amina"), ENGLISH, WELSH)
    amina.context.add_cookies([{"name": "display", "value": "cy", "url": amina.address}])
    amina.goes_to("/about")
    amina.presses("Darllen i mi")
    assert all(line.startswith("cy_GB") for line in hears_it_all(amina))


def test_what_is_in_a_language_without_a_voice_is_left_out_and_that_is_said(someone):
    """On the page where one chooses, each language stands by its own name."""
    amina = with_voices(someone("Amina"), ENGLISH)
    amina.goes_to("/display")
    amina.presses("Read to me")
    lines = hears_it_all(amina)
    assert not any("Cymraeg" in line for line in lines)
    assert sum("no voice for them" in line for line in lines) == 1

    other = with_voices(someone("Other"), ENGLISH, WELSH)
    other.goes_to("/display")
    other.presses("Read to me")
    lines = hears_it_all(other)
    assert "cy_GB 1: Cymraeg" in lines
    assert not any("no voice" in line for line in lines)


@pytest.mark.each_window
def test_what_was_refused_is_there_still_when_the_language_changes(someone, device):
    long = "Amina & Cân " * 30
    amina = someone("Amina")
    amina.goes_to("/people/new")
    amina.page.fill("#name", long)
    amina.page.locator("main button").click()
    amina.presses("Cymraeg")
    amina.sees("Mae’r iaith wedi newid.")
    amina.looks_at("language-changed")
    amina.presses("Ei anfon eto")
    assert amina.page.locator("html").get_attribute("lang") == "cy"
    assert amina.page.input_value("#name") == long


def test_what_was_mended_before_the_language_changed_goes_along(someone):
    amina = someone("Amina")
    amina.goes_to("/people/new")
    amina.page.fill("#name", "Amina & Cân " * 30)
    amina.page.locator("main button").click()
    amina.page.fill("#name", "Amina & Cân")
    amina.presses("Cymraeg")
    amina.sees("Mae’r iaith wedi newid.")
    amina.presses("Ei anfon eto")
    amina.page.wait_for_url("**/me/pass")
    amina.goes_to("/me")
    amina.sees("Amina & Cân")
