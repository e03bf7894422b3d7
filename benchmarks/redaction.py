"""Redaction: how many made-up identifiers are found in made-up answers, what else is taken out, and how fast.

`python -m benchmarks redaction`, with `--comments FILE` in the comments of a file. What is planted is in
`analysis/publishing/planting.yaml`; on your own answers, `coprod analysis redact FILE --text COLUMN --plant 500`.
"""

from collections import Counter
from collections.abc import Iterator

import polars as pl

from analysis.publishing.planting import measure, plants
from analysis.publishing.redaction import redact
from benchmarks.measures import Measure, seconds, timed

PLANTED = 3_200
HOSTS = 5_000
TEXTS = 100_000


def measures(texts: pl.Series) -> Iterator[Measure]:
    """Give recall and precision of each kind, the share of answers without a plant that lose something, and the time."""
    some = texts.head(HOSTS).to_list()
    right, taken = _precision()
    for one in measure(some, PLANTED):
        yield Measure(
            f"planted and found: {one.kind}",
            f"{one.planted} planted",
            f"{one.found / one.planted:.0%}",
            f"{one.found_small / one.planted_small:.0%} in small letters",
            f"{right[one.kind] / max(taken[one.kind], 1):.0%} right",
        )
    changed = sum(bool(row.removed) for row in redact(some))
    yield Measure(
        "answers without a plant that lose something", f"{HOSTS:,} answers", f"{changed / len(some):.1%}"
    )
    many = texts.head(TEXTS).to_list()
    yield Measure("redact", f"{len(many):,} answers", seconds(timed(lambda: redact(many))[0]))


def _precision() -> tuple[Counter[str], Counter[str]]:
    """Give for each kind how much of what was taken out of planted sentences was planted, and how much was taken out."""
    planted = plants(PLANTED)
    right: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for one, row in zip(planted, redact([one.text for one in planted]), strict=True):
        for part in row.removed:
            taken[part.kind] += 1
            right[part.kind] += part.start < one.end and part.end > one.start
    return right, taken
