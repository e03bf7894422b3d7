"""What the tests of the app share: a plan with every kind of page, screens as text, and a real terminal."""

from datetime import date
from pathlib import Path

import pytest

from coprod.journeys.asking.visit import KioskPlan, Receipt
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.record import Record
from coprod.kernel.wording import Language
from surveys.questionnaires.questionnaire import load_questionnaire

HERE = Path(__file__).parent


class Kept:
    """Stands for the box: remembers what it was given."""

    def __init__(self) -> None:
        self.records: list[tuple[Record, ...]] = []
        self.words_in: list[Language | None] = []

    def save(self, records: tuple[Record, ...], words_in: Language | None) -> Receipt | None:
        self.records.append(records)
        self.words_in.append(words_in)
        return Receipt(("maple", "lantern", "river", "button"), date(2026, 12, 4)) if words_in else None


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def plan(kept: Kept) -> KioskPlan:
    return KioskPlan(
        questionnaire=load_questionnaire(HERE / "every_kind.yaml"),
        sha256="0" * 64,
        languages=("en", "cy"),
        contacts=shipped_contacts().contacts,
        save=kept.save,
        gives_words=True,
        is_staff_word=lambda word: word == "open sesame",
        shuffled=lambda choices: choices,
    )
