"""How many simulated answers that tell of risk come to the top of the safeguarding lead's queue, and how many others do.

Run `python -m benchmarks.triage`. All examples are made up (`tests/analysis/simulated_risk.py`); no peer does this, so
the figures are set beside reading in the order received, which finds risk at chance.
"""

from collections.abc import Sequence

from analysis.triage.triage import FreeText, Queued, queue
from tests.analysis.simulated_risk import (
    EARLY,
    FIRST,
    HARD,
    HARD_ORDINARY,
    HELD_OUT,
    HELD_OUT_ORDINARY,
    ORDINARY,
)


def main() -> None:
    """Print recall by set and language, and how deep the last risk lies in a mixed queue."""
    for name, group in (
        ("tuned: first", FIRST),
        ("tuned: early", EARLY),
        ("tuned: hard", HARD),
        ("held out", HELD_OUT),
    ):
        for language, texts in group.items():
            _print_found(f"{name} {language}", texts)
    _print_found("tuned: ordinary", (*ORDINARY, *HARD_ORDINARY))
    _print_found("held out: ordinary", HELD_OUT_ORDINARY)


def _print_found(name: str, texts: Sequence[str]) -> None:
    found = [_only(text) for text in texts]
    first = sum(one.order == "first" for one in found)
    early = sum(one.order != "then" for one in found)
    print(f"{name:<20} {first:3} first, {early:3} first or next, of {len(found)}")


def _only(text: str) -> Queued:
    return queue([FreeText("simulated", text)])[0]


if __name__ == "__main__":
    main()
