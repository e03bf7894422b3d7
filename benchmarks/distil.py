"""Distil what words mean from a language model, once, so that the second reader knows words that no line holds.

Run `python -m benchmarks.distil` to write benchmarks/word-vectors.msgpack: for each word of our lines, and for the
commonest English words among the model's own pieces, the model's 384 numbers drawn together to 64 (principal
components), in 8 bits. The model is all-MiniLM-L6-v2 (Apache-2.0) from the extra `meaning`; nothing of it is shipped.
"""

import re
import sys
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np
from msgspec import Struct

from analysis.codes import meaning
from benchmarks.learn import examples
from campaigns.checking.secondreader import words_of

VECTORS = Path(__file__).parent / "word-vectors.msgpack"
COMMONEST = 14_000
DIMENSIONS = 64
_COMMON_WORD = re.compile(r"[a-z]{2,}")


class WordVectors(Struct, frozen=True, forbid_unknown_fields=True):
    """Words, one a line, and for each a row of numbers in 8 bits."""

    format: Literal[1]
    dimensions: int
    words: str
    rows: bytes

    def of_words(self) -> dict[str, Any]:
        """Give for each word its numbers, of length 1."""
        table = np.frombuffer(self.rows, dtype=np.int8).reshape(-1, self.dimensions).astype(np.float64)
        table /= np.linalg.norm(table, axis=1, keepdims=True)
        return dict(zip(self.words.split("\n"), table, strict=True))


@cache
def word_vectors() -> WordVectors:
    """Give the vectors that were distilled."""
    return msgspec.msgpack.decode(VECTORS.read_bytes(), type=WordVectors)


def vocabulary() -> list[str]:
    """Give the words of all lines and the commonest words of English, each once."""
    listed = Path(meaning.__file__).with_name("wordpieces.txt").read_text("utf-8").split("\n")
    common = [word for word in listed if _COMMON_WORD.fullmatch(word)][:COMMONEST]
    ours = sorted({word for example in examples() for word in words_of(example.text) if "#" not in word})
    return list(dict.fromkeys((*ours, *common)))


def distilled(words: list[str]) -> WordVectors:
    """Give the vectors of words, drawn together."""
    full = np.array(meaning.sentence_vectors(words), dtype=np.float64)
    full -= full.mean(axis=0)
    _, _, components = np.linalg.svd(full, full_matrices=False)
    table = full @ components[:DIMENSIONS].T
    table *= 127 / np.abs(table).max(axis=1, keepdims=True)
    return WordVectors(1, DIMENSIONS, "\n".join(words), np.rint(table).astype(np.int8).tobytes())


def main() -> int:
    """Write the vectors."""
    words = vocabulary()
    VECTORS.write_bytes(msgspec.msgpack.encode(distilled(words)))
    print(f"{len(words)} words, {VECTORS.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
