"""Piping: `${name}` in a wording gives the words of an earlier closed answer. Nobody's own words are repeated."""

import re
from collections.abc import Mapping
from functools import cache

from surveys.questionnaires.questions import QuestionPage

PIPE = re.compile(r"\$\{\s*([^}\s]*)\s*\}")
# Kinds whose answers read well in the middle of a sentence.
PIPED_KINDS = frozenset(
    {"choose-one", "choose-many", "cards", "faces", "likert", "frequency", "ranking", "number"}
)


@cache
def piped_in(page: QuestionPage) -> tuple[str, ...]:
    """Give the questions whose answers a page repeats, in any language and for any age."""
    wordings = [one for part in (page, *page.by_age) for one in (part.ask, part.help) if one is not None]
    texts = [text for wording in wordings for _, text in wording.written() if "${" in text]
    return tuple(dict.fromkeys(name for text in texts for name in PIPE.findall(text)))


def filled_in(text: str, answers: Mapping[str, str]) -> str:
    """Give a text with each `${name}` replaced by its answer's words, by three dots where there are none."""
    return PIPE.sub(lambda found: answers.get(found[1], "…"), text) if "${" in text else text
