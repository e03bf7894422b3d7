"""Learn what a text leaves out, from all passages that reviewers marked; measured on one set left out at a time.

Run `python -m benchmarks.omissions` to write campaigns/checking/omissions.json; `--across` prints, for each omission and
each set, how often it was asked about by weights learnt from the other sets, in texts that read like harm or do not.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from sklearn.linear_model import LogisticRegression

from benchmarks.found import CASES, PASSAGE_SETS, Passage, PassageFile, passages
from campaigns.checking.helping import names_help_contact, routes_to_help
from campaigns.checking.omissions import (
    MOST_COUNTED,
    MOST_STEPS,
    MOST_WAYS,
    Omission,
    Readers,
    Weighing,
    features_of,
)
from campaigns.checking.reading import Reading
from campaigns.checking.situation import Situation
from campaigns.materials.material import parse_material
from coprod.clock import today
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.yamlfile import load_yaml

LEARNT = Path(__file__).parent.parent / "campaigns" / "checking" / "omissions.json"
STRENGTH = 0.2
A_GOOD_TEXT_COUNTS = 0.5
OURS = "ours"  # written to learn from, and never counted
SPARSELY_MARKED = ("unseen", "fresh", "blind-a", "blind-b")
A_SPARSE_SET_COUNTS = 0.4
MORE_IN_DOUBT = 0
# How many harmful texts are asked, for each that a reviewer marked, where the set was left out.
ASKED_FOR_EACH: dict[Omission, float] = {
    "help": 1.3, "boys": 1.8, "perpetrator": 1.8, "peers": 2.0, "offline": 1.8
}  # fmt: skip


class Example(Struct, frozen=True):
    """A passage with its set and what is known of it."""

    set: str
    passage: Passage
    features: dict[str, int]

    @property
    def is_good(self) -> bool:
        """Tell whether nothing in it was marked."""
        return not self.passage.flags and not self.passage.missing

    @property
    def counts(self) -> float:
        """Give how much it counts: early reviewers hardly marked what was missing."""
        sparse = A_SPARSE_SET_COUNTS if self.set in SPARSELY_MARKED else 1.0
        return sparse * (A_GOOD_TEXT_COUNTS if self.is_good else 1.0)


@cache
def examples() -> tuple[Example, ...]:
    """Give all passages of all sets, and those written to learn from."""
    names = {file.stem.rsplit("-", 1)[0] for first in PASSAGE_SETS for file in CASES.glob(f"{first}-*.yaml")}
    ours = load_yaml(CASES / "writers" / "whole-texts.yaml", PassageFile).value.passages
    of_sets = [_example(name, one) for name in sorted(names) for one in passages(name)]
    return (*of_sets, *(_example(OURS, one) for one in ours))


def _example(name: str, passage: Passage) -> Example:
    reading = Reading(parse_material(passage.text, "passage.md"))
    situation = Situation(passage.audience, passage.nation, shipped_contacts(), {}, today())
    readers = Readers(
        passage.audience, names_help_contact(reading, situation), routes_to_help(reading, situation)
    )
    return Example(name, passage, features_of(reading.body_text, readers))


class Fitted:
    """One model an omission, over the same features."""

    def __init__(self, learnt_from: Sequence[Example]) -> None:
        self.names = sorted({name for one in learnt_from for name in one.features})
        counts = [one.counts for one in learnt_from]
        self.models: dict[str, LogisticRegression] = {}
        for omission in ASKED_FOR_EACH:
            marked = [omission in one.passage.missing for one in learnt_from]
            model = LogisticRegression(C=STRENGTH, max_iter=3000)
            self.models[omission] = model.fit(self.table(learnt_from), marked, sample_weight=counts)

    def table(self, rows: Sequence[Example]) -> Any:
        """Give the features as a table, each between 0 and 2."""
        return np.array([[one.features.get(name, 0) / scale_of(name) for name in self.names] for one in rows])

    def weights(self, rows: Sequence[Example], omission: str) -> list[float]:
        """Give what an omission weighs in each."""
        return list(self.models[omission].decision_function(self.table(rows)))


def scale_of(name: str) -> float:
    """Give what a count is divided by, so that each is between 0 and 2."""
    if name.startswith("more "):
        return MOST_COUNTED / 2
    return {"ways to help": MOST_WAYS / 1.5, "length": MOST_STEPS / 2}.get(name, 1.0)


def left_out_weights() -> dict[str, list[float]]:
    """Give what each omission weighs in each example, learnt from the other sets."""
    every = examples()
    weights: dict[str, list[float]] = {omission: [0.0] * len(every) for omission in ASKED_FOR_EACH}
    for left_out in sorted({one.set for one in every}):
        places = [place for place, one in enumerate(every) if one.set == left_out]
        fitted = Fitted([one for one in every if one.set != left_out])
        for omission, found in weights.items():
            for place, weight in zip(
                places, fitted.weights([every[one] for one in places], omission), strict=True
            ):
                found[place] = weight
    return weights


def asks_from(weights: dict[str, list[float]]) -> dict[str, float]:
    """Give from what weight on to ask, so that as many harmful texts are asked as said above."""
    rows = [
        (place, one)
        for place, one in enumerate(examples())
        if not one.is_good and one.set not in (OURS, *SPARSELY_MARKED)
    ]
    least: dict[str, float] = {}
    for omission, times in ASKED_FOR_EACH.items():
        marked = sum(omission in one.passage.missing for _, one in rows)
        ordered = sorted((weights[omission][place] for place, _ in rows), reverse=True)
        least[omission] = ordered[int(times * marked)]
    return least


def learn() -> Weighing:
    """Give the weights learnt from all sets, with limits set on sets left out."""
    fitted, least = Fitted(examples()), asks_from(left_out_weights())
    models = fitted.models.values()
    rows = {
        name: tuple(round(100 * model.coef_[0][place] / scale_of(name)) for model in models)
        for place, name in enumerate(fitted.names)
    }
    return Weighing(
        1,
        f"{len(examples())} passages, made up by us",
        tuple(ASKED_FOR_EACH),
        tuple(round(100 * model.intercept_[0]) for model in models),
        tuple(round(100 * one) for one in least.values()),
        MORE_IN_DOUBT,
        {name: row for name, row in rows.items() if any(row)},
    )


def across() -> None:
    """Print how often each omission was asked about in sets that were left out."""
    weights = left_out_weights()
    least = asks_from(weights)
    by_set: dict[str, Counter[str]] = {}
    for omission in ASKED_FOR_EACH:
        total: Counter[str] = Counter()
        for place, one in enumerate(examples()):
            if one.set == OURS:
                continue
            is_asked = weights[omission][place] >= least[omission]
            marked = "good" if one.is_good else "marked" if omission in one.passage.missing else "other"
            total[marked] += 1
            total[f"{marked} asked"] += is_asked
            counts = by_set.setdefault(one.set, Counter())
            counts[marked] += 1
            counts[f"{marked} asked"] += is_asked
        print(f"{omission:12} {_shares(total)}")
    for name, counts in by_set.items():
        print(f"{name:12} {_shares(counts)}")


def _shares(counts: Counter[str]) -> str:
    return ", ".join(
        f"{kind} {counts[kind + ' asked']} of {counts[kind]}" for kind in ("marked", "other", "good")
    )


def write(weighing: Weighing) -> None:
    """Write the weights, one feature a line."""
    import msgspec

    plain = msgspec.to_builtins(weighing)
    rows = plain.pop("rows")
    head = msgspec.json.encode(plain).decode()[:-1]
    lines = ",\n".join(f"{msgspec.json.encode(name).decode()}: {list(row)}" for name, row in rows.items())
    LEARNT.write_text(f'{head},\n"rows": {{\n{lines}\n}}}}\n', "utf-8")


def main() -> int:
    """Write the weights, or print how well they do."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.omissions", description=__doc__)
    parser.add_argument("--across", action="store_true", help="measure on sets left out; write nothing")
    if parser.parse_args().across:
        across()
        return 0
    weighing = learn()
    write(weighing)
    print(f"{len(weighing.rows)} features, {LEARNT.stat().st_size:,} bytes, from {weighing.trained}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
