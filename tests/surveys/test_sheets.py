"""To young people, carers and data protection officers: what is printed says what is so, in words they read."""

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from campaigns.checking.readability import readability_of_texts
from campaigns.render import draw
from coprod.journeys.asking import sheets
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.document import Document, ItemList, Paragraph, Table, text_of
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace, save_settings
from surveys.boxes.keys import fingerprint
from surveys.sheets import SHEETS, blanks_of, load_sheet, sheet_document

from .ready import TODAY, make_identity, ready_workspace

HOLDERS = (make_identity(), make_identity())
OLDEST_GRADE = {"young-people": 6, "carers": 8, "before-a-session": 8, "dpia": 10}
LONGEST = {"young-people": 18, "carers": 18, "before-a-session": 20, "dpia": 30}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    ready = ready_workspace(tmp_path, monkeypatch, HOLDERS)
    settings = replace(ready.settings, languages=("en", "cy"), safeguarding_lead="Mair Evans, 01234 567890")
    return save_settings(ready, settings)


def english(name: str) -> str:
    return " ".join(wording.en for wording in load_sheet(name).wordings())


@pytest.mark.parametrize("name", OLDEST_GRADE)
def test_each_sheet_is_read_by_whom_it_is_for(name: str) -> None:
    """A reading age is about a school grade plus five: 11 for young people, 13 for carers."""
    read = readability_of_texts([wording.en for wording in load_sheet(name).wordings()])
    assert read.grade_high is not None
    assert read.grade_high <= OLDEST_GRADE[name]
    assert max(sentence.words for sentence in read.longest_sentences) <= LONGEST[name]


def test_young_people_and_carers_are_told_promise_seven_and_what_cannot_be_undone() -> None:
    for name in ("young-people", "carers"):
        said = english(name)
        assert "Nobody reads the answers" in said
        assert "four words" in said
        assert "five or more young people" in said
        assert "destroy" in said
        assert "{lead}" in said
    assert "we cannot take them out" in english("young-people")


def test_no_sheet_calls_a_young_person_a_user_a_victim_or_promises_what_no_program_can() -> None:
    for name in SHEETS:
        assert not re.search(
            r"\b(users?|victims?|100 ?%|guarantee\w*|completely)\b", english(name).lower()
        ), name


@pytest.mark.parametrize("name", [name for name in SHEETS if name != "dpia"])
def test_every_line_has_its_draft_in_welsh_with_the_same_blanks(name: str) -> None:
    for wording in load_sheet(name).wordings():
        assert wording.cy is not None, wording.en
        assert set(re.findall(r"{\w+}", wording.cy)) == set(re.findall(r"{\w+}", wording.en)), wording.en


@pytest.mark.parametrize("name", sheets.FOR)
def test_a_sheet_is_drawn_in_each_language_it_is_written_in(workspace: Workspace, name: str) -> None:
    printed = sheets.print_sheet(workspace, name, TODAY, date(2027, 11, 30))
    languages = {"en"} if name == "dpia" else {"en", "cy"}
    assert {path.name for path in printed.files} == {
        f"{name}-{language}.{ending}" for language in languages for ending in ("html", "pdf")
    }
    page = (workspace.out / f"{name}-en.html").read_text("utf-8")
    assert "Simulated" in page
    assert "Mair Evans" in page
    assert (workspace.out / f"{name}-en.pdf").read_bytes().startswith(b"%PDF")


def test_welsh_that_nobody_has_read_is_marked_as_a_draft(workspace: Workspace) -> None:
    sheets.print_sheet(workspace, "young-people", TODAY)
    assert "heb ei wirio" in (workspace.out / "young-people-cy.html").read_text("utf-8")


def test_what_nobody_has_filled_in_is_a_line_to_write_on_and_is_named(workspace: Workspace) -> None:
    bare = save_settings(workspace, replace(workspace.settings, safeguarding_lead="", key_holders=()))
    assert sheets.print_sheet(bare, "young-people", TODAY).missing == ("keep_until", "key_holders", "lead")
    assert "________" in (workspace.out / "young-people-en.html").read_text("utf-8")
    assert sheets.print_sheet(workspace, "young-people", TODAY, date(2027, 11, 30)).missing == ()


def test_a_name_from_settings_cannot_become_markup(workspace: Workspace) -> None:
    odd = save_settings(workspace, replace(workspace.settings, name="<b>River{side}</b>\u202e"))
    sheets.print_sheet(odd, "young-people", TODAY)
    page = (workspace.out / "young-people-en.html").read_text("utf-8")
    assert "&lt;b&gt;River{side}&lt;/b&gt;" in page
    assert "\u202e" not in page


def test_a_key_card_has_the_four_words_the_start_screen_shows(workspace: Workspace) -> None:
    printed = sheets.print_key_card(workspace, "holder 1")
    page = printed.files[0].read_text("utf-8")
    assert fingerprint(HOLDERS[1].public_key) in page
    assert HOLDERS[1].public_key in re.sub(r"<wbr>|\u200b|&#8203;", "", page)
    with pytest.raises(BadInputError, match="the workspace knows: holder 0, holder 1"):
        sheets.print_key_card(workspace, "nobody")


def test_a_slip_has_the_day_and_room_for_four_words_and_names_neither_service_nor_survey(
    workspace: Workspace,
) -> None:
    printed = sheets.print_slips(workspace, "monday", date(2026, 11, 24))
    page = printed.files[0].read_text("utf-8")
    assert "24 November 2026" in page
    assert "24 Tachwedd 2026" in printed.files[2].read_text("utf-8")
    seen = re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL)
    assert not re.search(r"Riverside|survey|coprod|exploit|after-a-visit", seen, re.IGNORECASE)
    tables = [block for block in slip().blocks if isinstance(block, Table)]
    assert all(len(row) == 4 for table in tables for row in table.rows)


def slip() -> Document:
    return sheet_document(load_sheet("slip"), "en", {"until": "24 November 2026"})


def test_a_document_starts_with_its_title_and_every_blank_is_known() -> None:
    for name in SHEETS:
        sheet = load_sheet(name)
        document = sheet_document(sheet, "en", dict.fromkeys(blanks_of(sheet), "x"))
        first = document.blocks[0]
        assert first.level == 1  # type: ignore[union-attr]
        assert "{" not in text_of(first.inline)  # type: ignore[union-attr]
    with pytest.raises(BadInputError, match="choose from"):
        load_sheet("nothing")


def test_a_line_to_tick_has_its_box_and_no_bullet_before_it() -> None:
    sheet = load_sheet("before-a-session")
    document = sheet_document(sheet, "en", dict.fromkeys(blanks_of(sheet), "x"))
    lists = [block for block in document.blocks if isinstance(block, ItemList)]
    assert lists
    assert not any(part.text.startswith("☐") for one in lists for item in one.items for part in item)
    ticked = [
        block for block in document.blocks if isinstance(block, Paragraph) and block.inline[0].text[0] == "☐"
    ]
    assert len(ticked) == 12


def test_the_sheet_keeps_its_own_heading_over_the_help_lines() -> None:
    sheet = load_sheet("before-a-session")
    contacts = shipped_contacts().contacts[:1]
    document = sheet_document(sheet, "en", dict.fromkeys(blanks_of(sheet), "x"), contacts)
    page = draw(document, "report-page").decode()
    assert "Help to have on the wall" in page
    assert "People you can talk to" not in page
