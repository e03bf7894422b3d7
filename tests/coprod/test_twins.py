"""Full screen, numbered lines and typed keys are one interview: the same answers leave the same records."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod.cli.plain import walk
from coprod.journeys.asking.turns import after_writing, turn
from coprod.journeys.asking.visit import Act, Asking, KioskPlan, Pick, Press, Ready, Saving, Visit
from coprod.kernel.record import MainRecord
from surveys.interviews.events import Continue, Decline, MarkWord, Rate, Send, Skip, WantWords, Write
from surveys.interviews.interview import begin, page, records, words_wanted
from surveys.interviews.pages import Page
from surveys.questionnaires.library import shelf
from surveys.questionnaires.questionnaire import Questionnaire, load_questionnaire
from surveys.questionnaires.questions import KINDS, kind_of
from tests.surveys.random_questionnaires import questionnaires

EVERY_KIND = [Path(__file__).parent / "tui" / name for name in ("every_kind.yaml", "more_kinds.yaml")]
REPLAYED = [*EVERY_KIND, *(one.path for one in shelf(None))]
LISTS = {"choose-many", "ranking", "best-worst"}
MOST_PAGES = 60


class Typist:
    """A terminal that types what it was told and shows nothing."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def say(self, *lines: str) -> None:
        """Let them go."""

    def read(self) -> str | None:
        return self.lines.pop(0) if self.lines else None

    def read_hidden(self) -> str | None:
        return None

    def wipe(self) -> None:
        """There is nothing to wipe."""


def _answer(shown: Page, chance: Iterator[int]) -> tuple[list[Act], list[str]]:
    """Give what one person does on a page at the kiosk, and the lines they would type for the same."""
    match shown.kind:
        case "number":
            number = next(chance) % 11
            return [Rate(number), Continue()], [str(number)]
        case "text":
            return [Write("some words", may_quote=True), Continue()], ["some words", "1"]
        case "highlighter":
            word, mark = next(chance) % len(shown.passage), next(chance) % 3
            marked = MarkWord(word + 1, shown.marks[mark].id)
            return [marked, Continue()], [f"{mark + 1} {word + 1}", ""]
        case "look-back" if next(chance) % 2:
            return [WantWords(wanted=False), Send()], ["x", "y"]
        case "look-back":
            return [Send()], ["y"]
        case kind if shown.choices:
            return _picked(shown, chance, many=kind in LISTS)
        case _:
            return [Continue()], [""]


def _picked(shown: Page, chance: Iterator[int], *, many: bool) -> tuple[list[Act], list[str]]:
    if shown.kind == "age" and any(one.chosen for one in shown.choices):
        return [Continue()], [""]
    count = len(shown.choices)
    first = next(chance) % count
    picked = [first, (first + 1 + next(chance) % (count - 1)) % count] if many and count > 1 else [first]
    acts: list[Act] = [Pick(shown.choices[place].id) for place in picked]
    typed = " ".join(str(place + 1) for place in picked)
    lines = [typed, ""] if shown.kind == "understanding" else [typed]
    return [*acts, Continue()], lines


def _at_the_kiosk(plan: KioskPlan, chance: Iterator[int]) -> tuple[Visit, list[str]]:
    """Walk a visit to saving, and give it with the lines that say the same in the plain mode."""
    visit: Visit = Ready()
    for act in (Press("start"), Press("go-on")):
        visit = turn(visit, act, plan)
    typed: list[str] = []
    for _ in range(MOST_PAGES):
        if not isinstance(visit, Asking):
            break
        shown = page(visit.interview)
        passing = next(chance) % 8
        if shown.stage == "questions" and shown.kind not in {"note", "break", "help-card"} and passing < 2:
            acts, lines = [[Skip()], [Decline()]][passing], [["s"], ["n"]][passing]
        else:
            acts, lines = _answer(shown, chance)
        typed += lines
        for act in acts:
            is_writing = isinstance(act, Write)
            visit = after_writing(visit, act, Continue(), plan) if is_writing else turn(visit, act, plan)
            if is_writing:
                break
    return visit, typed


def _plan(questionnaire: Questionnaire) -> KioskPlan:
    return KioskPlan(
        questionnaire=questionnaire,
        sha256="sha",
        languages=("en",),
        contacts=(),
        save=lambda _, __: None,
        is_staff_word=lambda _: False,
        shuffled=lambda choices: choices[::-1],
        gives_words=True,
    )


def _replayed(questionnaire: Questionnaire, numbers: list[int]) -> None:
    """Answer at the kiosk, type the same in the plain mode, and see that both leave the same records."""
    plan = _plan(questionnaire)
    visit, typed = _at_the_kiosk(plan, iter(numbers))
    assert isinstance(visit, Saving), "the kiosk is stuck"
    interview = begin(
        questionnaire, shuffled=plan.shuffled, languages=("en",), front="plain", offers_words=plan.gives_words
    )
    ended = walk(interview, Typist(typed))
    assert ended.stage == "sent", "the plain mode is stuck"
    assert records(ended, "sha") == records(visit.interview, "sha")
    assert words_wanted(ended) == words_wanted(visit.interview)
    (main, *_) = records(ended, "sha")
    assert isinstance(main, MainRecord)


@given(questionnaires(), st.lists(st.integers(0, 1000), min_size=200, max_size=200))
@settings(max_examples=100, deadline=None)
def test_the_same_answers_leave_the_same_records_from_both_front_ends(questionnaire, numbers):
    _replayed(questionnaire, numbers)


@pytest.mark.parametrize("path", REPLAYED, ids=lambda path: path.stem)
def test_every_questionnaire_that_comes_with_coprod_is_the_same_in_plain_lines(path: Path) -> None:
    _replayed(load_questionnaire(path), [2, 3, 5, 7] * 100)


def test_no_kind_is_left_out_of_the_replay() -> None:
    asked = [begin(load_questionnaire(path), languages=("en",)).questionnaire for path in REPLAYED]
    assert {kind_of(page) for questionnaire in asked for page in questionnaire.pages} == set(KINDS)
