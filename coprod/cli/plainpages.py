"""A page of the interview as plain lines, and a typed line as what it means on that page. No terminal here."""

import re
from typing import TypeVar

from coprod.kernel.wording import Wording
from surveys.interviews.events import Change, Choose, ChooseEnd, Continue, Event, MarkWord, Rank, Rate, Write
from surveys.interviews.pages import Page, PageChoice, PageContact, PageWord
from surveys.interviews.phrases import phrases

T = TypeVar("T")
_ONE = frozenset({"choose-one", "cards", "paired", "faces", "likert", "frequency", "age", "understanding"})


def lines_of(page: Page) -> tuple[str, ...]:
    """Give the lines of a page from top to bottom; an empty one sets parts apart."""
    parts = (
        (page.progress,),
        (page.heading, *page.paragraphs),
        _answers(page),
        tuple(line for contact in page.contacts for line in contact_lines(contact)),
        (page.notice, _how(page)),
        (_keys(page),),
    )
    shown = [tuple(line for line in part if line) for part in parts]
    return tuple(line for part in shown if part for line in ("", *part))


def events_for(page: Page, typed: str) -> tuple[Event, ...]:
    """Give what a typed line means on a page; nothing when it means nothing there."""
    line = typed.strip()
    for action in page.actions:
        if line.lower() == action.key:
            return (action.event,)
    if page.kind == "text":
        return (Write(line, may_quote=False),)
    numbers = [int(number) for number in re.findall(r"[0-9]{1,3}", line)]
    if not numbers or re.sub(r"[0-9]{1,3}|[\s,.;]", "", line):
        return ()
    if page.kind == "number":
        return (Rate(numbers[0]), Continue()) if numbers[0] <= 10 and len(numbers) == 1 else ()
    if page.kind == "highlighter":
        return _marking(page, numbers)
    if page.kind == "look-back":
        picked = [answer.question for answer in _numbered(page.answers, numbers)]
        return (Change(picked[0]),) if len(picked) == 1 else ()
    return _choosing(page, [choice.id for choice in _numbered(page.choices, numbers)])


def contact_lines(contact: PageContact) -> tuple[str, ...]:
    """Give one help contact as lines."""
    return (f"{contact.name}: {contact.offers}", *(f"  {line}" for line in contact.reach))


def _choosing(page: Page, picked: list[str]) -> tuple[Event, ...]:
    """Give the events that leave exactly what was typed chosen, and go on."""
    if not picked or len(set(picked)) != len(picked):
        return ()
    if page.kind in _ONE and len(picked) == 1:
        # What the understanding check says is read before going on.
        return (Choose(picked[0]),) if page.kind == "understanding" else (Choose(picked[0]), Continue())
    if page.kind == "best-worst" and len(picked) <= 2:
        most, least = (*picked, "")[:2]
        return (ChooseEnd("least", least), ChooseEnd("most", most), Continue())
    if page.kind == "ranking":
        return (Rank(tuple(picked)), Continue())
    if page.kind != "choose-many":
        return ()
    taken_back = (one.id for one in page.choices if one.chosen and one.id not in picked)
    before = {one.id for one in page.choices if one.chosen}
    added = (name for name in picked if name not in before)
    return (*(Choose(name) for name in (*taken_back, *added)), Continue())


def _marking(page: Page, numbers: list[int]) -> tuple[Event, ...]:
    """Give the marks that a line such as `2 5 6` puts on words 5 and 6; a first 0 takes marks off."""
    kind, *words = numbers
    if not words or kind > len(page.marks) or any(not 1 <= word <= len(page.passage) for word in words):
        return ()
    mark = page.marks[kind - 1].id if kind else None
    return tuple(MarkWord(word, mark) for word in words)


def _numbered(items: tuple[T, ...], numbers: list[int]) -> list[T]:
    """Give the items with these numbers, from 1; nothing at all when one of the numbers is not there."""
    if any(not 1 <= number <= len(items) for number in numbers):
        return []
    return [items[number - 1] for number in numbers]


def _answers(page: Page) -> tuple[str, ...]:
    if page.kind == "number":
        chosen = (str(page.number),) if page.number is not None else ()
        return (
            f"0: {page.low}",
            f"10: {page.high}",
            *(_said(page, phrases().plain.chosen, label=one) for one in chosen),
        )
    if page.kind == "highlighter":
        text = " ".join(one.word for one in page.passage)
        words = (f"{one.number}. {_word(page, one)}" for one in page.passage)
        return (phrases().plain.passage.into(page.language), text, "", *words)
    if page.kind == "look-back":
        return tuple(f"{place}. {one.asked} {one.answer}" for place, one in enumerate(page.answers, 1))
    return tuple(f"{place}. {_choice(page, one)}" for place, one in enumerate(page.choices, 1))


def _word(page: Page, word: PageWord) -> str:
    mark = next((one.label for one in page.marks if one.id == word.mark), "")
    return _said(page, phrases().plain.marked, label=word.word, mark=mark.lower()) if mark else word.word


def _choice(page: Page, choice: PageChoice) -> str:
    words = phrases().plain
    if end := next((one.label for one in page.ends if one.id == choice.end), ""):
        return _said(page, words.marked, label=choice.label, mark=end.lower())
    if choice.rank:
        return _said(page, words.placed, label=choice.label, rank=str(choice.rank))
    return _said(page, words.chosen, label=choice.label) if choice.chosen else choice.label


def _how(page: Page) -> str:
    words = phrases().plain
    if page.kind == "text":
        kept = f"{words.written.into(page.language)} " if page.text.strip() else ""
        return kept + ("" if kept else words.type_words.into(page.language))
    by_kind = {
        "choose-many": words.type_many,
        "ranking": words.type_order,
        "best-worst": words.type_ends,
        "highlighter": words.type_marks,
        "number": words.type_number,
        "look-back": words.type_change,
        **dict.fromkeys(_ONE, words.type_one),
    }
    how = by_kind.get(page.kind)
    return how.into(page.language) if how is not None else ""


def _keys(page: Page) -> str:
    enter = phrases().plain.enter.into(page.language)
    return ". ".join(f"{action.key or enter}: {action.label}" for action in page.actions)


def _said(page: Page, wording: Wording, **values: str) -> str:
    said = wording.into(page.language)
    for name, value in values.items():
        said = said.replace("{" + name + "}", value)
    return said
