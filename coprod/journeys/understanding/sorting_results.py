"""What comes of sorting: the themes a deck's sorters share, and how they lie beside an analyst's codes."""

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from analysis.themes.sorting import shared_themes
from analysis.themes.sorting_map import FEWEST_COMPARED, sorting_map
from coprod.journeys.understanding.codings import codebook_now, coding_work, together
from coprod.journeys.understanding.sorting import cards_of_answers, dealt_deck, fingerprint_of, sorts_of
from coprod.journeys.understanding.sorting_pages import Sorted
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses


def sorted_themes(name: str, workspace: Workspace) -> Sorted:
    """Give the themes of a deck's sorters. Raises RefusedError for fewer than 4 or more than 12 of them."""
    deck = dealt_deck(workspace, name)
    sorts = sorts_of(workspace, deck)
    return Sorted(deck, shared_themes(sorts), len(sorts))


def with_codes(found: Sorted, file: Path, responses: "Responses", coder: str, workspace: Workspace) -> Sorted:
    """Give the themes with a map to one coder's codes on the same cards; cards they have not judged are left out of it.

    Raises BadInputError for another file than the deck's or a coder who coded nothing, and RefusedError where they
    judged fewer than 5 of the cards.
    """
    deck = found.deck
    if fingerprint_of(file) != deck.data:
        raise BadInputError.of(file, "this deck was made from another file", "name the one it was made from")
    work = coding_work(responses, file, deck.question, workspace)
    coding = next((one for one in together(work).coders if one.name == coder), None)
    if coding is None:
        raise BadInputError.of(clean_line(coder), "this coder has coded nothing here", "name one who has")
    ids = list(work.texts) if responses.about is not None else [f"row-{row}" for row in range(1, len(responses.texts(deck.question)) + 1)]  # fmt: skip
    judged = {
        card: next((ids[row] for row in rows if ids[row] in coding.judged), "")
        for card, rows in cards_of_answers(responses, deck, work.decided).items()
    }
    on_table = {card: response for card, response in judged.items() if response}
    if len(on_table) < FEWEST_COMPARED:
        raise RefusedError(
            f"{coder} judged fewer than {FEWEST_COMPARED} of these cards: code more of them first"
        )
    names = {code.id: code.name for code in codebook_now(work).codes}
    codes: dict[str, frozenset[int]] = {}
    for card, response in on_table.items():
        for code in coding.codes_of(response):
            name = names.get(code, code)
            codes[name] = codes.get(name, frozenset()) | {card}
    compared = [
        structs.replace(theme, cards=tuple(card for card in theme.cards if card in on_table))
        for theme in found.themes.themes
    ]
    return structs.replace(found, map=sorting_map([theme for theme in compared if theme.cards], codes))
