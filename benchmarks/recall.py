"""What is found of what should be in made-up materials; the sets and the longer table are those of `python -m benchmarks.found`."""

from collections.abc import Iterator

from benchmarks.found import outcome, passages
from benchmarks.measures import Measure


def measures() -> Iterator[Measure]:
    """Give the share of marked words found in the sets that were held out, and how many good materials were blocked."""
    outcomes = [outcome(passage) for passage in passages("unseen")]
    found, missed = sum(len(one.found) for one in outcomes), sum(len(one.missed) for one in outcomes)
    yield Measure(
        "marked words found in unseen materials", f"{found + missed} marks", f"{found / (found + missed):.0%}"
    )
    good = [one for one in outcomes if not (one.passage.flags or one.passage.missing)]
    blocked = sum(any(finding.severity == "block" for finding in one.extra) for one in good)
    yield Measure("good materials blocked", f"{len(good)} materials", f"{blocked}")
