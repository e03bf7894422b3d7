"""Learn how much a text leans to harm by what it names, where the second reader had not learnt from that text.

Run `python -m benchmarks.leaning` to write campaigns/checking/leaning.json (ten minutes: the second reader is learnt
anew for every two sets). It prints how many texts of sets left out would be read as harm, with the leaning and without.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct
from sklearn.linear_model import LogisticRegression

from benchmarks.found import Passage, outcome, passages
from benchmarks.learn import examples, learn
from benchmarks.omissions import scale_of
from campaigns.checking.leaning import Leanings
from campaigns.checking.omissions import named_in
from campaigns.checking.reading import Reading
from campaigns.checking.resembling import LETTERS_A_WARNING
from campaigns.checking.secondreader import SecondReader
from campaigns.materials.material import parse_material

LEARNT = Path(__file__).parent.parent / "campaigns" / "checking" / "leaning.json"
PAIRS = (("blind-b", "blind-c"), ("blind-d", "blind-e"), ("blind-f", "blind-g"), ("blind-h", "blind-i"))
STRENGTH = 0.1
LOST = (0.05, 0.1)


class Judged(Struct, frozen=True):
    """A passage of a set: what its sentences weigh on average, warnings for each 60 words, and what it names."""

    set: str
    is_harmful: bool
    mean: float
    warned: float
    named: dict[str, int]


def judged(pair: Sequence[str]) -> list[Judged]:
    """Give the passages of two sets as a second reader sees them that learnt from the others."""
    reader = SecondReader(learn(list(examples(frozenset(pair)))))
    lightest = reader.weights.limits.lightest
    return [_judged(name, one, reader, lightest) for name in pair for one in passages(name)]


def _judged(name: str, passage: Passage, reader: SecondReader, lightest: int) -> Judged:
    reading = Reading(parse_material(passage.text, "passage.md"))
    sentences = [
        reading.block_text(number)[start:end]
        for number in range(len(reading.blocks))
        for start, end in reading.sentences(number)
    ]
    weights = [max(reader.weigh(one)[0], lightest) for one in sentences]
    done = outcome(passage)
    warnings = sum(one.severity != "ask" and bool(one.text) for one in (*done.used, *done.extra))
    letters = sum(len(one) for one in sentences)
    return Judged(
        name,
        bool(passage.flags or passage.missing),
        float(np.mean(weights)),
        warnings / max(1, letters / LETTERS_A_WARNING),
        named_in(reading.body_text),
    )


def main() -> int:
    """Write the weights, and print what they do."""
    rows = [one for pair in PAIRS for one in judged(pair)]
    names = sorted({name for one in rows for name in one.named})
    table = np.array(
        [
            [one.mean / 100, one.warned, *(one.named.get(name, 0) / scale_of(name) for name in names)]
            for one in rows
        ]
    )
    harmful = np.array([one.is_harmful for one in rows])
    for title, columns in (("sentences and warnings", table[:, :2]), ("with what is named", table)):
        print(title, _shares(columns, harmful, [one.set for one in rows]))
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(table, harmful)
    of_mean, of_warning, *of_names = model.coef_[0]
    leanings = {
        name: round(100 * weight / of_mean / scale_of(name))
        for name, weight in zip(names, of_names, strict=True)
    }
    known = {name: weight for name, weight in leanings.items() if weight}
    LEARNT.write_bytes(
        msgspec.json.format(
            msgspec.json.encode(Leanings(1, f"{len(rows)} passages, made up by us", 0, known)), indent=1
        )
    )
    print(
        f"a warning weighs {100 * of_warning / of_mean:.0f}, harmful from {-100 * model.intercept_[0] / of_mean:.0f}"
    )
    return 0


def _shares(table: np.ndarray, harmful: np.ndarray, sets: Sequence[str]) -> str:
    weights = np.zeros(len(harmful))
    for left_out in sorted(set(sets)):
        there = np.array([one == left_out for one in sets])
        model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(table[~there], harmful[~there])
        weights[there] = model.decision_function(table[there])
    found = []
    for lost in LOST:
        least = np.quantile(weights[harmful], lost)
        opened = int((weights[~harmful] >= least).sum())
        found.append(
            f"{lost:.0%} of harmful texts lost, {opened} of {(~harmful).sum()} good ones taken for harm"
        )
    return "; ".join(found)


if __name__ == "__main__":
    sys.exit(main())
