"""Columns that could say who somebody is: found by what they are called and by what stands in them."""

import functools
import re
from pathlib import Path
from typing import Literal

import polars as pl
from msgspec import Struct

from coprod.kernel.yamlfile import load_yaml

LEAST_SHARE = 0.5
LEAST_FOR_IDS = 10
LEAST_FOR_FLAGS = 5
ID_WORDS = ("id", "ids", "uuid", "guid")
LONGEST_ID_HEADER = 3
NAMES_DISTINCT = 0.6
NAMES_SHARE = 0.8
FLAGS = ("0", "1", "0.0", "1.0", "yes", "no", "y", "n", "true", "false", "x", "")
# Whole values, blanks around them taken off; Rust's regular expressions, so without looking around.
_CONTENT: tuple[tuple[str, str], ...] = (
    ("emails", r"^[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+$"),
    ("what identifies a device", r"^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{0,4}){4,7}$"),
    ("what identifies a device", r"^(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}$|^\d{15}$"),
    ("numbers given to a person", r"^(?:uuid:)?\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?$"),
    ("numbers given to a person", r"^\d{3}[ -]\d{3}[ -]\d{4}$|^[A-CEGHJ-PR-TW-Za-z]{2}\d{6}[A-Da-d]$"),
    ("phone numbers", r"^(?:\+\d{1,3}|0)[\s().-]*\d(?:[\s().-]*\d){8,11}$"),
    ("addresses and places", r"^[A-Za-z]{1,2}\d[A-Za-z\d]?\s?\d[A-Za-z]{2}$"),
    ("addresses and places", r"^-?\d{1,3}\.\d{3,}[,;\s]+-?\d{1,3}\.\d{3,}(?:[,;\s]+-?[\d.]+){0,2}$"),
    (
        "addresses and places",
        r"^\d{1,4}[A-Za-z]?\s+(?:[A-Za-z’'-]+\s+){1,4}(?i:road|rd|street|st|avenue|ave|lane|close|drive|terrace|gardens|crescent)\b",
    ),
    ("dates and times", r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{1,2}:\d{2}.*)?$|^\d{1,2}:\d{2}(?::\d{2})?$"),
    ("dates and times", r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?:[ ,T]+\d{1,2}:\d{2}.*)?$"),
    ("names", r"^@[\w.]{2,30}$"),
)
_NAME = r"^\p{Lu}[\p{Ll}’'-]+(?: \p{Lu}[\p{L}’'.-]*){1,2}$"
_ID = r"^[A-Za-z]{0,4}[-_#/]?\d[A-Za-z0-9_/-]{0,38}$|^[0-9a-f]{16,64}$"
_ANY_DIGIT = r"\d"


class _Kind(Struct, frozen=True, forbid_unknown_fields=True):
    holds: str
    whole: tuple[str, ...]
    anywhere: tuple[str, ...]


class _Headers(Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1]
    kinds: tuple[_Kind, ...]


def holds_by_header(header: str) -> str:
    """Give what a column with this header may hold that says who somebody is ("emails"), or nothing.

    Short headers are looked up whole and long ones for phrases, so that "What did you think of the location?" is
    a question like any other. What stands before the last slash, as Kobo puts groups, is passed over.
    """
    called = _folded(header.rsplit("/", 1)[-1])
    whole, anywhere = _lists()
    if called in whole:
        return whole[called]
    words = called.split()
    if words and words[-1] in ID_WORDS and len(words) <= LONGEST_ID_HEADER:
        return "numbers given to a person"
    found = anywhere.search(called)
    return next((kind for kind, phrases in _phrases() if found and found[0] in phrases), "")


def holds_by_content(values: pl.Series) -> str:
    """Give what a column holds that says who somebody is, or nothing: half or more of what stands there looks like it."""
    if values.dtype.is_temporal():
        return "dates and times"
    if values.dtype.is_nested() or values.dtype == pl.Boolean or values.dtype.is_float():
        return ""
    texts = values.drop_nulls().cast(pl.String).str.strip_chars()
    texts = texts.filter(texts != "")
    if texts.is_empty():
        return ""
    distinct, times = texts.value_counts(name="times").get_columns()
    for holds, pattern in _CONTENT:
        if times.filter(distinct.str.contains(pattern)).sum() >= LEAST_SHARE * len(texts):
            return holds
    return _by_shape(texts)


def only_flags(values: pl.Series) -> bool:
    """Tell whether a column says only yes or no, 1 or 0 or nothing, and not always the same.

    Then it tells of a thing, whatever it is called.
    """
    if values.dtype.is_nested() or values.dtype.is_temporal():
        return False
    said = values.cast(pl.String).str.strip_chars().str.to_lowercase().fill_null("")
    return len(values) >= LEAST_FOR_FLAGS and said.n_unique() > 1 and bool(said.is_in(FLAGS).all())


def _by_shape(texts: pl.Series) -> str:
    """Give names or ids told by their shape: (nearly) every row has its own value, written like one."""
    if len(texts) < LEAST_FOR_IDS:
        return ""
    distinct = texts.n_unique() / len(texts)
    if distinct == 1 and bool((texts.str.contains(_ID) & texts.str.contains(_ANY_DIGIT)).all()):
        return "numbers given to a person"
    if distinct >= NAMES_DISTINCT and float(texts.str.contains(_NAME).sum()) >= NAMES_SHARE * len(texts):
        return "names"
    return ""


def _folded(header: str) -> str:
    """Give a header as small words with one blank between, `startTime` and `_start_time` alike."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return " ".join(re.sub(r"[^\w]+|_+", " ", parted.replace("’", "").replace("'", "")).split()).casefold()


@functools.cache
def _kinds() -> tuple[_Kind, ...]:
    return load_yaml(Path(__file__).with_name("identifying.yaml"), _Headers).value.kinds


@functools.cache
def _lists() -> tuple[dict[str, str], re.Pattern[str]]:
    whole = {header: one.holds for one in _kinds() for header in one.whole}
    phrases = sorted((phrase for one in _kinds() for phrase in one.anywhere), key=len, reverse=True)
    return whole, re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b")


def _phrases() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((one.holds, one.anywhere) for one in _kinds())
