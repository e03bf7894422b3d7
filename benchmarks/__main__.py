"""Every measured claim in one table, or some sections of it: `python -m benchmarks words tables`."""

import argparse
import functools
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from benchmarks.measures import Measure, print_section, print_table

if TYPE_CHECKING:
    import polars as pl

    from analysis.codes.coded import CodedAnswers

Measures = Iterator[Measure]
TERMINALS = "a terminal of its own, which this system has not"
WANTED = "coded comments: --comments FILE"


class Size(Struct, frozen=True):
    """How much is measured on."""

    comments: int = 1_000_000
    records: int = 100_000
    responses: int = 10_000_000
    beside: int = 1_000_000
    files: int = 1_000
    releases: tuple[int, ...] = (60, 90, 120)


QUICK = Size(comments=50_000, records=5_000, responses=500_000, beside=100_000, files=100, releases=(60, 90))


class Asked(Struct, frozen=True, dict=True):
    """What to measure on; comments are made or read once, when a section first needs them."""

    size: Size
    file: Path | None
    column: str

    @functools.cached_property
    def texts(self) -> "pl.Series":
        """Give short comments, simulated or made from the file's."""
        from benchmarks.comments import comments

        return comments(self.size.comments, self.file, self.column)

    @functools.cached_property
    def coded(self) -> "CodedAnswers | None":
        """Give the file's comments with the codes people gave them."""
        from benchmarks.suggest import coded_comments

        return coded_comments(self.file, self.column) if self.file else None


class Section(Struct, frozen=True):
    """One part of the table: what it is about, its measures, and what it cannot do without."""

    about: str
    measures: Callable[[Asked], Measures]
    missing: Callable[[Asked], str] = lambda _: ""


def _part(
    module: str, *given: Callable[[Asked], Any], function: str = "measures"
) -> Callable[[Asked], Measures]:
    """Give what runs a module's measures; the module is loaded only then."""

    def run(asked: Asked) -> Measures:
        found = importlib.import_module(f"benchmarks.{module}")
        yield from getattr(found, function)(*(give(asked) for give in given))

    return run


def _texts(asked: Asked) -> "pl.Series":
    return asked.texts


def _coded(asked: Asked) -> "CodedAnswers | None":
    return asked.coded


def _no_terminal(_: Asked) -> str:
    return "" if importlib.util.find_spec("pty") else TERMINALS


def _no_codes(asked: Asked) -> str:
    return "" if asked.file else WANTED


SECTIONS: dict[str, Section] = {
    "start": Section("how quickly the command line starts", _part("start_up")),
    "kiosk": Section("the young person's screens", _part("kiosk"), _no_terminal),
    "desk": Section("the staff's screens", _part("desk"), _no_terminal),
    "web": Section("thirty tablets at once", _part("web")),
    "check": Section("materials checked", _part("check", lambda asked: asked.size.files)),
    "found": Section("what the check finds", _part("recall")),
    "drawing": Section("materials drawn", _part("drawing")),
    "sealing": Section("answers sealed and opened", _part("sealing", lambda asked: asked.size.records)),
    "tables": Section(
        "ten million responses counted",
        _part("tables", lambda asked: asked.size.responses, lambda asked: asked.size.beside),
    ),
    "audit": Section("releases audited together", _part("audit", lambda asked: asked.size.releases)),
    "words": Section("words counted", _part("words", _texts)),
    "themes": Section("themes without labels", _part("themes", _texts)),
    "concordance": Section("a search in 100,000 answers", _part("concordance", _texts)),
    "million": Section("a million comments from file to report", _part("million", _texts)),
    "triage": Section("the order in which free texts are read", _part("triage", _texts)),
    "redaction": Section("identifiers taken out", _part("redaction", _texts)),
    "suggest": Section("codes suggested", _part("suggest", _coded), _no_codes),
    "peers": Section(
        "themes beside NMF and LDA", _part("themes", _coded, function="beside_peers"), _no_codes
    ),
}  # fmt: skip


def main() -> int:
    """Print the table; give 0 when every promise was kept and 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "sections", nargs="*", metavar="SECTION", help=f"which; left out, all: {', '.join(SECTIONS)}"
    )
    parser.add_argument(
        "--comments",
        type=Path,
        metavar="FILE",
        help="perturb the comments in FILE instead of simulated ones; with codes in it, suggestions and themes are measured too",
    )
    parser.add_argument("--column", default="text", metavar="NAME", help="their column")
    parser.add_argument(
        "--quick", action="store_true", help="on a twentieth as much: to see that all runs, not to quote"
    )
    asked = parser.parse_args()
    names = asked.sections or list(SECTIONS)
    if unknown := [name for name in names if name not in SECTIONS]:
        parser.error(f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    return 0 if measured(names, Asked(QUICK if asked.quick else Size(), asked.comments, asked.column)) else 1


def measured(names: Iterable[str], asked: Asked) -> bool:
    """Print the sections; tell whether every promise was kept."""
    kept = True
    for name in names:
        section = SECTIONS[name]
        why_not = section.missing(asked)
        print_section(name, section.about, why_not)
        if not why_not:
            kept &= print_table(section.measures(asked))
    return kept


if __name__ == "__main__":
    sys.exit(main())
