"""Patterns for `regex()` that always come to an end soon, whatever text they meet."""

import re

LONGEST_PATTERN = 100
LONGEST_SUBJECT = 200
MOST_STEPS = 10_000_000
_ESCAPED_OR_CLASS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_COUNTED = re.compile(r"\{(\d{1,3})(,?)(\d{0,3})\}")


def pattern_mistake(pattern: str) -> str:
    """Give what to change in a pattern that may not be used, or nothing.

    Refused: look-around, references back and repeated groups, and more repeats than could be
    tried in ten million steps on 200 characters. What is left is polynomial in the text's length.
    """
    if len(pattern) > LONGEST_PATTERN:
        return f"write at most {LONGEST_PATTERN} characters"
    if re.search(r"\\[1-9]|\(\?", pattern):
        return "leave out references back and anything that starts with `(?`"
    bare = _ESCAPED_OR_CLASS.sub("x", pattern)
    if re.search(r"\)[*+?{]", bare):
        return "repeat letters and [sets] only, never a group in brackets"
    if _steps(bare) > MOST_STEPS:
        return "use fewer repeats"
    try:
        re.compile(pattern)
    except (re.error, OverflowError):
        return "this is not a pattern; look for an unclosed bracket"
    return ""


def matches_whole(text: str, pattern: str) -> bool:
    """Tell whether a pattern matches all of a text of up to 200 characters; longer ones never match."""
    return len(text) <= LONGEST_SUBJECT and re.fullmatch(pattern, text) is not None


def _steps(bare: str) -> int:
    """Give an upper bound on the ways a matcher could try: each repeat multiplies them."""
    steps: int = 1 << (bare.count("|") + bare.count("?"))
    steps *= LONGEST_SUBJECT ** len(re.findall(r"[*+]", bare))
    for fewest, comma, most in _COUNTED.findall(bare):
        steps *= int(most or LONGEST_SUBJECT) - int(fewest) + 1 if comma else 1
    return steps
