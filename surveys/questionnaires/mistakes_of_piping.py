"""Mistakes in `${name}`: unfinished, of no earlier question, of words nobody may repeat, or where it cannot stand."""

from collections.abc import Iterator

from coprod.kernel.problem import Problem
from coprod.kernel.yamlfile import nearest
from coprod.kernel.yamlnodes import Mapping, Scalar
from surveys.questionnaires.piping import PIPE, PIPED_KINDS
from surveys.questionnaires.questions import SAID_KINDS
from surveys.questionnaires.sketch import FileSketch, PageSketch, groups_under, texts_of, wordings_under

_PIPED_FIELDS = frozenset({"ask", "help"})


def mistakes_of_piping(file: FileSketch) -> Iterator[Problem]:
    """Give every mistake in repeating an answer, each at its own character."""
    piped: set[int] = set()
    for index, page in enumerate(file.pages):
        for scalar in _piped_texts(page):
            piped.add(id(scalar))
            yield from _in_text(file, index, scalar)
    for _, wording in wordings_under(file.tree):
        for scalar in texts_of(wording).values():
            if "${" in scalar.text and id(scalar) not in piped:
                what = "answers are repeated only in `ask` and `help`"
                yield file.problem_within(scalar, scalar.text.index("${"), what, "word it without `${…}`")


def _piped_texts(page: PageSketch) -> Iterator[Scalar]:
    for group in (page.node, *groups_under(page.node, "by_age")):
        for key, value in group.entries:
            if key.text in _PIPED_FIELDS and isinstance(value, Scalar | Mapping):
                yield from (text for text in texts_of(value).values() if "${" in text.text)


def _in_text(file: FileSketch, index: int, scalar: Scalar) -> Iterator[Problem]:
    if file.pages[index].kind == "help-card":
        yield file.problem(scalar.place, "the help card is the same for everybody", "word it without `${…}`")
    for part in PIPE.finditer(scalar.text):
        if fault := _fault(file, index, part[1]):
            yield file.problem_within(scalar, part.start(), *fault)
    if (rest := PIPE.sub(lambda part: " " * len(part[0]), scalar.text).find("${")) >= 0:
        yield file.problem_within(scalar, rest, "a question's name is not finished here", "write ${name}")


def _fault(file: FileSketch, index: int, name: str) -> tuple[str, str] | None:
    """Give what is wrong with repeating the answer to a question here, and its mend."""
    earlier = {page.id: page for page in file.pages[:index] if page.id}
    asked = earlier.get(name)
    if asked is None and name in file.ids():
        return f"`{name}` is not answered before this page", "move it up, or name an earlier question"
    if asked is None:
        known = set(earlier) or {"(nothing is asked before this)"}
        return f"there is no question `{name}`", nearest(name, known)
    if asked.kind in SAID_KINDS:
        return f"`{name}` is a {asked.kind} and has no answer", "name a question"
    if asked.kind == "text":
        what = f"nobody's own words are repeated, and `{name}` is answered in words"
        return what, "name a question with choices"
    if asked.kind not in PIPED_KINDS:
        return f"an answer to `{name}` does not read well in a sentence", "name a question with plain choices"
    if asked.says("sensitive"):
        what = f"`{name}` is sensitive, and somebody may look over a shoulder"
        return what, "word it without the answer"
    return None
