"""Coming in without an account, on this device and another, and going out again."""

import pytest

from visitor import DESKTOP, PHONE


def six_words(visitor):
    return visitor.page.locator(".six-words li").all_inner_texts()


@pytest.mark.every_device
@pytest.mark.both_engines
def test_a_name_is_enough_to_come_in(someone):
    amina = someone("Amina")
    amina.goes_to("/people/new")
    amina.presses("Come in")
    amina.sees("Type a name that people can call you by.")
    amina.looks_at("name-refused")

    amina.writes("What shall we call you?", "Amina")
    amina.presses("Come in")
    amina.sees("Your six words")
    assert len(six_words(amina)) == 6
    amina.looks_at("pass")

    amina.presses("Go on")
    amina.sees("Hello, Amina")
    amina.looks_at("my-place")


@pytest.mark.every_device
def test_the_code_on_a_pass_opens_ones_place_elsewhere_by_its_button_alone(someone, device):
    amina = someone("Amina")
    amina.goes_to("/people/new")
    amina.writes("What shall we call you?", "Amina")
    amina.presses("Come in")
    link = amina.reads_code()
    assert link == f"{amina.address}/words/{'-'.join(six_words(amina))}"

    elsewhere = someone("Amina", on=PHONE if device == DESKTOP else device)
    elsewhere.goes_to(link)
    elsewhere.sees("This opens the place of Amina")
    elsewhere.looks_at("pass-opening")
    elsewhere.goes_to("/")
    elsewhere.does_not_see("My place")

    elsewhere.goes_to(link)
    elsewhere.presses("Open it here")
    elsewhere.sees("Hello, Amina")


@pytest.mark.every_device
def test_words_typed_by_their_first_letters_open_ones_place(someone):
    amina = someone("Amina")
    amina.goes_to("/people/new")
    amina.writes("What shall we call you?", "Amina")
    amina.presses("Come in")
    words = six_words(amina)

    elsewhere = someone("Amina")
    elsewhere.goes_to("/words")
    elsewhere.writes("What are your six words?", "something else")
    elsewhere.presses("Go on")
    elsewhere.looks_at("words-refused")
    elsewhere.writes("What are your six words?", " ".join(word[:4] for word in words).upper())
    elsewhere.presses("Go on")
    elsewhere.presses("Open it here")
    elsewhere.sees("Hello, Amina")


@pytest.mark.every_device
def test_pass_it_on_hides_everything_the_back_button_included(someone):
    amina = someone("Amina")
    amina.goes_to("/people/new")
    amina.writes("What shall we call you?", "Amina")
    amina.presses("Come in")
    amina.goes_to("/me")
    amina.sees("Hello, Amina")
    amina.presses("Next person")
    assert amina.path == "/"
    amina.does_not_see("Amina")
    amina.goes_back()
    amina.does_not_see("Hello, Amina")


@pytest.mark.every_device
def test_whoever_opens_the_first_link_keeps_the_house(house, someone):
    kit = someone("Kit")
    kit.goes_to(house.keeper_link)
    kit.sees("You will look after this house")
    kit.looks_at("keeper-opening")
    kit.writes("What shall we call you?", "Kit")
    kit.presses("I will keep this house")
    kit.presses("Go on")
    kit.writes("Who is responsible for it?", "The Dialysis Circle")
    kit.looks_at("keeper-about")
    kit.presses("Save")
    kit.sees("The Dialysis Circle")

    amina = someone("Amina")
    amina.goes_to("/")
    amina.sees("The Dialysis Circle")
    amina.goes_to(house.keeper_link, expecting=422)
    amina.sees("These words don't open anything here.")
