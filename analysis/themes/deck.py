"""A deck: the excerpts young people sort into piles, one a card, and what a person must do before one leaves.

`format: 1`, one YAML file that a person edits. Words on a card are those of a writer who agreed to be quoted, redacted;
where they could tell who wrote them, or come from the group's own answers, somebody tells them in other words.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from analysis.codes.coding import REPEATED_WORDS, repeats_answer
from analysis.publishing.quotes import LONGEST_QUOTE, Candidate, is_for_the_lead
from analysis.publishing.redaction import redact
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import Loaded, load_yaml

FEWEST_CARDS = 8
MOST_CARDS = 60


class Card(Struct, frozen=True, forbid_unknown_fields=True):
    """One card. `words` and `taken` (their SHA-256) are coprod's; the rest is for whoever clears it.

    `note` says what it is about where that could hurt, and stands before the words. `leave_out` takes it from the deck.
    """

    card: Annotated[int, Meta(ge=1)]
    words: str = ""
    taken: str = ""
    cautions: tuple[str, ...] = ()
    in_other_words: str = ""
    keep_because: str = ""
    note: str = ""
    leave_out: bool = False
    cleared: bool = False

    def __repr__(self) -> str:
        """Give the number only."""
        return f"Card({self.card})"

    @property
    def shown(self) -> str:
        """Give what stands on the card: the other words where there are some."""
        return clean_line(self.in_other_words or self.words)

    @property
    def told(self) -> str:
        """Tell whose words these are."""
        return "in other words" if self.in_other_words else "their words"


class Deck(Struct, frozen=True, forbid_unknown_fields=True):
    """Cards made from one question of one file (`data` is its SHA-256), and the batches the sorting group wrote in.

    `agreed` says how somebody knows that the writers in another program's file let themselves be quoted; a batch says it itself.
    """

    format: Literal[1]
    deck: str
    question: str
    data: str
    group_answered: tuple[str, ...]
    agreed: str
    cards: Annotated[tuple[Card, ...], Meta(min_length=1)]

    @property
    def dealt(self) -> tuple[Card, ...]:
        """Give the cards that are not left out, by number."""
        return tuple(sorted((one for one in self.cards if not one.leave_out), key=lambda one: one.card))


def new_cards(found: Sequence[Candidate], number: int) -> tuple[Card, ...]:
    """Give cards for excerpts, and blank ones to write in other words up to `number`."""
    taken = [
        Card(place, one.text, fingerprint(one.text), one.cautions) for place, one in enumerate(found, start=1)
    ]
    return (*taken, *(Card(place) for place in range(len(found) + 1, number + 1)))


def fingerprint(words: str) -> str:
    """Give the SHA-256 of a card's words."""
    return hashlib.sha256(words.encode()).hexdigest()


def load_deck(path: Path) -> Deck:
    """Give the deck in a YAML file. Raises BadInputError with every mistake in its form."""
    return load_yaml(path, Deck).value


def cleared_deck(path: Path) -> Deck:
    """Give a deck a person has cleared. Raises BadInputError with everything that is still to do, card by card."""
    loaded = load_yaml(path, Deck)
    problems = [*_of_deck(loaded)]
    for place, card in enumerate(loaded.value.cards):
        if not card.leave_out:
            problems += _of_card(loaded, place, card)
    if problems:
        raise BadInputError(*problems)
    return loaded.value


def lacks(card: Card) -> tuple[str, ...]:
    """Give what stands between a card and the table, in words; nothing for one that may be handed round or is left out."""
    return () if card.leave_out else tuple(what for _, what, _ in _lacking(card))


def deck_text(deck: Deck) -> str:
    """Give a deck as YAML with what to do with it at the top."""
    import yaml

    body: str = yaml.safe_dump(
        msgspec.to_builtins(deck), allow_unicode=True, sort_keys=False, width=100, default_flow_style=False
    )
    return f"{HOW}\n{body}"


def _of_deck(loaded: Loaded[Deck]) -> Iterator[Problem]:
    numbers = Counter(card.card for card in loaded.value.cards)
    for place, card in enumerate(loaded.value.cards):
        if numbers[card.card] > 1:
            yield loaded.problem(("cards", place, "card"), f"two cards have the number {card.card}", "number each once")  # fmt: skip
    dealt = len(loaded.value.dealt)
    if not FEWEST_CARDS <= dealt <= MOST_CARDS:
        what = f"this deck has {dealt} cards that are not left out"
        yield loaded.problem(("cards",), what, f"have {FEWEST_CARDS} to {MOST_CARDS}")


def _of_card(loaded: Loaded[Deck], place: int, card: Card) -> Iterator[Problem]:
    """Give what stands between a card and the table."""
    for field, what, mend in _lacking(card):
        yield loaded.problem(("cards", place, field), f"card {card.card}: {what}", mend)


def _lacking(card: Card) -> Iterator[tuple[str, str, str]]:
    """Give what a card lacks: the field, what is wrong and what to do."""
    if not card.shown:
        yield "in_other_words", "nothing stands on it", "write it in other words, or leave_out: true"
        return
    for field, is_wrong, what, mend in _wrong_words(card):
        if is_wrong:
            yield field, what, mend
    if not card.cleared:
        yield "cleared", "nobody has cleared it", "read it as its writer would, then cleared: true"


def _wrong_words(card: Card) -> Iterator[tuple[str, bool, str, str]]:
    """Give each rule for what stands on a card: the field, whether it is broken, what is wrong and what to do."""
    yours = "put yours under in_other_words"
    other, shown = card.in_other_words, card.shown
    changed = bool(card.words) and card.taken != fingerprint(card.words)
    repeated = bool(card.words and other) and repeats_answer(other, card.words)
    telling = bool(card.cautions) and not other and not clean_line(card.keep_because)
    yield "words", changed, "these are not the words that were taken", yours
    yield (
        "in_other_words",
        repeated,
        f"this repeats {REPEATED_WORDS} of their words in a row",
        "say it in yours",
    )
    yield "in_other_words", telling, "it may tell who wrote it", "tell it in other words, give keep_because, or leave_out: true"  # fmt: skip
    yield "in_other_words", len(shown) > LONGEST_QUOTE, f"it has over {LONGEST_QUOTE} letters", "shorten it in other words"  # fmt: skip
    yield "in_other_words", is_for_the_lead(shown), "it may tell of risk, which is for the safeguarding lead", "leave_out: true"  # fmt: skip
    yield "in_other_words", bool(other and redact([other])[0].removed), "it holds a name, a place or a number", "take it out"  # fmt: skip


HOW = """\
# Cards for young people to sort. Read each as its writer would, sitting at that table, and as a friend of theirs would.
#   in_other_words   tell it in your own words (always where there are cautions, or say in keep_because why not)
#   note             what it is about where that could hurt, such as: self-harm. It stands before the words.
#   leave_out: true  takes it out;  cleared: true  says that you have read it and it may be handed round.
# Never change `words`. Then: coprod analysis sort cards NAME --read-by NAME --approved-by NAME"""
