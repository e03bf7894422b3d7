"""Themes by young people, from a deck of cleared excerpts to shared themes: what coprod does with files on the way."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from analysis.inputs.responses import LARGEST
from analysis.publishing.quotes import Candidate
from analysis.themes.deck import (
    MOST_CARDS,
    Deck,
    cleared_deck,
    deck_text,
    fingerprint,
    load_deck,
    new_cards,
)
from analysis.themes.sorting import MOST_SORTERS, Pile, Sort
from coprod.journeys.asking.batches import BATCH, batch_header
from coprod.journeys.understanding.quotes import Asking, approvals_of, approve_quotes, pick_quotes
from coprod.journeys.understanding.redactions import decided_in
from coprod.journeys.understanding.sorting_turns import LONGEST_NAME, may_be_a_name
from coprod.kernel.files import read_bytes, read_text, write_whole
from coprod.kernel.problem import BadInputError, Problem, RefusedError
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import load_yaml
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses
    from analysis.publishing.redaction import Decided

DECK, SORTS = ".deck.yaml", ".sorts.yaml"
NONE = "none"
CARDS = 40
NOBODY_ASKED = (
    "a card shows only words whose writer let them be quoted, and this file does not say who did: "
    "keep only theirs in it, and say how you know with --agreed HOW"
)


class Sorts(Struct, frozen=True, forbid_unknown_fields=True):
    """Everybody's piles from one deck (`cards` is the SHA-256 of what was on its cards), in the order of the alphabet.

    A list of piles without a name, a time or an order is no personal data.
    """

    format: Literal[1]
    deck: str
    cards: str
    sorts: Annotated[tuple[Sort, ...], Meta(max_length=MOST_SORTERS)]


class DeckAsked(Struct, frozen=True):
    """What a deck is made from: its name, the question, the batches the sorting group wrote in, how many cards.

    `agreed` is, for a file that is no batch, how somebody knows that its writers let themselves be quoted.
    """

    name: str
    question: str
    group_answered: tuple[str, ...]
    number: int = CARDS
    agreed: str = ""


def new_deck(
    workspace: Workspace, file: Path, responses: "Responses | None", asked: DeckAsked
) -> tuple[Path, Deck]:
    """Write `analysis/NAME.deck.yaml` with redacted excerpts of writers who agreed, to be cleared by a person.

    Of answers the group itself gave no excerpt is taken: its cards are blank, for other words. Raises BadInputError
    when nobody said what the group answered, or named a batch that is not there, and RefusedError as `pick_quotes` does.
    """
    path = deck_path(workspace, asked.name)
    if path.exists():
        raise BadInputError.of(path, "there is a deck of this name", "give another name")
    if not 1 <= asked.number <= MOST_CARDS:
        raise BadInputError.of("--most", "a deck has no such number of cards", f"ask for 1 to {MOST_CARDS}")
    found: tuple[Candidate, ...] = ()
    own = is_their_own(workspace, file, asked.group_answered)
    if not own and file.suffix.lower() != BATCH and not clean_line(asked.agreed):
        raise RefusedError(NOBODY_ASKED)
    if not own and responses is not None:
        decided = decided_in(workspace, file, responses, asked.question)
        found = pick_quotes(responses, asked.question, asked.number, decided)
    blank = 0 if found else asked.number
    data = hashlib.sha256(read_bytes(file, LARGEST)).hexdigest()
    cards = new_cards(found, len(found) or blank)
    deck = Deck(1, asked.name, asked.question, data, asked.group_answered, clean_line(asked.agreed), cards)
    write_whole(path, deck_text(deck).encode())
    return path, deck


def is_their_own(workspace: Workspace, file: Path, group_answered: Sequence[str]) -> bool:
    """Tell whether the sorting group wrote some of the answers in a file: it is a batch they named, or shares a session with one.

    coprod cannot know who is at the table: the group names its batches. Raises BadInputError when nobody asked them.
    """
    if not group_answered:
        raise BadInputError.of(
            "--group-answered",
            "nobody has said which batches the sorting group wrote in",
            "ask them; name each batch, or say none",
        )
    named = [name for name in group_answered if name.casefold() != NONE]
    own = [_batch_named(workspace, name) for name in named]
    data = fingerprint_of(file)
    sessions = _sessions(file)
    return any(fingerprint_of(batch) == data or sessions & _sessions(batch) for batch in own)


def fingerprint_of(file: Path) -> str:
    """Give the SHA-256 of a file."""
    return hashlib.sha256(read_bytes(file, LARGEST)).hexdigest()


def deal(workspace: Workspace, name: str, asking: Asking, today: date) -> Deck:
    """Give a deck that may be handed round, its cards recorded as leaving on two names.

    Raises BadInputError with what is still to do on each card, and RefusedError without two names.
    """
    deck = cleared_deck(deck_path(workspace, name))
    cards = [Candidate(card.shown, frozenset(), ()) for card in deck.dealt]
    approve_quotes(workspace, deck.question, cards, asking, today)
    return deck


def dealt_deck(workspace: Workspace, name: str) -> Deck:
    """Give a deck whose every card was recorded as leaving. Raises RefusedError when one was not, or was changed since."""
    deck = cleared_deck(deck_path(workspace, name))
    left = {one.quote for one in approvals_of(workspace)}
    if not all(fingerprint(card.shown) in left for card in deck.dealt):
        raise RefusedError(
            "nobody has put two names to these cards as they are now: coprod analysis sort cards NAME"
        )
    return deck


def keep_sorts(workspace: Workspace, deck: Deck, new: Sequence[Sort]) -> int:
    """Keep young people's piles with those that are there, in the order of the alphabet; give how many there are now.

    Raises BadInputError when that would be more than 12, or the deck's cards were changed since the first were kept.
    """
    path = workspace.analysis / f"{deck.deck}{SORTS}"
    mark = _cards_mark(deck)
    held = load_yaml(path, Sorts).value if path.exists() else Sorts(1, deck.deck, mark, ())
    if held.cards != mark:
        raise BadInputError.of(path, "these piles are of other cards", "put the deck back as it was sorted")
    together = tuple(sorted((*held.sorts, *new)))
    if len(together) > MOST_SORTERS:
        raise BadInputError.of(path, f"that would be over {MOST_SORTERS} people", "make another deck for the next group")  # fmt: skip
    write_whole(path, _as_yaml(Sorts(1, deck.deck, mark, together)))
    return len(together)


def sorts_of(workspace: Workspace, deck: Deck) -> tuple[Sort, ...]:
    """Give everybody's piles. Raises BadInputError when there are none, or they do not fit the deck."""
    path = workspace.analysis / f"{deck.deck}{SORTS}"
    if not path.exists():
        raise BadInputError.of(
            path, "nobody has sorted these cards yet", "coprod analysis sort piles NAME FILE"
        )
    held = load_yaml(path, Sorts).value
    if held.cards != _cards_mark(deck):
        raise BadInputError.of(path, "these piles are of other cards", "put the deck back as it was sorted")
    return held.sorts


def typed_sorts(path: Path, deck: Deck) -> tuple[Sort, ...]:
    """Give the piles a facilitator typed: a pile a line, `name: 1, 4, 7`, and an empty line after each person.

    Raises BadInputError with every line that is no pile, names a card there is not, or uses a card twice for one person.
    """
    return typed_piles(read_text(path).splitlines(), str(path), deck)


def typed_piles(lines: Sequence[str], named: str, deck: Deck) -> tuple[Sort, ...]:
    """Give the piles in lines as `typed_sorts` does; problems carry `named` and the line's number."""
    known = {card.card for card in deck.dealt}
    problems: list[Problem] = []
    sorts: list[Sort] = []
    piles: list[Pile] = []
    for number, line in enumerate([*lines, ""], start=1):
        if not line.strip() and piles:
            sorts.append(Sort(tuple(sorted(piles))))
            piles = []
        elif line.strip() and not line.startswith("#"):
            pile, wrong = _typed_pile(line, known, {card for one in piles for card in one.cards})
            problems += [Problem(named, number, 1, *wrong)] if wrong else []
            piles += [pile] if pile else []
    if problems:
        raise BadInputError(*problems)
    return tuple(sorts)


def deck_path(workspace: Workspace, name: str) -> Path:
    """Give where a deck is kept. Raises BadInputError for what cannot be a file's name."""
    if not name or not all(sign.isascii() and (sign.isalnum() or sign == "-") for sign in name):
        raise BadInputError.of(clean_line(name), "this cannot be a deck's name", "use letters, digits and hyphens")  # fmt: skip
    return workspace.analysis / f"{name}{DECK}"


def deck_of(workspace: Workspace, name: str) -> Deck:
    """Give a deck as it is, cleared or not."""
    return load_deck(deck_path(workspace, name))


def cards_of_answers(
    responses: "Responses", deck: Deck, decided: "Mapping[str, Decided] | None" = None
) -> dict[int, tuple[int, ...]]:
    """Give for each card taken from an answer the rows of the texts it may be, by its redacted words.

    `decided` is what `decided_in` gives. The deck holds no answer's id, so that it does not lead from words to a response; opening the file again does.
    """
    from analysis.publishing.redaction import redact

    rows: dict[str, list[int]] = {}
    for row, one in enumerate(redact(responses.texts(deck.question).to_list(), decided)):
        rows.setdefault(fingerprint(one.text), []).append(row)
    return {card.card: tuple(rows.get(card.taken, ())) for card in deck.dealt if card.taken}


def _batch_named(workspace: Workspace, name: str) -> Path:
    for path in (Path(name), workspace.analysis / name, workspace.analysis / f"{name}{BATCH}"):
        if path.is_file():
            return path
    raise BadInputError.of(clean_line(name), "there is no such batch here", "name it as it is in analysis/, or say none")  # fmt: skip


def _sessions(file: Path) -> frozenset[tuple[str, str]]:
    if file.suffix.lower() != BATCH:
        return frozenset()
    return frozenset((one.label, one.survey) for one in batch_header(file).sessions)


def _cards_mark(deck: Deck) -> str:
    shown = [(card.card, card.shown) for card in deck.dealt]
    return hashlib.sha256(msgspec.json.encode(shown)).hexdigest()


def _typed_pile(line: str, known: set[int], used: set[int]) -> tuple[Pile | None, tuple[str, str] | None]:
    """Give a pile, or what is wrong with the line and what to do."""
    name, colon, listed = clean_line(line).rpartition(":")
    numbers = listed.replace(",", " ").split()
    if not colon or not numbers or not all(one.isascii() and one.isdecimal() for one in numbers):
        return None, ("this is no pile", "write its name, a colon and its cards, such as `Waiting: 1, 4, 7`")
    cards = [int(one) for one in numbers]
    if strange := [card for card in cards if card not in known]:
        return None, (f"there is no card {strange[0]}", "look at the number on the card")
    if len(set(cards)) < len(cards) or used.intersection(cards):
        return None, ("a card is in two piles of one person", "leave an empty line after each person")
    if name and not may_be_a_name(name):
        return None, (
            "this cannot be a pile's name here",
            f"at most {LONGEST_NAME} letters, nobody's name; what tells of risk goes to the safeguarding lead",
        )
    return Pile(tuple(sorted(cards)), name), None


def _as_yaml(sorts: Sorts) -> bytes:
    import yaml

    plain = msgspec.to_builtins(sorts)
    text: str = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, default_flow_style=None, width=100)
    return text.encode()
