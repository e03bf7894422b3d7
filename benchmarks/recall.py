"""What is found of what should be: signs of risk in made-up answers, and marked words in made-up materials.

The sets and the longer tables are those of `python -m benchmarks.triage` and `python -m benchmarks.found`.
"""

from collections.abc import Iterator

from analysis.triage.triage import FreeText, queue
from benchmarks.found import outcome, passages
from benchmarks.measures import Measure
from tests.analysis.simulated_risk import HELD_OUT, HELD_OUT_ORDINARY


def measures() -> Iterator[Measure]:
    """Give the share found in the sets that were held out, and how much else was taken for it."""
    for language, texts in HELD_OUT.items():
        yield Measure(
            f"risk read first or next, held out ({language})", f"{len(texts)} texts", f"{_early(texts):.0%}"
        )
    yield Measure(
        "ordinary answers read first or next",
        f"{len(HELD_OUT_ORDINARY)} texts",
        f"{_early(HELD_OUT_ORDINARY):.0%}",
    )
    outcomes = [outcome(passage) for passage in passages("unseen")]
    found, missed = sum(len(one.found) for one in outcomes), sum(len(one.missed) for one in outcomes)
    yield Measure(
        "marked words found in unseen materials", f"{found + missed} marks", f"{found / (found + missed):.0%}"
    )
    good = [one for one in outcomes if not (one.passage.flags or one.passage.missing)]
    blocked = sum(any(finding.severity == "block" for finding in one.extra) for one in good)
    yield Measure("good materials blocked", f"{len(good)} materials", f"{blocked}")


def _early(texts: tuple[str, ...] | list[str]) -> float:
    found = [queue([FreeText("simulated", text)])[0].order != "then" for text in texts]
    return sum(found) / len(found)
