"""How young people were involved: what a team writes down, and the statement made from it and from what was done.

The five items are those of the short form of GRIPP2 (Staniszewska and others, 2017, Research Involvement and
Engagement 3:13): aim, methods, results of the involvement, how far it shaped the work, and critical reflection.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from analysis.publishing.disclosure import people_words
from analysis.reports.parts import Involved, KnownWords
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import load_yaml

INVOLVEMENT_FILE = "involvement.yaml"
NOT_WRITTEN = "Nobody has written this down yet: it is for the people who did the work, not for a program."
REACHED = {"": "not said", "none": "nobody", "few": "hardly any", "some": "some", "well": "many of them"}
STARTED = """\
# What only people know about this piece of work. Reports take it from here; nothing in it may point at one person.
format: 1

# Why young people were involved, in a sentence or two.
aim: ""

# Who uses these services here, so that a reader can tell who is missing. Reports print a number rounded, and never one
# under 10. reached: none, few, some or well (how far they are in the answers, as the facilitators judge it).
known_locally: []
# - group: Young people the specialist service worked with last year
#   number: 120
#   reached: some
#   source: Service return, 2026

# What young people decided or did beside answering: writing questions, reading drafts, sorting answers, being paid.
done_together: []

# What changed in the work because of them.
changed: []

# What went well, what did not, and what you would do otherwise.
reflections: []
"""


class KnownLocally(Struct, frozen=True, forbid_unknown_fields=True):
    """One group of young people as a team knows it. `on` is the day of the figure."""

    group: Annotated[str, Meta(min_length=3)]
    source: Annotated[str, Meta(min_length=3)]
    number: Annotated[int, Meta(ge=0)] | None = None
    reached: Literal["", "none", "few", "some", "well"] = ""
    on: date | None = None


class Involvement(Struct, frozen=True, forbid_unknown_fields=True):
    """What a team wrote down about how young people were involved, and about who uses the services here."""

    format: Literal[1] = 1
    aim: str = ""
    known_locally: tuple[KnownLocally, ...] = ()
    done_together: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    reflections: tuple[str, ...] = ()


class Done(Struct, frozen=True):
    """What the workspace itself tells of the involvement: sentences, each made from something that was done."""

    methods: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    shaped: tuple[str, ...] = ()


def load_involvement(path: Path) -> Involvement:
    """Give what a team wrote down. Raises BadInputError with every mistake in it."""
    return load_yaml(path, Involvement).value


def known_words(involvement: Involvement) -> tuple[KnownWords, ...]:
    """Give what is known locally, each number in words that may be printed."""
    return tuple(
        KnownWords(
            clean_line(one.group),
            people_words(one.number) if one.number is not None else "not known",
            REACHED[one.reached],
            clean_line(one.source) + (f", {one.on.year}" if one.on else ""),
        )
        for one in involvement.known_locally
    )


def involvement_statement(involvement: Involvement, done: Done) -> tuple[Involved, ...]:
    """Give the five items; where only people can know something and nobody wrote it, the statement says so."""
    together = _cleaned(involvement.done_together)
    return (
        Involved("Aim", _or_not_written(_cleaned((involvement.aim,)))),
        Involved("Methods", (*done.methods, *together)),
        Involved("What came of it", _or_not_written((*done.results, *_cleaned(involvement.changed)))),
        Involved("How far it shaped the work", _or_not_written(done.shaped)),
        Involved("Looking back", _or_not_written(_cleaned(involvement.reflections))),
    )


def _cleaned(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for text in texts if (line := clean_line(text)))


def _or_not_written(said: tuple[str, ...]) -> tuple[str, ...]:
    return said or (NOT_WRITTEN,)
