"""What a campaign team is promised about the starter materials, and about the one that shows what not to write."""

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from campaigns.checking.check import CheckResult, check_material
from campaigns.materials.material import Material, load_material
from campaigns.releasing.artist import Artist
from campaigns.releasing.gate import Case
from campaigns.releasing.release import _drawn
from campaigns.render.drawing import Permit
from coprod.journeys.beginnings import begin_workspace
from coprod.kernel.contacts import NATIONS, shipped_contacts

STARTERS = Path(__file__).parents[2] / "campaigns/starters"
GOOD = sorted(STARTERS.glob("*.md"))
WALES = sorted((STARTERS / "wales").glob("*.md"))
BAD = STARTERS / "demo/what-not-to-write.md"
TODAY = date(2026, 11, 22)
BAD_HABITS = {
    "blame",
    "fear",
    "promise",
    "service",
    "stereotype",
    "unsafe",
    "command",
    "monster",
    "relationship",
}
NOT_THEIR_FAULT = re.compile(r"\b(never|not) (your|their|the young person's|your child's) fault\b")
WHO_CAUSED_IT = re.compile(r"\b(person who (does|did) it|person who abuses|people who do this)\b")
STRENGTH = re.compile(r"\b(strong|strength|strengths|recover|better|makes a difference|feel safe)\b")


@pytest.fixture(params=GOOD, ids=lambda path: path.stem)
def starter(request: pytest.FixtureRequest) -> Material:
    return load_material(request.param)


def checked(material: Material, nation: str | None = None) -> CheckResult:
    registry = shipped_contacts()
    confirmed = {contact.id: TODAY for contact in registry.contacts}
    return check_material(material, registry, confirmed, TODAY, nation=nation)


def body(material: Material) -> str:
    """Give what a reader reads, without front matter and Markdown marks."""
    text = material.source.split("\n---\n", 1)[1]
    return re.sub(r"[*#]|^- ", "", text, flags=re.MULTILINE)


def test_there_is_one_for_each_group_of_readers():
    audiences = [load_material(path).front.audience for path in GOOD]
    assert set(audiences) == {"young-people", "families", "professionals"}
    assert (audiences.count("young-people"), audiences.count("professionals")) == (2, 2)


def test_the_main_message_comes_first(starter):
    first = next(line for line in body(starter).splitlines() if line.strip())
    assert first.strip().rstrip(".") == starter.front.message.rstrip(".")


def test_there_is_something_to_do_that_needs_nobody_told(starter):
    assert starter.front.action.rstrip(".") in body(starter)
    if starter.front.audience != "professionals":
        assert "not have to tell anyone" in body(starter) or "not need to tell anyone" in body(starter)


def test_there_are_two_ways_to_get_help_at_least_and_they_fit_the_reader(starter):
    known = {contact.id: contact for contact in shipped_contacts().contacts}
    chosen = [known[name] for name in starter.front.contacts]
    assert len([contact for contact in chosen if contact.id != "emergency"]) >= 1
    assert len(chosen) >= 2
    assert all(starter.front.audience in contact.audiences for contact in chosen)
    assert all(starter.front.nation in contact.nations for contact in chosen)


def test_numbers_come_from_the_contact_list_and_stand_nowhere_else(starter):
    """999 alone is in the text: it never changes, and a reader in danger must not look for it."""
    assert set(re.findall(r"\d[\d ]{2,}\d", body(starter))) <= {"999"}


def test_each_says_who_caused_the_harm_and_whose_fault_it_never_is(starter):
    assert NOT_THEIR_FAULT.search(body(starter))
    assert WHO_CAUSED_IT.search(body(starter))


def test_each_holds_something_strong_and_true(starter):
    assert STRENGTH.search(body(starter))


def test_every_claim_is_in_the_text_as_worded_and_names_the_briefing(starter):
    assert starter.front.claims
    for claim in starter.front.claims:
        assert claim.text in body(starter)
        assert re.fullmatch(r"briefing-2017/[a-z0-9-]+", claim.source)


def test_boys_and_online_and_other_young_people_are_not_forgotten(starter):
    text = body(starter).lower()
    assert "boys and young men" in text
    assert "online" in text
    assert re.search(r"other young people|another young person|your own age", text)


def test_each_is_to_be_looked_at_again_within_two_years(starter):
    assert TODAY < starter.front.review_by <= date(2028, 12, 31)


def test_each_says_that_no_panel_has_seen_it(starter):
    assert "no panel has seen it yet" in starter.front.made_by


@pytest.mark.parametrize("nation", NATIONS)
def test_the_check_blocks_no_starter_and_has_one_note_at_most(starter, nation):
    notes = [(finding.severity, finding.rule, finding.text) for finding in checked(starter, nation).findings]
    assert len(notes) <= 1
    assert "block" not in {severity for severity, *_ in notes}


def test_a_starter_is_as_easy_to_read_as_its_readers_need(starter):
    oldest = {"young-people": 11, "families": 14, "professionals": 16}[starter.front.audience]
    read = checked(starter).readability
    assert not read.is_too_short
    assert read.grade_high + 5 <= oldest


def test_a_starter_fits_in_every_format_it_names(starter):
    assert drawn_in_every_format(starter) >= {str(kind) for kind in starter.front.formats}


@pytest.fixture(params=WALES, ids=lambda path: path.stem)
def welsh(request: pytest.FixtureRequest) -> Material:
    return load_material(request.param)


def drawn_in_every_format(material: Material) -> set[str]:
    case = Case(material, STARTERS, shipped_contacts(), {}, None, service="Riverside")
    return set(_drawn(case, material.front, "0" * 64, overrides=False))


def test_each_starter_is_there_for_wales_with_the_same_english_and_a_welsh_draft(welsh):
    english = STARTERS / f"{Path(welsh.path).name}"
    text = english.read_text("utf-8").split("\n---\n", 1)[1].rstrip()
    assert welsh.source.split("\n---\n", 1)[1].startswith(text)
    assert welsh.front.languages == ("en", "cy")
    assert welsh.front.nation == "wales"
    assert "meic" in welsh.front.contacts
    assert welsh.front.read_by == ""
    assert [path.name for path in GOOD] == [path.name for path in WALES]


def test_a_welsh_draft_has_the_same_parts_as_the_english(welsh):
    """So that nothing was left out, and both stand side by side on one sheet."""
    english, drafted = ([part for part in welsh.parts if part.language == one] for one in ("en", "cy"))
    for one, other in zip(english, drafted, strict=True):
        assert [(block.kind, block.level) for block in one.blocks] == [
            (block.kind, block.level) for block in other.blocks
        ]


def test_the_check_of_a_welsh_draft_finds_nothing_and_says_what_it_did_not_look_at(welsh):
    result = checked(welsh)
    assert result.at_least("warn") == ()
    assert result.welsh_words > 200
    assert result.readability == checked(load_material(STARTERS / Path(welsh.path).name)).readability


def test_a_welsh_draft_is_drawn_in_both_languages_and_marked_as_a_draft(welsh):
    names = drawn_in_every_format(welsh)
    assert {"text", "text-cy"} <= names
    artist = Artist(
        Case(welsh, STARTERS, shipped_contacts(), {}, None), welsh.front, Permit("0" * 64), "ABCDE-FGHJK"
    )
    assert "DRAFFT" in artist.drawn("text", "cy").decode()
    assert "Draft" not in artist.drawn("text", "en").decode()
    read = Artist(artist.case, replace(welsh.front, read_by="A. Reader"), artist.permit, artist.code)
    assert "DRAFFT" not in read.drawn("text", "cy").decode()


def test_a_workspace_in_wales_starts_with_both_languages(tmp_path):
    workspace = begin_workspace(tmp_path / "cymru", "Riverside", "wales")
    for folder in workspace.campaigns.iterdir():
        assert load_material(folder / "material.md").front.languages == ("en", "cy")


def test_the_lesson_pack_holds_what_a_teacher_needs():
    text = body(load_material(STARTERS / "lesson-pack.md"))
    for wanted in ("Safeguarding notes", "If a young person tells you something", "For pupils", "Minutes"):
        assert wanted in text
    minutes = [int(row.split("|")[1]) for row in text.splitlines() if re.match(r"\| \d+ \|", row)]
    assert sum(minutes) == 60


def test_the_bad_one_is_blocked_many_times_over_and_for_many_reasons():
    result = checked(load_material(BAD))
    assert len({finding.rule for finding in result.at_least("block")}) >= 10
    assert {finding.category for finding in result.findings} >= BAD_HABITS
    assert {finding.rule for finding in result.findings} >= {
        "help-contact",
        "not-your-fault",
        "message-first",
    }


def test_the_bad_one_cannot_be_taken_for_a_starter():
    assert BAD not in GOOD
    assert BAD.read_text("utf-8").startswith("---\n# A make-believe leaflet for coprod's demo and tests.")
    assert "DEMO, never to be printed" in load_material(BAD).front.title
