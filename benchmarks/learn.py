"""Learn what words weigh for the second reader, from lines of made-up writers and our own sets.

Run `python -m benchmarks.learn` to write campaigns/checking/secondreader.json. Writers kept aside are never learnt
from; `--without blind-d` leaves a set out, so that it can measure what was learnt from the others.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from benchmarks.found import PASSAGE_SETS, Passage, labelled_cases, passages
from benchmarks.writers import Writer, flagged_lines, good_lines, writers
from campaigns.checking.reading import fold, sentences_in
from campaigns.checking.rules import shipped_rules
from campaigns.checking.secondreader import Weights

ROOT = Path(__file__).parent.parent
LEARNT = ROOT / "campaigns" / "checking" / "secondreader.json"
PART_WEIGHT = 0.7
SAME = {
    "criminalising": "criminalise",
    "definition": "law",
    "euphemism": "crime-erasing",
    "number": "claim",
    "register": "jargon",
}


class Example(Struct, frozen=True):
    """A folded sentence or part of one, the kind marked in it ("" for none), and how much it counts."""

    text: str
    kind: str = ""
    counts: float = 1.0


def examples(without: frozenset[str] = frozenset()) -> Iterator[Example]:
    """Give all there is to learn from."""
    for writer in writers("tuned"):
        yield from lines_of(writer)
    for passage in (passage for name in PASSAGE_SETS for passage in passages(name, without)):
        yield from _of_passage(passage)
    known = {line.kind for writer in writers("tuned") for line in flagged_lines(writer)}
    for pack in shipped_rules().packs:
        kind = SAME.get(pack.pack, pack.pack)
        for rule in pack.rules:
            yield from (Example(fold(text), kind) for text in rule.must_match if kind in known)
            yield from (Example(fold(text)) for text in rule.must_not_match)
    for case in labelled_cases():
        if not case.expect:
            yield from _of_text(case.text, [])


def lines_of(writer: Writer) -> Iterator[Example]:
    """Give what there is to learn from one writer."""
    for line in (*flagged_lines(writer), *good_lines(writer)):
        spans = [(line.text.index(words), words, SAME.get(line.kind, line.kind)) for words in line.marked]
        yield from _of_text(line.text, spans)


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


def learn(rows: Sequence[Example]) -> Weights:
    """Give the table that is learnt from all these."""
    from benchmarks.distil import word_vectors
    from benchmarks.fitting import fit

    marked = sum(bool(row.kind) for row in rows)
    trained = f"{marked} marked and {len(rows) - marked} other sentences and parts, made up by us"
    texts, kinds, counts = zip(*((row.text, row.kind, row.counts) for row in rows), strict=True)
    return fit(texts, kinds, counts, word_vectors().of_words(), trained)


def main() -> int:
    """Write the weights."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learn", description=__doc__)
    parser.add_argument("--without", action="append", default=[], help="a set not to learn from")
    arguments = parser.parse_args()
    weights = learn(list(examples(frozenset(arguments.without))))
    LEARNT.write_bytes(msgspec.json.encode(weights))
    print(f"{weights.words.count(chr(10)) + 1:,} words and {weights.pairs.count(chr(10)) + 1:,} pairs, "
          f"{LEARNT.stat().st_size:,} bytes, from {weights.trained}")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
