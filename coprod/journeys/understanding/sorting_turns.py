"""One young person sorting cards, turn after turn: a value that a screen draws and a key changes."""

from msgspec import Struct, structs

from analysis.publishing.quotes import is_for_the_lead
from analysis.publishing.redaction import redact
from analysis.themes.deck import Card
from analysis.themes.sorting import Pile, Sort
from coprod.kernel.text import clean_line

LONGEST_NAME = 60
SHORTEST_NAME = 2


class Sorting(Struct, frozen=True):
    """Cards still in the hand from `place` on, each card's pile so far, and the piles' names.

    `laid` holds for every card before `place` the pile's place, or None for a card that was left.
    `is_open` tells that the words of a card with a note may be shown.
    """

    cards: tuple[Card, ...]
    laid: tuple[int | None, ...] = ()
    names: tuple[str, ...] = ()
    is_open: bool = False

    def __repr__(self) -> str:
        """Give the place only."""
        return f"Sorting(at {len(self.laid)})"

    @property
    def card(self) -> Card | None:
        """Give the card on top, or None after the last."""
        return self.cards[len(self.laid)] if len(self.laid) < len(self.cards) else None

    @property
    def shows_words(self) -> bool:
        """Tell whether the words of the card on top are shown: not before its note was met and opened."""
        return self.card is not None and (self.is_open or not self.card.note)

    def cards_in(self, pile: int) -> tuple[int, ...]:
        """Give the numbers of the cards in a pile."""
        return tuple(card.card for card, where in zip(self.cards, self.laid, strict=False) if where == pile)


def open_card(sorting: Sorting) -> Sorting:
    """Show the words of a card with a note."""
    return structs.replace(sorting, is_open=True)


def leave(sorting: Sorting) -> Sorting:
    """Leave the card on top in no pile."""
    return _laid(sorting, None)


def lay(sorting: Sorting, pile: int) -> Sorting | None:
    """Lay the card on top on a pile by its place from 0; None where there is no such pile or its words were not shown."""
    if sorting.card is None or not 0 <= pile < len(sorting.names) or not sorting.shows_words:
        return None
    return _laid(sorting, pile)


def lay_on_new(sorting: Sorting, name: str) -> Sorting | None:
    """Lay the card on top on a new pile, or on the one of that name; None for what cannot be a name."""
    wanted = clean_line(name)
    if not may_be_a_name(wanted):
        return None
    known = [one.casefold() for one in sorting.names]
    if wanted.casefold() in known:
        return lay(sorting, known.index(wanted.casefold()))
    return lay(structs.replace(sorting, names=(*sorting.names, wanted)), len(sorting.names))


def rename(sorting: Sorting, pile: int, name: str) -> Sorting | None:
    """Give a pile another name; None where it is not there or that cannot be a name."""
    wanted = clean_line(name)
    others = [one.casefold() for at, one in enumerate(sorting.names) if at != pile]
    if not 0 <= pile < len(sorting.names) or not may_be_a_name(wanted) or wanted.casefold() in others:
        return None
    names = [*sorting.names]
    names[pile] = wanted
    return structs.replace(sorting, names=tuple(names))


def back(sorting: Sorting) -> Sorting:
    """Take the last card back from its pile; a pile left without cards goes."""
    before = structs.replace(sorting, laid=sorting.laid[:-1], is_open=False)
    empty = [pile for pile in range(len(before.names)) if pile not in before.laid]
    kept = [pile for pile in range(len(before.names)) if pile not in empty]
    return structs.replace(
        before,
        names=tuple(before.names[pile] for pile in kept),
        laid=tuple(kept.index(where) if where is not None else None for where in before.laid),
    )


def finished(sorting: Sorting) -> Sort | None:
    """Give the piles when every card was laid or left and there is a pile; else None. Cards come by number."""
    piles = [Pile(tuple(sorted(sorting.cards_in(at))), name) for at, name in enumerate(sorting.names)]
    return Sort(tuple(sorted(piles))) if piles and sorting.card is None else None


def may_be_a_name(name: str) -> bool:
    """Tell whether a pile may be called this: short, nobody's name or number, and nothing for the safeguarding lead."""
    return (
        SHORTEST_NAME <= len(name) <= LONGEST_NAME
        and not redact([name])[0].removed
        and not is_for_the_lead(name)
    )


def _laid(sorting: Sorting, pile: int | None) -> Sorting:
    if sorting.card is None:
        return sorting
    return structs.replace(sorting, laid=(*sorting.laid, pile), is_open=False)
