"""Triage: every free text in the order in which the safeguarding lead reads it, most urgent first.

A person reads every one. Phrases (`triage.yaml`) and meanings that stand near each other (`meanings.yaml`) only set the
order: a text that holds none of them comes last and is read too, because no list finds "it's been bad since he moved in". Nothing here scores, hides or alerts.
"""

import functools
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from analysis.triage.meanings import meanings, near_in
from coprod.kernel.identifiers import identifiers_in
from coprod.kernel.unshown import Unshown
from coprod.kernel.yamlfile import load_yaml

CAUTION = "A person must read every one of these. Phrases only set the order: a text without any of them is not thereby safe."
WELSH_UNREAD = "The Welsh phrases have not been read by a Welsh reader."
NO_PHRASE = "None of the listed phrases; read it all the same."
REACHABLE = "May hold a number, address or account: somebody could be reached or named."
Order = Literal["first", "next", "then"]
ORDERS: tuple[Order, ...] = ("first", "next", "then")
MOST_BETWEEN = 4
SWAPPED = 2
_TOKEN = re.compile(r"[^\W_]+(?:['’*@$!]+[^\W_]+)*")
_PART = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\S+")
_FIGURES = str.maketrans("@4310$5!", "aaeiossi")
_APOSTROPHES = str.maketrans("", "", "'’")


class Sign(Struct, frozen=True, forbid_unknown_fields=True):
    """One reason to read a text early, its phrases, and examples that hold it to what it should find."""

    id: str
    order: Literal["first", "next"]
    why: str
    phrases: tuple[str, ...]
    must_match: tuple[str, ...]
    must_not_match: tuple[str, ...]


class TriagePhrases(Struct, frozen=True, forbid_unknown_fields=True):
    """What `triage.yaml` holds. `forgiven` are the words in which one slip is taken for the word, parted by blanks."""

    format: Literal[1]
    welsh_read_by: str
    forgiven: str
    signs: tuple[Sign, ...]


class Because(Unshown, frozen=True):
    """Why a text comes where it does, and the words in it that say so, as written; none where it is not a phrase."""

    sign: str
    why: str
    words: str = ""


class FreeText(Unshown, frozen=True):
    """One text as its writer sent it, and the question it answers."""

    question: str
    text: str


class Queued(Unshown, frozen=True):
    """A text in its place in the queue. `because` is empty where no phrase was found."""

    question: str
    text: str
    order: Order
    because: tuple[Because, ...]


def queue(texts: Iterable[FreeText]) -> tuple[Queued, ...]:
    """Give every text that holds a letter or a figure, most urgent first; equals stay in the order given.

    Within an order, texts with more signs come first.
    """
    queued = [_queued(one) for one in texts if any(sign.isalnum() for sign in one.text)]
    return tuple(sorted(queued, key=lambda one: (ORDERS.index(one.order), -len(one.because))))


def welsh_read_by() -> str:
    """Give who has read the Welsh phrases, or nothing while the Welsh of the meanings is unread."""
    return _phrases().welsh_read_by if meanings().welsh_read_by else ""


def signs() -> tuple[Sign, ...]:
    """Give the signs there are, in the order of the file."""
    return _phrases().signs


def signs_in(text: str) -> tuple[tuple[Sign, str], ...]:
    """Give the signs whose phrases stand in a text, each with the words as written."""
    tokens = [(match.start(), match.end(), _known_form(match[0])) for match in _TOKEN.finditer(text)]
    line = " " + "".join(f"{folded} " for _, _, folded in tokens)
    found = []
    for sign, pattern in _patterns():
        match = pattern.search(line)
        if match is not None:
            first = line.count(" ", 0, match.start()) - 1
            last = line.count(" ", 0, match.end()) - 2
            found.append((sign, text[tokens[first][0] : tokens[last][1]]))
    found += _by_meaning(text, tokens, {sign.id for sign, _ in found})
    return tuple(found)


def _by_meaning(
    text: str, tokens: Sequence[tuple[int, int, str]], done: Collection[str]
) -> Iterator[tuple[Sign, str]]:
    """Give the signs that meanings near each other stand for, but for those found already."""
    known = {sign.id: sign for sign in signs()}
    for name, first, last in near_in([folded for _, _, folded in tokens], _fold):
        if name not in done:
            yield known[name], text[tokens[first][0] : tokens[last][1]]


def _queued(one: FreeText) -> Queued:
    found = signs_in(one.text)
    because = [Because(sign.id, sign.why, words) for sign, words in found]
    orders: list[Order] = [sign.order for sign, _ in found]
    if any(True for _ in identifiers_in(one.text)):
        because.append(Because("reachable", REACHABLE))
        orders.append("next")
    order: Order = min(orders, key=ORDERS.index) if orders else "then"
    return Queued(one.question, one.text, order, tuple(because))


def _fold(word: str) -> str:
    """Give a word without capitals, accents, apostrophes, figures for letters, a last g of -ing, and with doubled letters once."""
    plain = unicodedata.normalize("NFKD", word.casefold()).translate(_APOSTROPHES)
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    if any(sign.isalpha() for sign in letters):
        letters = letters.translate(_FIGURES)
    return re.sub(r"(?<=..)ing$", "in", re.sub(r"([^\W\d_])\1+", r"\1", letters))


@functools.lru_cache(maxsize=100_000)
def _known_form(written: str) -> str:
    """Give the forgiven word that a word is one slip away from, or the word itself, folded."""
    word = _fold(written)
    near = (_slips().get(form, "") for form in _shortened(word))
    return next((known for known in near if known[:1] == word[:1] and _is_one_slip(word, known)), word)


def _is_one_slip(word: str, known: str) -> bool:
    """Tell whether one letter was added, left out, written for another, or changed places with the next."""
    start = _alike(word, known)
    word, known = word[start:], known[start:]
    end = _alike(word[::-1], known[::-1])
    rest, wanted = word[: len(word) - end], known[: len(known) - end]
    return max(len(rest), len(wanted)) <= 1 or (len(rest) == len(wanted) == SWAPPED and rest == wanted[::-1])


def _alike(one: str, other: str) -> int:
    """Give with how many of the same letters two words begin."""
    pairs = zip(one, other, strict=False)
    return next(
        (place for place, (mine, yours) in enumerate(pairs) if mine != yours), min(len(one), len(other))
    )


def _shortened(word: str) -> Iterator[str]:
    """Give a word, and it with each of its letters left out once."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


@functools.cache
def _slips() -> dict[str, str]:
    """Give what a forgiven word may become by one slip, with the word."""
    words = sorted({_fold(word) for word in _phrases().forgiven.split()})
    return {form: word for word in words for form in _shortened(word)}


@functools.cache
def _phrases() -> TriagePhrases:
    return load_yaml(Path(__file__).with_name("triage.yaml"), TriagePhrases).value


@functools.cache
def _patterns() -> tuple[tuple[Sign, re.Pattern[str]], ...]:
    return tuple((sign, re.compile(rf"(?<= )(?:{_any_of(sign.phrases)})")) for sign in signs())


def _any_of(phrases: Sequence[str]) -> str:
    return "|".join("".join(_part(part) for part in _PART.findall(phrase)) for phrase in phrases)


def _part(part: str) -> str:
    """Give the expression of one part of a phrase; each takes the blank after it."""
    if part == "...":
        return rf"(?:\S+ ){{0,{MOST_BETWEEN}}}"
    choices = "|".join(
        "".join(f"{_word(word)} " for word in one.split()) for one in part.strip("()[]").split("|")
    )
    return f"(?:{choices})" + ("?" if part.startswith("[") else "")


def _word(word: str) -> str:
    """Give the expression of one word: a star in the text may stand for a vowel."""
    folded = _fold(word.rstrip("*"))
    letters = "".join(f"[{sign}*]" if sign in "aeiou" else re.escape(sign) for sign in folded)
    return letters + (r"\S*" if word.endswith("*") else "")
