"""Every page in both languages: one heading, a name for everything, an order that makes sense, contrast that is computed."""

import re
from collections.abc import Iterator

import pytest

from coprod.web.templates import style
from tests.coprod.web.conftest import Browser, Seen, to_questions


def pages(browser: Browser) -> Iterator[Seen]:
    """Walk through every page there is, with whatever can be answered answered."""
    yield browser.seen
    yield browser.press("Start")
    yield browser.press("English")
    yield browser.press("Continue")
    while "Send what I have" not in browser.seen.buttons:
        onward = "Start" if "Start" in browser.seen.buttons else "Continue"
        yield browser.press(onward, ("words", "My number is 07700 900123"))
    yield browser.seen
    yield browser.press("Throw it away")
    yield browser.press("No, go back")
    yield browser.press("Send")
    for onward in ("I have written", "Continue", "Finish"):
        yield browser.press(onward)


@pytest.fixture(params=["en", "cy"])
def every_page(request, browser: Browser) -> list[Seen]:
    if request.param == "en":
        return list(pages(browser))
    seen = []
    for page in pages(browser):
        if other := next((label for label in page.buttons if label == "Cymraeg"), None):
            if "Which language" in page.text:
                continue
            seen.append(browser.press(other))
            browser.press("English")
    return seen


def test_every_page_says_its_language_and_has_one_heading_and_one_main_part(every_page):
    assert len(every_page) > 15
    for page in every_page:
        names = [tag for tag, _ in page.tags]
        language = next(known["lang"] for tag, known in page.tags if tag == "html")
        assert language in {"en", "cy"}
        assert names.count("h1") == 1
        assert names.count("main") == 1
        assert names.count("title") == 1
        assert not {"h2", "h3"} & set(names)


def test_every_field_has_a_name_and_every_group_says_what_it_asks(every_page):
    for page in every_page:
        ids = {known["id"] for _, known in page.tags if "id" in known}
        assert len(ids) == sum("id" in known for _, known in page.tags)
        named = {known["for"] for tag, known in page.tags if tag == "label" and "for" in known}
        assert named <= ids
        for tag, known in page.tags:
            if tag in {"textarea", "select"}:
                assert known["id"] in named
            for other in known.get("aria-describedby", "").split():
                assert other in ids
        assert len(page.labelled) == len(page.inputs)
        names = [tag for tag, _ in page.tags]
        assert names.count("fieldset") == names.count("legend")
        if {"radio", "checkbox"} & {kind for kind, name, _ in page.inputs if name == "choice"}:
            assert "fieldset" in names


def test_what_stands_around_a_field_is_read_with_it(browser):
    """A screen reader that jumps from field to field hears the ends of a scale, and what to look at again."""
    to_questions(browser)
    for _ in range(3):
        browser.press("Skip")
    scale = next(known for tag, known in browser.seen.tags if tag == "fieldset")
    assert scale["aria-describedby"] == "under ends"
    assert "0: Very hard" in browser.seen.text
    browser.press("Skip")
    browser.press("Continue", ("words", "My number is 07700 900123"))
    words = next(known for tag, known in browser.seen.tags if tag == "textarea")
    assert words["aria-describedby"] == "notice"


def test_every_button_says_what_it_does_and_nothing_is_put_before_its_turn(every_page):
    for page in every_page:
        assert "" not in page.buttons
        assert len(set(page.buttons.values())) == len(page.buttons)
        assert all("tabindex" not in known or known["tabindex"] == "-1" for _, known in page.tags)


def test_nothing_is_chosen_for_anybody(browser):
    to_questions(browser)
    while "Send what I have" not in browser.seen.buttons:
        assert not [known for tag, known in browser.seen.tags if tag == "input" and "checked" in known]
        browser.press("Skip" if any(one.startswith("Skip") for one in browser.seen.buttons) else "Continue")


def test_enter_in_a_field_goes_on_and_never_hides_or_throws_away(browser):
    to_questions(browser)
    answers = browser.html.partition('id="answers"')[2]
    first = re.findall(r"<button[^>]*>([^<]*)", answers)[0]
    assert first == "Continue"
    assert "hide" not in answers


def test_help_and_hide_stand_on_every_page_of_an_interview(every_page):
    for page in every_page:
        if "new link" in page.text or "Ready" in page.text:
            continue
        assert "Childline" in page.text
        assert {"Hide", "Cuddio"} & set(page.buttons)


def test_the_title_says_where_one_is_and_nothing_about_anybody(every_page):
    """A screen reader says the title first, so a new page is heard as one; a history keeps it, so it tells no more."""
    titles = [next(line for line in page.text.split("\n") if line) for page in every_page]
    assert {one.rpartition(" · ")[2] for one in titles} <= {"Questions", "Cwestiynau"}
    asked = {one.rpartition(" · ")[0] for one in titles} - {""}
    assert len(asked) >= 5
    assert all(re.search(r"\d|way|end|half|hanner|gorffen", one) for one in asked), asked


def test_the_text_on_the_page_is_never_sent_to_a_spelling_or_translation_service(browser):
    to_questions(browser)
    for _ in range(4):
        browser.press("Skip")
    words = next(known for tag, known in browser.seen.tags if tag == "textarea")
    assert words["spellcheck"] == "false"
    assert words["autocomplete"] == "off"
    assert words["writingsuggestions"] == "false"
    assert next(known for tag, known in browser.seen.tags if tag == "html")["translate"] == "no"


TEXT_PAIRS = (
    ("ink", "paper"),
    ("quiet", "paper"),
    ("accent", "paper"),
    ("paper", "accent"),
    ("paper", "ink"),
    ("careful", "paper"),
    ("ink", "band"),
    ("ink", "chosen"),
    ("quiet", "chosen"),
)
MARK_PAIRS = (("mark", "paper"), ("accent", "paper"), ("careful", "band"))


def colours() -> list[dict[str, str]]:
    """Give the two sets of colours, light and dark, as the style sheet has them."""
    found = re.findall(r":root \{(.*?)\}", style(), re.DOTALL)
    return [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", one)) for one in found]


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("number", [0, 1], ids=["light", "dark"])
def test_every_pair_of_colours_can_be_told_apart(number):
    """WCAG 2.2, 1.4.3 and 1.4.11."""
    known = colours()[number]
    for pair in TEXT_PAIRS:
        assert contrast(known[pair[0]], known[pair[1]]) >= 4.5, pair
    for pair in MARK_PAIRS:
        assert contrast(known[pair[0]], known[pair[1]]) >= 3.0, pair


def test_no_other_colour_is_used():
    without_sets = re.sub(r":root \{.*?\}", "", style(), flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-f]{3,8}\b|rgb|hsl", without_sets.replace("#hide", ""))
