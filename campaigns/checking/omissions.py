"""What a text leaves out, judged from what it names: learnt from made-up texts, added up in integers.

No single word says that boys, or whoever does the harm, are missing from a text. So groups of words are counted (girls,
men, apps, places, signs, ways to help...), with pictures of the whole (girls and no boys), and each count weighs for or
against each omission. `python -m benchmarks.omissions` learns the weights from texts that reviewers marked.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from campaigns.checking.stored import made_once
from coprod.kernel.contacts import Audience
from coprod.kernel.shapes import from_json
from coprod.kernel.yamlfile import load_yaml_text

Omission = Literal["help", "boys", "perpetrator", "peers", "offline"]
MOST_COUNTED = 6
MOST_WAYS = 3
WORDS_A_STEP, MOST_STEPS = 10, 15
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


class Picture(Struct, frozen=True, forbid_unknown_fields=True):
    """A picture of a whole text: `least` words or more of these groups, no more than `most` of the others, and one at
    least of those `beside`.
    """

    these: tuple[str, ...]
    others: tuple[str, ...]
    beside: tuple[str, ...] = ()
    least: int = 1
    most: int = 0

    def is_seen(self, counts: Mapping[str, int]) -> bool:
        """Tell whether counts of groups show it."""
        these, others = (sum(counts[group] for group in groups) for groups in (self.these, self.others))
        is_beside = not self.beside or any(counts[group] for group in self.beside)
        return these >= self.least and others <= self.most and is_beside


class _GroupsFile(Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1]
    words: dict[str, str]
    phrases: dict[str, tuple[str, ...]]
    pictures: dict[str, Picture]


class Groups(Struct, frozen=True):
    """The groups that each word stands in, the phrases of a group, and the pictures."""

    of_word: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[str, ...]]
    pictures: dict[str, Picture]


class Weighing(Struct, frozen=True, forbid_unknown_fields=True):
    """What each count weighs for each of the omissions, in hundredths.

    `asks_from` is what an omission must weigh to be asked about in a text that reads like harm; in one that may, it
    must weigh `more_in_doubt` more.
    """

    format: Literal[1]
    trained: str
    omissions: tuple[Omission, ...]
    start: tuple[int, ...]
    asks_from: tuple[int, ...]
    more_in_doubt: int
    rows: dict[str, tuple[int, ...]]


class Readers(Struct, frozen=True):
    """Who a text is for, whether a help contact for them is named, and how many ways to help."""

    audience: Audience | None
    has_contact: bool
    ways: int


@cache
def shipped_groups() -> Groups:
    """Give the groups that come with coprod."""
    return made_once("omission-groups", Groups, _read_groups)


def _read_groups() -> Groups:
    text = resources.files("campaigns.checking").joinpath("omissions.yaml").read_text("utf-8")
    file = load_yaml_text(text, "omissions.yaml", _GroupsFile).value
    of_word: dict[str, tuple[str, ...]] = {}
    for group, words in file.words.items():
        for word in words.split():
            of_word[word] = (*of_word.get(word, ()), group)
    return Groups(of_word, file.phrases, file.pictures)


@cache
def shipped_weighing() -> Weighing:
    """Give the weights that come with coprod."""
    raw = resources.files("campaigns.checking").joinpath("omissions.json").read_bytes()
    return from_json(raw, Weighing)


def counted(text: str) -> Counter[str]:
    """Count the words of each group in a folded text."""
    groups = shipped_groups()
    counts = Counter(group for word in _WORD.findall(text) for group in groups.of_word.get(word, ()))
    for group, phrases in groups.phrases.items():
        counts[group] += sum(phrase in text for phrase in phrases)
    return counts


def named_in(text: str) -> dict[str, int]:
    """Give the groups and pictures of a folded text, each with how much there is of it."""
    counts = counted(text)
    found = {}
    for group, count in counts.items():
        found[group] = min(count, 1)
        found[f"more {group}"] = min(count, MOST_COUNTED)
    found.update((name, 1) for name, one in shipped_groups().pictures.items() if one.is_seen(counts))
    return {name: amount for name, amount in found.items() if amount}


def features_of(text: str, readers: Readers) -> dict[str, int]:
    """Give what is known of a folded text and its readers, each with how much there is of it."""
    found = named_in(text)
    found[f"help named: {readers.has_contact}"] = 1
    found["ways to help"] = min(readers.ways, MOST_WAYS)
    found["length"] = min(len(text.split()) // WORDS_A_STEP, MOST_STEPS)
    if readers.audience:
        found[f"for {readers.audience}"] = 1
    return found


def weigh_omissions(
    text: str, readers: Readers, *, in_doubt: bool = False, weighing: Weighing | None = None
) -> dict[Omission, int]:
    """Give what each omission weighs in a folded text, in hundredths above what is needed to ask.

    With less than 0 nothing is asked.
    """
    known = weighing or shipped_weighing()
    more = known.more_in_doubt if in_doubt else 0
    weights = [start - least - more for start, least in zip(known.start, known.asks_from, strict=True)]
    for name, amount in features_of(text, readers).items():
        for place, weight in enumerate(known.rows.get(name, ())):
            weights[place] += weight * amount
    return dict(zip(known.omissions, weights, strict=True))


def words_named(text: str, groups: frozenset[str], most: int) -> tuple[str, ...]:
    """Give the first few different words of a folded text that stand in these groups."""
    of_word = shipped_groups().of_word
    named = (word for word in _WORD.findall(text) if groups.intersection(of_word.get(word, ())))
    return tuple(dict.fromkeys(named))[:most]
