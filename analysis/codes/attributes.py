"""Attributes: what else is known of whoever wrote an answer, such as their area, for linked or imported data only.

Beside an answer they may say who somebody is, so whatever holds them is raw (`analysis.publishing.raw`).
"""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from analysis.inputs.answers import ANSWERED, APART_WORDS, Answers, answers_to
from analysis.inputs.responses import Responses
from analysis.words.keyness import linked_texts
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line

SEVERAL = "; "
RAW_ASKED = "told for a raw export"
MEND = "name another column"
_WHOLE = re.compile("0|-?[1-9][0-9]{0,17}")


class Attribute(Struct, frozen=True):
    """One attribute: its name and its value by response id, where there is one. All values are texts, or all numbers."""

    name: str
    values: Mapping[str, str | int]

    def __repr__(self) -> str:
        """Give the size only: a representation may land in a log, and answers may not."""
        return f"Attribute({len(self.values)} values)"

    @property
    def whole(self) -> bool:
        """Tell whether the values are whole numbers."""
        return bool(self.values) and all(isinstance(value, int) for value in self.values.values())


def attributes_of(responses: Responses, text: str, names: Sequence[str]) -> tuple[Attribute, ...]:
    """Give columns of a file, or closed questions of a batch, as attributes of the answers to `text`, each once.

    Response ids are as in coding: `row-1`, `row-2` … of a file, a batch's own. Several choices are one text; a column
    of nothing but whole numbers is numbers. Raises RefusedError for a batch's question whose words are kept apart from
    the rest, BadInputError for a column that is not there, left out, a batch's free text, or the text itself.
    """
    if names:
        linked_texts(responses, text)
    found = {one.name: one for one in (_attribute(responses, text, name) for name in names)}
    return tuple(found.values())


def _attribute(responses: Responses, text: str, name: str) -> Attribute:
    if responses.about is not None:
        if name == text or name in responses.text_columns:
            what = f"`{clean_line(name)}` is a free text, not something to set beside one"
            raise BadInputError.of(responses.source, what, "name a closed question")
        return Attribute(name, _typed(_answered(answers_to(responses, name))))
    column = responses.column(name)
    if column.name == responses.column(text).name:
        raise BadInputError.of(responses.source, f"`{clean_line(name)}` is the text itself", MEND)
    if column.taken_as == "text":
        held = enumerate(responses.frame[column.name].to_list(), start=1)
        said = {f"row-{row}": clean_line(str(value)) for row, value in held if value is not None}
    else:
        answers = answers_to(responses, column.name, RAW_ASKED)
        said = {f"row-{int(row) + 1}": value for row, value in _answered(answers).items()}
    return Attribute(clean_line(column.name), _typed(said))


def _answered(answers: Answers) -> dict[str, str]:
    """Give what each response answered; where a batch says why there is no answer, that, except beside numbers."""
    apart = dict(APART_WORDS) if answers.apart is APART_WORDS and not answers.ratings else {}
    said: dict[str, str] = {}
    for row, value, state in answers.frame.select("response", "value", "state").iter_rows():
        word = value if state == ANSWERED else apart.get(state)
        if word is not None:
            before = said.get(str(row))
            said[str(row)] = word if before is None else f"{before}{SEVERAL}{word}"
    return said


def _typed(said: Mapping[str, str]) -> Mapping[str, str | int]:
    held = {response: value for response, value in said.items() if value}
    if all(_WHOLE.fullmatch(value) for value in held.values()):
        return {response: int(value) for response, value in held.items()}
    return held
