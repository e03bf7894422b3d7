"""`coprod analysis sort …`: young people sort cleared excerpts into piles, on cards or here, and their themes come of it."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coprod.cli.output import add_format, print_json, print_line
from coprod.cli.responses import add_responses, responses_of
from coprod.kernel.problem import BadInputError, RefusedError

if TYPE_CHECKING:
    from analysis.themes.sorting import SharedTheme
    from analysis.themes.sorting_map import SortingMap
    from coprod.journeys.understanding.sorting_pages import Sorted

Commands = Any  # argparse's type for sub-commands is private

CLEAR = "Read every card and clear it in this file; then: coprod analysis sort cards NAME --read-by NAME --approved-by NAME"


def add_commands(commands: Commands) -> None:
    """Add `sort` with its own commands."""
    group = commands.add_parser("sort", help="themes by young people: they sort excerpts into piles")
    kinds = group.add_subparsers(metavar="WHAT", required=True)
    _add_deck(kinds)
    cards = _named(kinds, "cards", "print the cleared cards, one excerpt a card", run_cards)
    cards.add_argument("--read-by", default="", metavar="NAME", help="who has read every card")
    cards.add_argument("--approved-by", default="", metavar="NAME", help="who else agrees")
    _add_language(cards)
    here = _named(kinds, "run", "let young people sort here, one after another", run_here)
    _add_language(here)
    piles = _named(kinds, "piles", "take piles of printed cards, as typed in", run_piles)
    piles.add_argument("typed", type=Path, metavar="PILES", help="a pile a line, such as `Waiting: 1, 4`; an empty line after each person")  # fmt: skip
    _named(kinds, "themes", "the themes that the sorters share", run_themes)
    beside = _named(kinds, "map", "their themes beside an analyst's codes", run_map, formats=False)
    add_responses(beside)
    beside.add_argument("--by", required=True, metavar="INITIALS", help="whose codes")


def _add_deck(kinds: Commands) -> None:
    deck = kinds.add_parser("deck", help="pick redacted excerpts of writers who agreed, to be cleared")
    add_responses(deck)
    deck.add_argument("--text", required=True, metavar="COLUMN", help="the column or question")
    deck.add_argument("--name", required=True, metavar="NAME", help="what the deck is called")
    deck.add_argument("--group-answered", action="append", default=[], metavar="BATCH",
                      help="a batch the sorting group wrote in, each one; or none")  # fmt: skip
    deck.add_argument("--most", type=int, default=40, metavar="N", help="how many cards")
    deck.add_argument("--agreed", default="", metavar="HOW",
                      help="of a file that is no batch: how you know that its writers let themselves be quoted")  # fmt: skip
    deck.set_defaults(run=run_deck)


def _named(kinds: Commands, name: str, summary: str, run: Any, *, formats: bool = True) -> Any:
    parser = kinds.add_parser(name, help=summary)
    parser.add_argument("name", metavar="NAME", help="the deck")
    if formats:
        add_format(parser)
    parser.set_defaults(run=run)
    return parser


def _add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=("en", "cy"), default="en", help="Welsh is a draft until read")


def run_deck(arguments: argparse.Namespace) -> int:
    """Write a deck to be cleared."""
    from coprod.journeys.understanding.sorting import DeckAsked, is_their_own, new_deck
    from coprod.workspace import here

    workspace = here()
    asked = DeckAsked(
        arguments.name, arguments.text, tuple(arguments.group_answered), arguments.most, arguments.agreed
    )
    own = is_their_own(workspace, arguments.file, asked.group_answered)
    path, deck = new_deck(workspace, arguments.file, None if own else responses_of(arguments), asked)
    if arguments.format == "json":
        print_json({"deck": str(path), "cards": len(deck.cards), "in_other_words_only": own})
        return 0
    print_line(f"Written: {path}, {len(deck.cards)} cards")
    if own:
        print_line(
            "The group wrote some of these answers, so no excerpt was taken: write the cards in other words."
        )
    print_line(CLEAR)
    return 0


def run_cards(arguments: argparse.Namespace) -> int:
    """Record the cards as leaving on two names, and write them to be printed."""
    from coprod.clock import today
    from coprod.journeys.understanding.quotes import Asking
    from coprod.journeys.understanding.sorting import deal
    from coprod.journeys.understanding.sorting_desk import AUDIENCE
    from coprod.journeys.understanding.sorting_pages import print_cards
    from coprod.journeys.understanding.sorting_words import refuse_unread
    from coprod.workspace import here

    workspace = here()
    refuse_unread(arguments.language, simulated=workspace.settings.simulated)
    asking = Asking(arguments.read_by, arguments.approved_by, f"{AUDIENCE} ({arguments.name})")
    deck = deal(workspace, arguments.name, asking, today())
    page, pdf = print_cards(workspace, deck, arguments.language, today())
    if arguments.format == "json":
        print_json({"cards": len(deck.dealt), "page": str(page), "pdf": str(pdf)})
        return 0
    print_line(f"{len(deck.dealt)} cards: {pdf}")
    print_line(f"         {page}")
    print_line(
        "Print on one side and cut along the lines. Have 4 to 12 young people sort them, each on their own."
    )
    return 0


def run_here(arguments: argparse.Namespace) -> int:
    """Let one young person after another sort on this terminal, each on a screen that is wiped."""
    from coprod.cli.plainterminal import LineTerminal, keeps_here
    from coprod.cli.sorting_visit import sort_cards
    from coprod.clock import today
    from coprod.journeys.asking.sessions import help_contacts
    from coprod.journeys.understanding.sorting import dealt_deck, keep_sorts
    from coprod.journeys.understanding.sorting_words import refuse_unread
    from coprod.workspace import here

    workspace = here()
    deck = dealt_deck(workspace, arguments.name)
    refuse_unread(arguments.language, simulated=workspace.settings.simulated)
    if reason := keeps_here():
        raise RefusedError(f"cards are sorted where the screen can be cleared: {reason}")
    terminal = LineTerminal(wipes=True)
    contacts = help_contacts(workspace, today())
    while True:
        terminal.wipe()
        terminal.say("Staff: Enter for the next young person, Q to stop.")
        if (terminal.read() or "q").strip().casefold() == "q":
            terminal.wipe()
            return 0
        sort = sort_cards(deck.dealt, terminal, arguments.language, contacts)
        if sort is not None:
            keep_sorts(workspace, deck, (sort,))


def run_piles(arguments: argparse.Namespace) -> int:
    """Keep the piles a facilitator typed from printed cards."""
    from analysis.publishing.disclosure import people_words
    from coprod.journeys.understanding.sorting import dealt_deck, keep_sorts, typed_sorts
    from coprod.workspace import here

    workspace = here()
    deck = dealt_deck(workspace, arguments.name)
    sorts = typed_sorts(arguments.typed, deck)
    if not sorts:
        raise BadInputError.of(
            arguments.typed, "there is no pile in it", "write a pile a line: `Waiting: 1, 4`"
        )
    now = people_words(keep_sorts(workspace, deck, sorts))
    if arguments.format == "json":
        print_json({"sorters": now})
    else:
        print_line(f"Kept. Piles of {now} young people are there now. Destroy the file you typed them in.")
    return 0


def run_themes(arguments: argparse.Namespace) -> int:
    """Print the shared themes and write them as page and PDF."""
    from coprod.journeys.understanding.sorting_results import sorted_themes
    from coprod.workspace import here

    return _show(arguments, sorted_themes(arguments.name, here()))


def run_map(arguments: argparse.Namespace) -> int:
    """Print and write the shared themes beside one analyst's codes on the same cards."""
    from coprod.journeys.understanding.sorting_results import sorted_themes, with_codes
    from coprod.workspace import here

    workspace = here()
    found = sorted_themes(arguments.name, workspace)
    return _show(
        arguments, with_codes(found, arguments.file, responses_of(arguments), arguments.by, workspace)
    )


def _show(arguments: argparse.Namespace, found: "Sorted") -> int:
    from analysis.publishing.disclosure import people_words
    from analysis.themes.sorting import FEWEST_FOR_LISTS
    from coprod.journeys.understanding.sorting_pages import (
        FEW,
        LIMITS,
        print_themes,
    )
    from coprod.workspace import here

    page, pdf = print_themes(here(), found)
    if arguments.format == "json":
        shown = [_theme_as_json(one) for one in found.themes.themes]
        print_json({"sorters": people_words(found.sorters), "themes": shown, "between": found.themes.between,
                    "alone": found.themes.alone, "map": _map_as_json(found.map), "page": str(page), "pdf": str(pdf)})  # fmt: skip
        return 0
    print_line(f"{people_words(found.sorters)} young people sorted. {LIMITS}")
    for theme in found.themes.themes:
        _print_theme(theme)
    print_line()
    for line in (*([FEW] if found.sorters < FEWEST_FOR_LISTS else ()), *_map_lines(found.map)):
        print_line(line)
    print_line(f"Written: {pdf}")
    return 0


def _theme_as_json(theme: "SharedTheme") -> dict[str, Any]:
    from coprod.journeys.understanding.sorting_pages import safe_name, together_words

    return {
        "name": safe_name(theme.name),
        "cards": theme.cards,
        "put_together_by": together_words(theme.together),
        "also_called": [safe_name(name) for name in theme.other_names],
    }


def _print_theme(theme: "SharedTheme") -> None:
    from coprod.journeys.understanding.sorting_pages import safe_name, together_words

    others = ", ".join(map(safe_name, theme.other_names)) or "nothing else"
    print_line()
    print_line(f"{safe_name(theme.name)}: cards {', '.join(map(str, theme.cards))}")
    print_line(f"    {together_words(theme.together)} put these together; also called: {others}")


def _map_as_json(found: "SortingMap | None") -> dict[str, Any] | None:
    if found is None:
        return None
    nearest = [{"theme": one.theme, "code": one.code, "nearness": one.nearness} for one in found.nearest]
    return {
        "nearest": nearest,
        "only_young_people": found.only_young_people,
        "only_analyst": found.only_analyst,
    }


def _map_lines(found: "SortingMap | None") -> list[str]:
    if found is None:
        return []
    lines = [f"{one.theme}: {one.nearness} as {one.code}" if one.nearness != "different" else f"{one.theme}: no code is like it"
             for one in found.nearest]  # fmt: skip
    return [*lines, f"Only the analyst has: {', '.join(found.only_analyst) or 'nothing'}", ""]
