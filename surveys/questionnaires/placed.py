"""A questionnaire with the place of each of its words, for those who look at how it is written."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from coprod.kernel.wording import Wording
from coprod.kernel.yamlfile import Steps, typed
from coprod.kernel.yamlnodes import Place, Scalar, parse_yaml
from surveys.questionnaires.questionnaire import Questionnaire, parse_questionnaire
from surveys.questionnaires.sketch import place_within

Role = Literal["title", "purpose", "who_reads", "ask", "help", "low", "high", "constraint_help", "label"]
_OF_A_PAGE: tuple[Role, ...] = ("ask", "help", "low", "high", "constraint_help")


class Worded(Struct, frozen=True):
    """One wording: what it is, on which page (-1 is the front matter), and the way to it in the file."""

    role: Role
    page: int
    steps: Steps
    wording: Wording


class Spot(Struct, frozen=True):
    """A stretch of a file, from 1, in code points, ends exclusive. An empty text is a place and no stretch."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str = ""


class Placed(Struct, frozen=True):
    """A questionnaire without structural mistakes, its file's name and lines, and where each part stands."""

    questionnaire: Questionnaire
    path: str
    lines: tuple[str, ...]
    places: dict[Steps, Place]

    def spot(self, steps: Steps) -> Spot:
        """Give the place of a part, or of its nearest parent."""
        while steps and steps not in self.places:
            steps = steps[:-1]
        place = self.places.get(steps, Place(1, 1))
        return Spot(place.line, place.column, place.line, place.column)

    def stretch(self, steps: Steps, text: str, start: int, end: int) -> Spot:
        """Give the place of some characters of a text, counted from 0; of its start where it runs over lines."""
        whole = self.spot(steps)
        scalar = Scalar(text, Place(whole.line, whole.column))
        first = place_within(scalar, start, list(self.lines))
        found = text[start:end]
        if first == scalar.place and start:
            return Spot(first.line, first.column, first.line, first.column, found)
        return Spot(first.line, first.column, first.line, first.column + end - start, found)


def placed_questionnaire(text: str, name: str) -> Placed:
    """Give the questionnaire, with its places, in a text that came from the file called `name`.

    Raises BadInputError with every structural mistake, as `parse_questionnaire` does.
    """
    questionnaire = parse_questionnaire(text, name)
    places = typed(parse_yaml(text, name), name, Questionnaire).places
    return Placed(questionnaire, name, tuple(text.split("\n")), places)


def worded_in(questionnaire: Questionnaire) -> Iterator[Worded]:
    """Give every wording a respondent may read, in the order they meet them, but for the makers' name."""
    yield Worded("title", -1, ("title",), questionnaire.title)
    yield Worded("purpose", -1, ("purpose",), questionnaire.purpose)
    if questionnaire.who_reads is not None:
        yield Worded("who_reads", -1, ("who_reads",), questionnaire.who_reads)
    for index, page in enumerate(questionnaire.pages):
        yield from _parts(page, index, ("pages", index))
        for number, variant in enumerate(page.by_age):
            yield from _parts(variant, index, ("pages", index, "by_age", number))
        for number, choice in enumerate(getattr(page, "choices", ())):
            steps: Steps = ("pages", index, "choices", number, "label")
            yield Worded("label", index, steps, choice.label)


def _parts(part: Struct, index: int, steps: Steps) -> Iterator[Worded]:
    for role in _OF_A_PAGE:
        wording = getattr(part, role, None)
        if isinstance(wording, Wording):
            yield Worded(role, index, (*steps, role), wording)


def steps_of(worded: Worded, language: str) -> Steps:
    """Give the way to one language of a wording."""
    return (*worded.steps, language)
