"""What sorting leaves on paper: cards to cut out, and the themes a group made with a map beside an analyst's codes."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from analysis.publishing.disclosure import people_words
from analysis.publishing.quotes import is_for_the_lead
from analysis.publishing.redaction import redact
from analysis.themes.deck import Card, Deck
from analysis.themes.placing import placed
from analysis.themes.sorting import FEWEST_FOR_LISTS, SharedTheme, SharedThemes
from analysis.themes.sorting_map import SortingMap
from campaigns.render import draw
from coprod.journeys.asking.sessions import help_contacts
from coprod.journeys.understanding.sorting_words import sorting_words
from coprod.kernel.contacts import HelpContact
from coprod.kernel.document import (
    Block,
    ContactCard,
    Document,
    Heading,
    ItemList,
    Network,
    Node,
    Paragraph,
    Span,
    Table,
    Tie,
    plain,
)
from coprod.kernel.files import write_whole
from coprod.kernel.wording import Language
from coprod.workspace import Workspace

PILES_ON_A_SHEET = 8
BLANK = " \n "
LEAST_TIE = 0.5
NAME_WITHHELD = "a name that is for the safeguarding lead"
STEPS = ((0.75, "nearly everybody"), (0.5, "most"), (0.0, "some"))
FOR_WHOM = "For the group that sorted the cards, and the analyst. To print any of these words elsewhere, clear them as quotes."
METHOD = (
    "Young people sorted the same cards into piles and named them (Participatory Theme Elicitation: Best and others "
    "2017, Trials 18:559). Two cards are tied as often as they lay in one pile; the groups of that network "
    "(modularity, resolution 1.4) are the shared themes, named by the pile names that fit them best. "
    "The same piles give the same themes in whatever order they come."
)
NO_PERSON = "Piles are kept without name, time or order. A list of piles alone is no personal data."
FEW = "Fewer than 5 young people sorted, so only names that two of them gave, and the one each theme is called by, are told."
LIMITS = "These are themes of those at the table, made from cards somebody picked. They count nothing."


class Sorted(Struct, frozen=True):
    """All that a page about sorting says: the deck, the themes, how many sorted, and the map where an analyst coded."""

    deck: Deck
    themes: SharedThemes
    sorters: int
    map: SortingMap | None = None


def print_cards(workspace: Workspace, deck: Deck, language: Language, today: date) -> tuple[Path, Path]:
    """Write `out/NAME-cards.html` and `.pdf`: what to do, one excerpt a card with its number, a sheet for piles, help."""
    return _write(workspace, f"{deck.deck}-cards", cards_document(workspace, deck, language, today))


def print_themes(workspace: Workspace, found: Sorted) -> tuple[Path, Path]:
    """Write `out/NAME-themes.html` and `.pdf`."""
    return _write(workspace, f"{found.deck.deck}-themes", themes_document(workspace, found))


def cards_document(workspace: Workspace, deck: Deck, language: Language, today: date) -> Document:
    """Give the cards as a document, help on every page of it."""
    words = sorting_words()
    contacts = help_contacts(workspace, today)
    about = tuple(plain(one.into(language)) for one in words.about)
    blocks: list[Block] = [
        Heading(1, plain(words.title.into(language))),
        Paragraph(plain(words.lead.into(language)), "lead"),
        ItemList(about),
        *(Paragraph(card_inline(card, language), "card") for card in deck.dealt),
        Heading(2, plain(words.sheet_title.into(language))),
        Paragraph(plain(words.sheet_lead.into(language))),
        Table("", tuple(one.into(language) for one in words.sheet_header), _rows_to_fill()),
        *(_contact(one, language) for one in contacts),
    ]
    help_line = f"{words.help.into(language)}: {'; '.join(contact_line(one) for one in contacts)}"
    mark = (
        "simulated"
        if workspace.settings.simulated
        else "draft"
        if language == "cy" and not words.read_by
        else ""
    )
    return Document(words.title.into(language), language, tuple(blocks), mark, help_line)


def card_inline(card: Card, language: Language) -> tuple[Span, ...]:
    """Give what stands on a card: its number, its note with a place to fold, its words."""
    words = sorting_words()
    number = Span(f"{words.said('card', language, number=card.card)}\n", strong=True)
    note = (
        (
            Span(f"{words.said('careful', language, note=card.note)}\n"),
            Span(f"— {words.fold.into(language)} —\n", emphasis=True),
        )
        if card.note
        else ()
    )
    told = (Span(f" ({words.other_words.into(language)})", emphasis=True),) if card.in_other_words else ()
    return (number, *note, Span(card.shown), *told)


def themes_document(workspace: Workspace, found: Sorted) -> Document:
    """Give the shared themes, the network of cards, and the map, as a document."""
    blocks = (
        Heading(1, plain(f"Themes by young people: {found.deck.question}")),
        Paragraph(plain(f"{_capital(people_words(found.sorters))} young people sorted {len(found.themes.cards)} cards. {LIMITS}"), "lead"),
        Paragraph(plain(FOR_WHOM), "caution"),
        *_theme_table(found.themes),
        card_network(found.themes),
        *_loose(found.themes),
        *(_map_blocks(found.map) if found.map else ()),
        *_card_words(found),
        Heading(2, plain("How this was done")),
        *(Paragraph(plain(one)) for one in _method(found.sorters)),
    )  # fmt: skip
    mark = "simulated" if workspace.settings.simulated else ""
    return Document(f"Themes by young people: {found.deck.deck}", "en", blocks, mark, FOR_WHOM)


def together_words(share: float) -> str:
    """Give in words how often a theme's cards lay together."""
    return next(words for least, words in STEPS if share >= least)


def safe_name(name: str) -> str:
    """Give a pile's name as it may be printed."""
    return NAME_WITHHELD if is_for_the_lead(name) else redact([name])[0].text


def card_network(themes: SharedThemes) -> Network:
    """Give the picture of which cards lay together: lines where at least half laid them together."""
    places = placed(themes.ties)
    group_of = {card: at for at, theme in enumerate(themes.themes) for card in theme.cards}
    nodes = tuple(
        Node(str(card), float(across), float(down), 0.3, group_of.get(card, len(themes.themes)))
        for card, (across, down) in zip(themes.cards, places, strict=True)
    )
    ties = tuple(
        Tie(first, second, float(themes.ties[first, second]) / 2)
        for first in range(len(nodes))
        for second in range(first + 1, len(nodes))
        if themes.ties[first, second] >= LEAST_TIE
    )
    said = "; ".join(f"{safe_name(theme.name)}: cards {_numbers(theme.cards)}" for theme in themes.themes)
    alt = f"Cards that at least half laid together are joined. The groups are: {said}."
    return Network("Which cards lay together", nodes, ties, alt)


def map_network(found: SortingMap, themes: Sequence[str], codes: Sequence[str]) -> Network:
    """Give the map as a picture: young people's themes on the left, the analyst's codes on the right, lines where they meet."""
    left = [Node(safe_name(name), 0.15, _down(at, len(themes)), 0.5, 0) for at, name in enumerate(themes)]
    right = [Node(name, 0.85, _down(at, len(codes)), 0.5, 1) for at, name in enumerate(codes)]
    ties = tuple(
        Tie(themes.index(pair.theme), len(left) + codes.index(pair.code), pair.share) for pair in found.near
    )
    said = "; ".join(f"{safe_name(pair.theme)} and {pair.code}: {pair.nearness}" for pair in found.near)
    alt = f"Left: themes of young people. Right: the analyst’s codes. Joined where their cards meet: {said or 'nowhere'}."
    return Network("Where young people and the analyst meet", (*left, *right), ties, alt)


def _write(workspace: Workspace, name: str, document: Document) -> tuple[Path, Path]:
    page, pdf = workspace.out / f"{name}.html", workspace.out / f"{name}.pdf"
    drawn = draw(document, "report-page"), draw(document, "report-pdf")
    for path, content in zip((page, pdf), drawn, strict=True):
        write_whole(path, content)
    return page, pdf


def _theme_table(themes: SharedThemes) -> Iterator[Block]:
    rows = tuple(_theme_row(theme) for theme in themes.themes)
    yield Heading(2, plain("The themes they share"))
    yield Table("", ("Theme", "Put these together", "Also called", "Cards"), rows)


def _theme_row(theme: SharedTheme) -> tuple[str, str, str, str]:
    others = ", ".join(safe_name(name) for name in theme.other_names) or "–"
    return safe_name(theme.name), together_words(theme.together), others, _numbers(theme.cards)


def _loose(themes: SharedThemes) -> Iterator[Block]:
    """Say which cards do not fit: never hide what is left over."""
    if themes.between:
        yield Paragraph(plain(f"Cards between two themes, to talk about: {_numbers(themes.between)}."))
    if themes.alone:
        yield Paragraph(plain(f"Cards that nobody put with another: {_numbers(themes.alone)}."))


def _map_blocks(found: SortingMap) -> Iterator[Block]:
    themes = tuple(dict.fromkeys(pair.theme for pair in found.nearest))
    codes = tuple(dict.fromkeys((*(pair.code for pair in found.near), *found.only_analyst)))
    yield Heading(2, plain("Where they and the analyst differ"))
    rows = tuple(
        (
            safe_name(pair.theme),
            *((pair.code, pair.nearness) if pair.nearness != "different" else ("–", "no code is like it")),
        )
        for pair in found.nearest
    )
    yield Table("", ("Theme of young people", "Nearest code of the analyst", "How near"), rows)
    if found.only_young_people:
        names = ", ".join(map(safe_name, found.only_young_people))
        yield Paragraph(plain(f"Only young people made: {names}. The analyst has no code like it: talk, and consider one."), "caution")  # fmt: skip
    if found.only_analyst:
        yield Paragraph(plain(f"Only the analyst has: {', '.join(found.only_analyst)}."))
    yield map_network(found, themes, codes)


def _card_words(found: Sorted) -> Iterator[Block]:
    by_number = {card.card: card for card in found.deck.dealt}
    yield Heading(2, plain("The cards of each theme"))
    for theme in found.themes.themes:
        yield Heading(3, plain(safe_name(theme.name)))
        yield ItemList(tuple(_card_line(by_number[card]) for card in theme.cards if card in by_number))


def _card_line(card: Card) -> tuple[Span, ...]:
    note = (Span(f"[about: {card.note}] ", emphasis=True),) if card.note else ()
    return (Span(f"{card.card}  ", strong=True), *note, Span(f"{card.shown} ({card.told})"))


def _method(sorters: int) -> tuple[str, ...]:
    return (METHOD, NO_PERSON, FEW) if sorters < FEWEST_FOR_LISTS else (METHOD, NO_PERSON)


def _rows_to_fill() -> tuple[tuple[str, str, str], ...]:
    return tuple((str(number), BLANK, BLANK) for number in range(1, PILES_ON_A_SHEET + 1))


def _contact(contact: HelpContact, language: Language) -> ContactCard:
    reach = tuple(one for one in (contact.call, contact.text, contact.web) if one)
    return ContactCard(contact.name, reach, f"{contact.offers.into(language)} {contact.hours.into(language)}")


def contact_line(contact: HelpContact) -> str:
    """Give a help contact in a few words."""
    number = contact.call or contact.text
    return number if number == contact.name else f"{contact.name} {number}"


def _down(at: int, count: int) -> float:
    return (at + 0.5) / max(1, count)


def _numbers(cards: Sequence[int]) -> str:
    return ", ".join(map(str, cards))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
