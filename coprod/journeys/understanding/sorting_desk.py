"""Sorting by young people at the desk: the decks there are, clearing one card after another, and what comes of the piles."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from coprod.kernel.files import named_like
from coprod.kernel.problem import CoprodError
from coprod.kernel.text import clean_line
from coprod.kernel.unshown import Unshown
from coprod.kernel.wording import Language
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.themes.deck import Card
    from analysis.themes.sorting import SharedTheme
    from coprod.journeys.understanding.at_the_desk import Desk
    from coprod.journeys.understanding.desk_pages import Line
    from coprod.journeys.understanding.sorting_pages import Sorted

AUDIENCE = "young people who sort cards"
THEIR_OWN = "The group wrote some of these answers, so no excerpt was taken: write every card in other words."


class DeckShown(Struct, frozen=True):
    """A deck in a line: its name and question, how many cards, how many wait for somebody, whether it left, who sorted.

    `sorters` is in words; empty when nobody has.
    """

    name: str
    question: str
    cards: int
    waiting: int
    is_dealt: bool
    sorters: str = ""


class CardShown(Unshown, frozen=True):
    """A card as somebody clears it, and what it still lacks."""

    card: "Card"
    lacks: tuple[str, ...]


def decks_of(workspace: Workspace) -> tuple[DeckShown, ...]:
    """Give every deck of a workspace. Raises BadInputError for one with mistakes in its form."""
    from coprod.journeys.understanding.sorting import DECK

    paths = named_like(workspace.analysis, f"*{DECK}")
    return tuple(_deck(workspace, path.name.removesuffix(DECK)) for path in paths)


def cards_of(workspace: Workspace, name: str) -> tuple[CardShown, ...]:
    """Give the cards of a deck in order, each with what it lacks."""
    from analysis.themes.deck import lacks
    from coprod.journeys.understanding.sorting import deck_of

    cards = sorted(deck_of(workspace, name).cards, key=lambda one: one.card)
    return tuple(CardShown(one, lacks(one)) for one in cards)


def change_card(workspace: Workspace, name: str, card: "Card") -> tuple[CardShown, ...]:
    """Keep a card as somebody changed it, and give all of them then; a card whose words changed must be cleared anew."""
    from msgspec.structs import replace

    from analysis.themes.deck import deck_text
    from coprod.journeys.understanding.sorting import deck_of, deck_path
    from coprod.kernel.files import write_whole

    held = deck_of(workspace, name)
    before = next(one for one in held.cards if one.card == card.card)
    if before.shown != card.shown or before.note != card.note:
        card = replace(card, cleared=False)
    cards = tuple(card if one.card == card.card else one for one in held.cards)
    write_whole(deck_path(workspace, name), deck_text(replace(held, cards=cards)).encode())
    return cards_of(workspace, name)


def make_deck(desk: "Desk", typed: tuple[str, ...]) -> tuple[str, ...]:
    """Make a deck of a question: a name, the batches the group wrote in parted by commas, how many cards, how one knows of consent.

    Raises as `new_deck` does.
    """
    from coprod.journeys.understanding.at_the_desk import responses_on
    from coprod.journeys.understanding.sorting import CARDS, DeckAsked, is_their_own, new_deck

    name, answered, number, agreed = typed
    batches = tuple(one.strip() for one in answered.split(",") if one.strip())
    wanted = int(number) if number.isascii() and number.isdecimal() else (0 if number else CARDS)
    asked = DeckAsked(name, desk.question, batches, wanted, agreed)
    own = is_their_own(desk.workspace, desk.source, batches)
    _, deck = new_deck(desk.workspace, desk.source, None if own else responses_on(desk), asked)
    told = f"{len(deck.cards)} cards. Enter reads and clears them, one by one."
    return (told, THEIR_OWN) if own else (told,)


def deal_cards(
    workspace: Workspace, name: str, signed: tuple[str, str], language: Language, today: date
) -> tuple[str, ...]:
    """Record the cards as leaving on two names and write them to be printed; give the files. Raises as `deal` does."""
    from coprod.journeys.understanding.quotes import Asking
    from coprod.journeys.understanding.sorting import deal
    from coprod.journeys.understanding.sorting_pages import print_cards
    from coprod.journeys.understanding.sorting_words import refuse_unread

    refuse_unread(language, simulated=workspace.settings.simulated)
    deck = deal(workspace, name, Asking(*signed, f"{AUDIENCE} ({name})"), today)
    return tuple(f"out/{path.name}" for path in print_cards(workspace, deck, language, today))


def keep_typed_piles(workspace: Workspace, name: str, piles: str) -> str:
    """Keep one young person's piles, typed as `Waiting: 1, 4; Kind people: 2`; give in words how many sorted now.

    Raises BadInputError with everything that is wrong in them.
    """
    from analysis.publishing.disclosure import people_words
    from coprod.journeys.understanding.sorting import dealt_deck, keep_sorts, typed_piles
    from coprod.kernel.problem import BadInputError

    deck = dealt_deck(workspace, name)
    sorts = typed_piles([clean_line(one) for one in piles.split(";") if one.strip()], "piles", deck)
    if not sorts:
        raise BadInputError.of(
            "piles", "there is no pile in it", "write them as Waiting: 1, 4; Kind people: 2"
        )
    return people_words(keep_sorts(workspace, deck, sorts))


def themes_page(workspace: Workspace, name: str) -> "tuple[Line, ...]":
    """Give the themes that a deck's sorters share, written as page and PDF too. Raises as `sorted_themes` does."""
    from coprod.journeys.understanding.sorting_results import sorted_themes

    return _told(workspace, sorted_themes(name, workspace))


def map_page(desk: "Desk", name: str, coder: str) -> "tuple[Line, ...]":
    """Give the themes with a map to an analyst's codes on the same cards. Raises as `with_codes` does."""
    from coprod.journeys.understanding.at_the_desk import responses_on
    from coprod.journeys.understanding.sorting_results import sorted_themes, with_codes

    found = sorted_themes(name, desk.workspace)
    return _told(desk.workspace, with_codes(found, desk.source, responses_on(desk), coder, desk.workspace))


def _deck(workspace: Workspace, name: str) -> DeckShown:
    from coprod.journeys.understanding.sorting import deck_of

    deck = deck_of(workspace, name)
    waiting = sum(bool(one.lacks) for one in cards_of(workspace, name))
    dealt, sorters = _sorters(workspace, name)
    return DeckShown(name, deck.question, len(deck.dealt), waiting, dealt, sorters)


def _sorters(workspace: Workspace, name: str) -> tuple[bool, str]:
    """Give whether a deck's cards left on two names, and in words how many sorted them."""
    from analysis.publishing.disclosure import people_words
    from coprod.journeys.understanding.sorting import dealt_deck, sorts_of

    try:
        deck = dealt_deck(workspace, name)
    except CoprodError:
        return False, ""
    try:
        return True, people_words(len(sorts_of(workspace, deck)))
    except CoprodError:
        return True, ""


def _told(workspace: Workspace, found: "Sorted") -> "tuple[Line, ...]":
    from analysis.publishing.disclosure import people_words
    from analysis.themes.sorting import FEWEST_FOR_LISTS
    from coprod.journeys.understanding.sorting_pages import FEW, LIMITS, print_themes

    page, pdf = print_themes(workspace, found)
    few = (("notice", FEW),) if found.sorters < FEWEST_FOR_LISTS else ()
    lines: list[Line] = [
        ("quiet", f"{_capital(people_words(found.sorters))} young people sorted. {LIMITS}"),
        *few,
    ]
    for theme in found.themes.themes:
        lines += _theme_lines(theme)
    return (*lines, *_map_lines(found), ("body", ""), *_written((page.name, pdf.name)))


def _theme_lines(theme: "SharedTheme") -> "list[Line]":
    from coprod.journeys.understanding.sorting_pages import safe_name, together_words

    others = ", ".join(map(safe_name, theme.other_names)) or "nothing else"
    return [
        ("body", ""),
        ("heading", safe_name(theme.name)),
        ("body", f"Cards {', '.join(map(str, theme.cards))}"),
        ("quiet", f"{_capital(together_words(theme.together))} put these together; also called: {others}"),
    ]


def _map_lines(found: "Sorted") -> "list[Line]":
    from coprod.journeys.understanding.sorting_pages import safe_name

    if found.map is None:
        return []
    near: list[Line] = [
        ("body", f"{safe_name(one.theme)}: {f'{one.nearness} as {one.code}' if one.nearness != 'different' else 'no code is like it'}")
        for one in found.map.nearest
    ]  # fmt: skip
    only = ", ".join(found.map.only_analyst) or "nothing"
    return [("body", ""), ("heading", "Beside the codes"), *near, ("quiet", f"Only the analyst has: {only}")]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _written(names: Sequence[str]) -> "list[Line]":
    return [("quiet", f"Written: out/{name}") for name in names]
