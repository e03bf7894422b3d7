"""Counting the syllables of English words by rule, with a short table of words the rule gets wrong."""

import re
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from campaigns.checking.stored import made_once
from coprod.kernel.yamlfile import load_yaml_text

_VOWELS = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûüŵŷ]+")
_SILENT_ENDING = re.compile(
    r"(?:[^aeiouy]|[aeiouy][^aeiouy])(?<![^aeiouy]l)e$"  # make, these; but not table
    r"|(?<=[^aeiouytd])ed$"  # helped; but not wanted
    r"|(?<=[^aeiouycsxzgh])(?<![^aeiouy]l)es$|(?<=th)es$"  # takes; but not places, tables
)
_SILENT_WITHIN = re.compile(
    r"[aeiouy][^aeiouy]+e(?=(?:ly|ment|ful|less|ness|some|ty|guard|time|work)s?$)"
    r"|^(?:some|home|safe|life|time|care|face|like|where|there|fore|make|take|name|side|white|fire|there|else)"
    r"(?=[^aeiouy](?!$)|o)"
)
_APART = re.compile(
    r"(?<![ctsgx])ia(?!ge|r$)|(?<=[ctsgx])iat|io(?=let|lence|logy|d|t)|(?<![gctsx])ious|eo(?!u|ple)|iu|(?<![gq])u[ao](?!r)|e(?=ality)|ios(?=ity)|ial(?=ity)|yone|(?<=[aeiou][^aeiou])eas?$"
    r"|(?<![aeo])ying|eing|oing|(?<=[^aeiou])ier$|iest$|sm$|sms$|eate?d?$|iety|uel$|ience|ient"
)
LONGEST_WORD = 60
_ENDINGS = (("s", 0), ("ly", 1), ("ing", 1), ("ness", 1), ("ment", 1), ("less", 1), ("ful", 1))


class _Exceptions(Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1]
    words: dict[str, int]


@cache
def _exceptions() -> dict[str, int]:
    return made_once("syllables", dict[str, int], _read_exceptions)


def _read_exceptions() -> dict[str, int]:
    text = resources.files("campaigns.checking").joinpath("syllables.yaml").read_text("utf-8")
    return load_yaml_text(text, "syllables.yaml", _Exceptions).value.words


def syllables(word: str) -> int:
    """Give the number of syllables of a word, at least 1. Hyphenated words are counted part by part."""
    plain = word[:LONGEST_WORD].lower().replace("’", "'")
    if plain.endswith("n't"):
        stem = plain[:-3]
        return _of_part(stem) + (stem not in {"do", "ca", "wo", "are", "were", "ai"})
    parts = [part for part in re.split("[-']", plain) if len(part) > 1 or part in {"a", "i", "o"}]
    return sum(_of_part(part) for part in parts if part not in {"ll", "re", "ve"}) or 1


def _of_part(part: str) -> int:
    known = _exceptions()
    if part in known:
        return known[part]
    for ending, added in _ENDINGS:
        if part.endswith(ending) and part.removesuffix(ending) in known:
            return known[part.removesuffix(ending)] + added
    count = len(_VOWELS.findall(part)) + len(_APART.findall(part))
    count -= bool(_SILENT_ENDING.search(part))
    count -= bool(_SILENT_WITHIN.search(part))
    return max(count, 1)
