"""No screen without a picture: whoever adds one has to look at it in three sizes, and in both languages at the kiosk."""

import importlib
import pkgutil
from typing import get_args

import pytest
from textual.screen import Screen

import coprod.tui
from coprod.journeys.asking.visit import Asking, KioskPlan, Leaving, Saving, Visit
from surveys.interviews.interview import page
from surveys.interviews.pages import PageKind
from surveys.questionnaires.questions import Kind
from tests.coprod.tui.pictures import SNAPSHOTS
from tests.coprod.tui.test_kiosk_pages import _more_visits, _visits

SIZES = ("80x24", "40x24", "120x36")
# What only others are made from, and boxes over a screen that hold what a screen gives them.
NO_SCREENS_OF_THEIR_OWN = {
    "Box", "ChangingScreen", "DeskFrame", "DeskScreen", "OpenedScreen", "ReadingList", "CodingList", "CodebookList", "Face",
    "LongPage", "MarkedScreen", "WritingScreen", "AskedTables", "CodingHelp", "Decks", "HomeView", "LongTexts", "ReportAsked", "Ways",
}  # fmt: skip
# Desk screens whose pictures are not called after them.
CALLED = {
    "HomeScreen": "home",
    "AnyFileScreen": "anyfile",
    "OnBench": "box-working",
    "QuestionnairesScreen": "facilitator",
    "MaterialsScreen": "campaign",
    "BuildScreen": "building",
    "SourcesScreen": "analyst-sources",
    "ResponsesScreen": "analyst-responses",
    "TextsScreen": "analyst-texts",
    "TriageScreen": "analyst-triage",
    "ThemesScreen": "analyst-themes",
    "CodingScreen": "analyst-coding",
    "CodebookScreen": "analyst-codebook",
    "AgreementScreen": "analyst-agreement",
    "JournalScreen": "analyst-journal",
    "LedgerScreen": "analyst-ledger",
    "QuotesScreen": "analyst-quotes",
    "ReportScreen": "analyst-report",
    "WhatIfScreen": "analyst-what-if",
    "YouSaidScreen": "analyst-you-said",
    "PageScreen": "analyst-key-words",
    "Message": "box-message",
    "Filling": "box-filling",
    "Pick": "box-pick",
    "Ticks": "box-ticks",
    "Working": "box-working",
    "Ask": "box-ask",
    "Waiting": "box-waiting",
    "Opening": "box-waiting",
    "FindScreen": "analyst-find",
    "FrameworkScreen": "analyst-framework",
    "RedactionsScreen": "analyst-redactions",
    "SortingScreen": "analyst-sorting",
    "CardsScreen": "analyst-cards",
}


def _screens() -> dict[str, type[Screen[object]]]:
    modules = [
        importlib.import_module(one.name) for one in pkgutil.walk_packages(coprod.tui.__path__, "coprod.tui.")
    ]
    return {
        name: one
        for module in modules
        for name, one in vars(module).items()
        if isinstance(one, type) and issubclass(one, Screen) and one.__module__ == module.__name__
    }


def _called(name: str) -> str:
    """Give what the pictures of a screen are called: KeysScreen's are called keys."""
    words = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)
    return CALLED.get(name, words.strip("-").removesuffix("-screen"))


@pytest.mark.parametrize("name", sorted(_screens().keys() - NO_SCREENS_OF_THEIR_OWN - {"Sheet"}))
def test_every_screen_of_the_desk_has_its_pictures(name: str) -> None:
    missing = [size for size in SIZES if not (SNAPSHOTS / f"desk-{size}-{_called(name)}.txt").exists()]
    assert not missing, f"make desk-SIZE-{_called(name)} in a test, look at it, and keep it"


def test_the_kiosk_has_one_screen_and_every_visit_on_it_has_its_pictures(plan: KioskPlan) -> None:
    assert sorted(name for name, one in _screens().items() if ".respondent." in one.__module__) == [
        "Face",
        "Sheet",
    ]
    shown = _visits(plan, "en") | _more_visits(plan, "en")
    assert {type(one) for one in shown.values()} == set(get_args(Visit))
    for name in shown:
        for language in ("en", "cy"):
            for size in SIZES:
                assert (SNAPSHOTS / f"kiosk-{language}-{size}-{name}.txt").exists(), name


def test_every_kind_of_page_is_among_them(plan: KioskPlan) -> None:
    shown = (_visits(plan, "en") | _more_visits(plan, "en")).values()
    kinds = {page(one.interview).kind for one in shown if isinstance(one, Asking | Saving | Leaving)}
    every = {one for part in get_args(PageKind) for one in (get_args(part) or (part,))} | set(get_args(Kind))
    # Drawn exactly as the choices of one answer are.
    assert every - kinds == {"choose-one", "likert", "frequency"}


def test_no_picture_is_wider_or_higher_than_its_window() -> None:
    for path in SNAPSHOTS.glob("*.txt"):
        size = next(one for one in SIZES if f"-{one}-" in path.name)
        columns, rows = map(int, size.split("x"))
        lines = path.read_text("utf-8").splitlines()
        assert len(lines) <= rows, path.name
        assert max((len(line) for line in lines), default=0) <= columns, path.name
