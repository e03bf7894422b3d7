"""Learn what words weigh for the second reader, from lines of made-up writers and our own sets.

Run `python -m benchmarks.learn` to write campaigns/checking/resembling.json. Writers kept aside are never learnt from;
`--without SET` leaves a set out, so that it can measure what was learnt from the others.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
from msgspec import Struct
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.found import PASSAGE_SETS, Passage, labelled_cases, passages
from benchmarks.writers import flagged_lines, good_lines, writers
from campaigns.checking.reading import fold, sentences_in
from campaigns.checking.resembling import Weights, stems_of
from campaigns.checking.rules import shipped_rules

ROOT = Path(__file__).parent.parent
LEARNT = ROOT / "campaigns" / "checking" / "resembling.json"
STRENGTH = 1.0
PART_WEIGHT = 0.7
LEAST = 6
SETTINGS = (-150, -10, 50, -50, 130, -80)
KINDS = {
    "blame": "putting the blame on a young person",
    "agency": "hiding who does the harm",
    "relationship": "telling abuse as a relationship",
    "consent": "speaking of consent where there is none",
    "exchange": "telling abuse as a deal",
    "adultify": "making a child an adult",
    "stereotype": "a fixed idea of who is harmed or harms",
    "ethnicity": "a claim about ethnicity or faith",
    "fear": "frightening readers",
    "hopeless": "taking hope away",
    "monster": "making an abuser a monster",
    "sensational": "selling the abuse as a story",
    "criminalise": "making the child the criminal",
    "unsafe": "advice that can add danger",
    "promise": "a promise that nobody can keep",
    "command": "giving orders instead of help",
    "jargon": "words that only insiders know",
    "crime-erasing": "making the harm sound smaller",
    "record": "running a young person down",
    "law": "what it says of the law",
    "definition": "what it says of the law",
    "claim": "a claim without a source",
    "picture": "pictures that hurt or shame",
    "service": "blaming a young person for a service",
}
SAME = {"criminalising": "criminalise", "euphemism": "crime-erasing", "register": "jargon"}


class Example(Struct, frozen=True):
    """A folded sentence or part of one, the kind marked in it ("" for none), and how much it counts."""

    text: str
    kind: str = ""
    counts: float = 1.0


def examples(without: frozenset[str] = frozenset()) -> Iterator[Example]:
    """Give all there is to learn from."""
    for writer in writers("tuned"):
        for line in (*flagged_lines(writer), *good_lines(writer)):
            spans = [(line.text.index(words), words, line.kind) for words in line.marked]
            yield from _of_text(line.text, spans)
    for name in PASSAGE_SETS:
        for passage in passages(name) if name not in without else ():
            yield from _of_passage(passage)
    for pack in shipped_rules().packs:
        kind = pack.pack if pack.pack in KINDS else SAME.get(pack.pack, "blame")
        for rule in pack.rules:
            yield from (Example(fold(text), kind) for text in rule.must_match)
            yield from (Example(fold(text)) for text in rule.must_not_match)
    for case in labelled_cases():
        if not case.expect:
            yield from _of_text(case.text, [])


def _of_passage(passage: Passage) -> Iterator[Example]:
    spans = [
        (passage.text.index(flag.words), flag.words, SAME.get(flag.kind, flag.kind)) for flag in passage.flags
    ]
    yield from _of_text(passage.text, spans)


def _of_text(text: str, spans: list[tuple[int, str, str]]) -> Iterator[Example]:
    at = 0
    for line in text.split("\n"):
        for begun, ended in sentences_in(line) if line.strip() else ():
            start, end = at + begun, at + ended
            marked = [one for one in spans if one[0] < end and start < one[0] + len(one[1])]
            yield Example(fold(text[start:end]), marked[0][2] if marked else "")
            for _, words, kind in marked:
                if 8 < len(words) < (end - start) * 0.8:
                    yield Example(fold(words), kind, PART_WEIGHT)
        at += len(line) + 1


def features(text: str) -> dict[str, int]:
    """Give the words and pairs of a folded text, as the second reader weighs them."""
    stems = stems_of(text)
    pairs = (f"{first} {second}" for first, second in pairwise(("^", *stems, "$")))
    return dict.fromkeys((*stems, *pairs), 1)


def learn(rows: list[Example]) -> Weights:
    """Give the weights of a logistic regression, each entry beside the kind it is most typical of."""
    seen = [features(row.text) for row in rows]
    vectors = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=1000, class_weight="balanced")
    model.fit(
        vectors.fit_transform(seen),
        [bool(row.kind) for row in rows],
        sample_weight=[row.counts for row in rows],
    )
    weighed = dict(zip(vectors.feature_names_, (round(100 * one) for one in model.coef_[0]), strict=True))
    typical = _typical_kinds(rows, seen)
    good = {entry: weight for entry, weight in weighed.items() if weight <= -LEAST}
    marked: dict[str, dict[str, int]] = defaultdict(dict)
    for entry, weight in weighed.items():
        if weight >= LEAST:
            marked[typical[entry]][entry] = weight
    trained = f"{sum(bool(row.kind) for row in rows)} marked and {sum(not row.kind for row in rows)} other sentences and parts, made up by us"
    return Weights(1, trained, round(100 * model.intercept_[0]), *SETTINGS, KINDS, good, dict(marked))


def _typical_kinds(rows: list[Example], seen: list[dict[str, int]]) -> dict[str, str]:
    """Give for each entry the kind in which it is most frequent for the size of the kind."""
    sizes = Counter(row.kind for row in rows if row.kind)
    within: dict[str, Counter[str]] = defaultdict(Counter)
    for row, entries in zip(rows, seen, strict=True):
        if row.kind:
            for entry in entries:
                within[entry][row.kind] += 1
    return {
        entry: max(counts, key=lambda kind: counts[kind] / (sizes[kind] + 10))
        for entry, counts in within.items()
    }


def main() -> int:
    """Write the weights."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learn", description=__doc__)
    parser.add_argument("--without", action="append", default=[], help="a set not to learn from")
    arguments = parser.parse_args()
    weights = learn(list(examples(frozenset(arguments.without))))
    LEARNT.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
    size = len(weights.good) + sum(len(entries) for entries in weights.marked.values())
    print(f"{size} words and pairs, from {weights.trained}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
