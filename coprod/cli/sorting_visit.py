"""One young person sorting cards in plain lines: help on every page, nothing kept until they say so, nothing left after."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coprod.cli.plainterminal import Terminal
from coprod.journeys.understanding.sorting_pages import contact_line
from coprod.journeys.understanding.sorting_turns import (
    Sorting,
    back,
    finished,
    lay,
    lay_on_new,
    leave,
    open_card,
    rename,
)
from coprod.journeys.understanding.sorting_words import sorting_words
from coprod.kernel.contacts import HelpContact
from coprod.kernel.wording import Language

if TYPE_CHECKING:
    from analysis.themes.deck import Card
    from analysis.themes.sorting import Sort


def sort_cards(
    cards: "Sequence[Card]", terminal: Terminal, language: Language, contacts: Sequence[HelpContact]
) -> "Sort | None":
    """Give one young person's piles, or None when they stopped. The screen is wiped after every key and at the end."""
    visit = _Visit(terminal, language, contacts)
    try:
        return visit.sort(Sorting(tuple(cards)))
    except KeyboardInterrupt:
        return None
    finally:
        terminal.wipe()


class _Visit:
    """Draws where somebody is and reads what they type."""

    def __init__(self, terminal: Terminal, language: Language, contacts: Sequence[HelpContact]) -> None:
        self.terminal, self.language, self.contacts = terminal, language, contacts
        self.words = sorting_words()

    def sort(self, sorting: Sorting) -> "Sort | None":
        said = [self.words.lead.into(self.language), *(one.into(self.language) for one in self.words.about)]
        while True:
            self._show(sorting, said)
            typed = self.terminal.read()
            key = "x" if typed is None else typed.strip()
            if key.casefold() == "x":
                return self._end(None)
            if key.casefold() == "d" and (kept := finished(sorting)) is not None:
                return self._end(kept)
            after = self._after(sorting, key)
            said = [] if after else [self._why_not(sorting, key)]
            sorting = after or sorting

    def _after(self, sorting: Sorting, key: str) -> Sorting | None:
        """Give where one is after a key; None where it means nothing here."""
        match key.casefold():
            case "h":
                self._help()
                return sorting
            case "b":
                return back(sorting)
            case "l":
                return leave(sorting)
            case "":
                return open_card(sorting) if sorting.card and not sorting.shows_words else None
            case _ if sorting.card is None:
                number, _, name = key.partition(" ")
                return rename(sorting, int(number) - 1, name) if _is_number(number) else None
            case _ if not sorting.shows_words:
                return None
            case _:
                return lay(sorting, int(key) - 1) if _is_number(key) else lay_on_new(sorting, key)

    def _why_not(self, sorting: Sorting, key: str) -> str:
        named = sorting.shows_words and key and not _is_number(key)
        return (self.words.not_a_name if named else self.words.unknown).into(self.language)

    def _show(self, sorting: Sorting, said: Sequence[str]) -> None:
        self.terminal.wipe()
        self.terminal.say(*said, *([""] if said else []), *self._top(sorting), "", *self._piles(sorting), "")
        if sorting.card is None:
            self.terminal.say(self.words.finished.into(self.language))
        elif sorting.shows_words:
            self.terminal.say(self.words.keys.into(self.language))
        else:
            self.terminal.say(self.words.open.into(self.language))
        self.terminal.say(self._help_line())

    def _top(self, sorting: Sorting) -> list[str]:
        """Give the card on top: of one with a note, first the note alone."""
        card = sorting.card
        if card is None:
            return []
        number = self.words.said("card", self.language, number=card.card)
        note = [self.words.said("careful", self.language, note=card.note)] if card.note else []
        told = f" ({self.words.other_words.into(self.language)})" if card.in_other_words else ""
        return [number, *note, *([f"“{card.shown}”{told}"] if sorting.shows_words else [])]

    def _piles(self, sorting: Sorting) -> list[str]:
        if not sorting.names:
            return [self.words.no_piles.into(self.language)]
        listed = (", ".join(map(str, sorting.cards_in(at))) for at in range(len(sorting.names)))
        piles = [
            f"  {at}. {name}: {cards}"
            for at, (name, cards) in enumerate(zip(sorting.names, listed, strict=True), 1)
        ]
        return [self.words.piles.into(self.language), *piles]

    def _help_line(self) -> str:
        first = "; ".join(contact_line(one) for one in self.contacts[:2])
        return f"{self.words.help.into(self.language)} (H): {first}"

    def _help(self) -> None:
        self.terminal.wipe()
        for one in self.contacts:
            reach = ", ".join(part for part in (one.call, one.text, one.web) if part and part != one.name)
            offers, hours = one.offers.into(self.language), one.hours.into(self.language)
            self.terminal.say(f"{one.name}: {reach}" if reach else one.name, f"  {offers} ({hours})")
        self.terminal.say("", self.words.back_to_cards.into(self.language))
        self.terminal.read()

    def _end(self, kept: "Sort | None") -> "Sort | None":
        self.terminal.wipe()
        self.terminal.say((self.words.kept if kept else self.words.thrown).into(self.language))
        self.terminal.read()
        return kept


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) < 4
