"""The lines of made-up writers, with the words a reviewer would mark: what the second reader learns and is tested on.

Run `python -m benchmarks.writers [held|tuned]` for what the check finds in them, a few lines at a time.
"""

import argparse
import random
import re
import sys
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from benchmarks.found import CASES, Flag, Passage, report_on
from coprod.kernel.contacts import Audience
from coprod.kernel.yamlfile import load_yaml

LINES_A_PASSAGE = 3
GOOD_LINES_A_PASSAGE = 4
HELP = "Childline is free on 0800 1111, and the NSPCC on 0808 800 5000."
_MARK = re.compile(r"\[\[(.*?)\]\]")


class Writer(Struct, frozen=True, forbid_unknown_fields=True):
    """Lines in one manner: `flagged` as `kind: text with [[marks]]`, `good` as text."""

    who: str
    audience: Audience
    flagged: str
    good: str


class WriterFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The writers of one file."""

    format: Literal[1]
    writers: tuple[Writer, ...]


class Line(Struct, frozen=True):
    """One line without its marks, the words marked in it, and their kind."""

    text: str
    kind: str = ""
    marked: tuple[str, ...] = ()


def writers(name: str) -> tuple[Writer, ...]:
    """Give the writers whose files begin with a name: `tuned` or `held`."""
    files = sorted((CASES / "writers").glob(f"{name}*.yaml"))
    return tuple(writer for file in files for writer in load_yaml(file, WriterFile).value.writers)


def flagged_lines(writer: Writer) -> tuple[Line, ...]:
    """Give the lines of a writer in which something is marked."""
    return tuple(_line(line) for line in writer.flagged.splitlines() if line.strip())


def good_lines(writer: Writer) -> tuple[Line, ...]:
    """Give the lines of a writer in which nothing is marked."""
    return tuple(Line(line) for line in writer.good.splitlines() if line.strip())


def _line(line: str) -> Line:
    kind, _, text = line.partition(": ")
    return Line(_MARK.sub(r"\1", text), kind, tuple(_MARK.findall(text)))


def writer_passages(name: str) -> tuple[Passage, ...]:
    """Give passages made of a writer's lines: three marked with two good ones, and good ones alone."""
    return tuple(passage for writer in writers(name) for passage in _passages(writer))


def _passages(writer: Writer) -> Iterator[Passage]:
    order = random.Random(writer.who)
    flagged, good = list(flagged_lines(writer)), list(good_lines(writer))
    order.shuffle(flagged)
    order.shuffle(good)
    for first in range(0, len(flagged), LINES_A_PASSAGE):
        lines = [*flagged[first : first + LINES_A_PASSAGE], *order.sample(good, min(2, len(good)))]
        order.shuffle(lines)
        yield _passage(writer, lines, first)
    for first in range(0, len(good) - LINES_A_PASSAGE + 1, GOOD_LINES_A_PASSAGE):
        yield _passage(writer, good[first : first + GOOD_LINES_A_PASSAGE], first)


def _passage(writer: Writer, lines: list[Line], number: int) -> Passage:
    flags = tuple(Flag(words, line.kind) for line in lines for words in line.marked)
    text = " ".join((*(line.text for line in lines), HELP)) + "\n"
    return Passage(f"{writer.who} {number}", "lines", writer.audience, text, flags)


def main() -> int:
    """Print the totals of each group of writers named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.writers", description=__doc__)
    parser.add_argument("sets", nargs="*", default=["held"])
    parser.add_argument("--show", action="store_true", help="name each passage")
    arguments = parser.parse_args()
    for name in arguments.sets:
        report_on(name, writer_passages(name), show=arguments.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
