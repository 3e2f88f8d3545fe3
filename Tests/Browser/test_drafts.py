"""What is typed and not yet sent: kept on the device, given back to whoever typed it, and gone once it was sent."""

import pytest

WORDS = "The car came at ten past eight, and nobody had said that it would be late."
LABEL = "What is wrong, in its own words?"
AGAIN = "You typed this before and it was not sent. It is here again."


@pytest.fixture
def asha(someone):
    """Somebody in front of an empty form of her own project."""
    asha = someone("Asha")
    asha.goes_to("/people/new?next=/projects/new")
    asha.writes("What shall we call you?", "Asha")
    asha.presses("Come in")
    asha.presses("Go on")
    asha.writes("What shall we call the project?", "Getting home")
    asha.presses("Start it")
    asha.form = asha.path + "/concerns"
    asha.goes_to(asha.form)
    return asha


def typed(visitor):
    return visitor.page.get_by_label(LABEL, exact=True).input_value()


def test_what_was_typed_is_there_again_when_the_page_is_opened_again(asha):
    asha.writes(LABEL, WORDS)
    asha.sees("Kept on this device until you send it.")
    asha.looks_at("draft-kept")
    asha.goes_to("/me")
    asha.goes_to(asha.form)
    assert typed(asha) == WORDS
    asha.sees(AGAIN)


def test_what_was_sent_is_not_brought_back(asha):
    asha.writes(LABEL, WORDS)
    asha.writes("Which organisation says so?", "Elms Hospital")
    asha.presses("Say it")
    asha.sees(WORDS)
    asha.goes_to(asha.form)
    assert typed(asha) == ""


def test_what_was_refused_is_kept_until_it_is_mended(asha):
    asha.writes(LABEL, WORDS)
    asha.presses("Say it")
    asha.sees("Say which organisation says so.")
    asha.goes_to("/me")
    asha.goes_to(asha.form)
    assert typed(asha) == WORDS


def test_what_may_have_arrived_is_sent_again_under_the_same_name(asha, house):
    asha.writes(LABEL, WORDS)
    asha.writes("Which organisation says so?", "Elms Hospital")
    # The house has it, and the connection drops before the answer.
    lost = []

    def drop(route):
        if route.request.method == "POST":
            lost.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.continue_()

    asha.page.route("**/concerns", drop)
    asha.presses("Say it")
    asha.page.wait_for_url("chrome-error://**")
    assert lost == [303]
    asha.page.unroute("**/concerns")

    asha.goes_to(asha.form)
    assert typed(asha) == WORDS
    asha.writes("Which organisation says so?", "Elms Hospital")
    asha.presses("Say it")
    asha.goes_to(asha.form)
    assert asha.page.get_by_text(WORDS, exact=True).count() == 1
    assert typed(asha) == ""


def test_passing_the_device_on_leaves_nothing_typed_behind(asha):
    asha.writes(LABEL, WORDS)
    asha.presses("Next person")
    asha.sees("This device is ready for the next person")
    assert asha.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_next_person_in_on_the_device_is_not_shown_it(asha):
    def types_on_a_form_that_anybody_has():
        asha.goes_to("/projects/new")
        asha.opens("Did an organisation ask for this?")

    types_on_a_form_that_anybody_has()
    asha.writes(LABEL, WORDS)
    types_on_a_form_that_anybody_has()
    assert typed(asha) == WORDS

    asha.context.clear_cookies()
    asha.goes_to("/people/new")
    asha.writes("What shall we call you?", "Ben")
    asha.presses("Come in")
    types_on_a_form_that_anybody_has()
    assert typed(asha) == ""
