"""The tutorials can be followed: every command in them is one that coprod knows, every link leads somewhere."""

import re
import shlex
from pathlib import Path

import pytest

from coprod.cli import main
from surveys.questionnaires.questionnaire import load_questionnaire

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
HOW_TO = tuple(sorted((ROOT / "docs" / "how-to").glob("*.md")))
TUTORIALS = tuple(ROOT / "docs" / name for name in ("facilitators.md", "analysts.md", "campaign-teams.md"))


def commands(page: Path) -> list[str]:
    return re.findall(r"^    coprod (.+)$", page.read_text("utf-8"), re.MULTILINE)


TOLD = [(page.name, command) for page in (*TUTORIALS, *HOW_TO) for command in commands(page)]


@pytest.mark.parametrize(("page", "command"), TOLD, ids=[f"{page}: {command}" for page, command in TOLD])
def test_every_command_in_a_tutorial_or_how_to_is_understood(page, command):
    words = shlex.split(command)
    parsed = main._parser(words).parse_args(words)
    assert callable(parsed.run), page


def test_every_questionnaire_that_a_page_asks_for_comes_with_coprod_or_is_made_on_that_page():
    known = {path.stem for path in (ROOT / "surveys/library").glob("*.yaml")}
    for page in PAGES:
        text = page.read_text("utf-8")
        made = set(re.findall(r"coprod surveys make ([a-z-]+)", text))
        asked = re.findall(
            r"^ *coprod (?:serve|surveys (?:run|preview|check|guide|paper|panel)) ([a-z-]+)\b",
            text,
            re.MULTILINE,
        )
        assert set(asked) - known - made == set(), page.name


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.name)
def test_a_tutorial_takes_about_ten_minutes(page):
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", page.read_text("utf-8"))  # pictures are looked at
    assert 5 <= len(commands(page)) <= 20
    assert len(text.split()) <= 1_100


@pytest.mark.parametrize("page", HOW_TO, ids=lambda page: page.name)
def test_a_how_to_is_one_short_page_that_its_index_names(page):
    assert len(page.read_text("utf-8").split()) <= 450
    assert page.name == "README.md" or f"({page.name})" in HOW_TO[0].with_name("README.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page):
    for link in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)\)", page.read_text("utf-8")):
        assert link.startswith("https://") or (page.parent / link).exists(), link


def test_the_facilitators_page_names_every_questionnaire_and_every_starter_is_named_for_campaign_teams():
    questionnaires = {load_questionnaire(path).survey for path in (ROOT / "surveys/library").glob("*.yaml")}
    facilitators = (ROOT / "docs/facilitators.md").read_text("utf-8")
    assert {name for name in questionnaires if f"| `{name}` |" not in facilitators} == set()
    starters = {path.stem for path in (ROOT / "campaigns/starters").glob("*.md")}
    teams = (ROOT / "docs/campaign-teams.md").read_text("utf-8")
    assert {name for name in starters if f"| `{name}` |" not in teams} == set()


def test_a_welsh_reader_is_told_of_every_file_that_holds_welsh():
    told = (ROOT / "docs/welsh.md").read_text("utf-8")
    holding = {
        path.relative_to(ROOT).as_posix()
        for room in ("coprod", "surveys", "campaigns", "analysis")
        for path in (ROOT / room).rglob("*.yaml")
        if re.search(r"\bcy: ", path.read_text("utf-8")) and path.parent.name != "library"
    }
    assert {path for path in holding if f"`{path}`" not in told} == set()
    named = re.findall(r"`([a-z/-]+/[a-z-]+\.yaml)`", told)
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_a_young_person_is_never_called_a_user_or_a_victim():
    for page in TUTORIALS:
        assert not re.search(r"\b(users?|victims?)\b", page.read_text("utf-8").lower()), page.name
