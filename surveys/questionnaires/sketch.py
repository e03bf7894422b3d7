"""What a questionnaire file says, read so loosely that every mistake in it can be found in one go."""

from collections.abc import Iterator

from msgspec import Struct

from coprod.kernel.problem import Problem
from coprod.kernel.yamlnodes import Mapping, Node, Place, Scalar, Sequence
from surveys.interviews.composed import composed_ids
from surveys.interviews.phrases import scale_of
from surveys.questionnaires.questions import SOMETHING_ELSE

_WORDINGS = frozenset(
    {"title", "made_by", "purpose", "who_reads", "ask", "help", "label", "low", "high", "constraint_help"}
)


class PageSketch(Struct, frozen=True):
    """One page as far as it can be read: `choices` are the groups that describe its choices."""

    node: Mapping
    id: str
    kind: str
    choices: tuple[Mapping, ...]

    def scalar(self, name: str) -> Scalar | None:
        """Give the text under a name, if it is one."""
        return scalar_in(self.node, name)

    def says(self, name: str) -> bool:
        """Tell whether a switch is on or a text is written."""
        value = self.scalar(name)
        return value is not None and value.text.strip().lower() not in {"", "false", "no"}

    def choice_ids(self) -> tuple[str, ...]:
        """Give the ids an answer may hold; nothing where answers are not choices."""
        if points := scale_of(self.kind):
            return tuple(point.id for point in points)
        added = (SOMETHING_ELSE,) if self.says("something_else") else ()
        named = (scalar_in(choice, "id") for choice in self.choices)
        names = tuple(name.text for name in named if name is not None)
        passage = self.scalar("passage")
        return composed_ids(self.kind, names, passage.text if passage else "") or (*names, *added)


class FileSketch(Struct, frozen=True):
    """The file being checked: its name, its lines, its pages in order."""

    path: str
    lines: list[str]
    tree: Node
    pages: tuple[PageSketch, ...]

    def problem(self, place: Place, what: str, mend: str) -> Problem:
        """Give a problem at a place."""
        return Problem(self.path, place.line, place.column, what, mend)

    def problem_within(self, scalar: Scalar, offset: int, what: str, mend: str) -> Problem:
        """Give a problem at a character of a text, counted from 0."""
        return self.problem(place_within(scalar, offset, self.lines), what, mend)

    def ids(self) -> tuple[str, ...]:
        """Give the ids of the pages that have one."""
        return tuple(page.id for page in self.pages if page.id)


def sketches(tree: Node) -> tuple[PageSketch, ...]:
    """Give the pages of a questionnaire, as far as they can be read."""
    pages = _under(tree, "pages")
    items = pages.items if isinstance(pages, Sequence) else ()
    return tuple(_sketch(item) for item in items if isinstance(item, Mapping))


def scalar_in(node: Node, name: str) -> Scalar | None:
    """Give the text under a name of a group, if it is one."""
    value = _under(node, name)
    return value if isinstance(value, Scalar) else None


def scalars_under(node: Node, name: str) -> tuple[Scalar, ...]:
    """Give the texts of a list under a name."""
    value = _under(node, name)
    items = value.items if isinstance(value, Sequence) else ()
    return tuple(item for item in items if isinstance(item, Scalar))


def wordings_under(node: Node) -> Iterator[tuple[str, Scalar | Mapping]]:
    """Give every wording in a tree with its name, whichever way it is written."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from wordings_under(item)
    if isinstance(node, Mapping):
        for key, value in node.entries:
            if key.text in _WORDINGS and not isinstance(value, Sequence):
                yield key.text, value
            else:
                yield from wordings_under(value)


def texts_of(wording: Scalar | Mapping) -> dict[str, Scalar]:
    """Give the texts of a wording by language."""
    if isinstance(wording, Scalar):
        return {"en": wording}
    return {key.text: value for key, value in wording.entries if isinstance(value, Scalar)}


def groups_under(node: Node, name: str) -> tuple[Mapping, ...]:
    """Give the groups of a list under a name."""
    value = _under(node, name)
    items = value.items if isinstance(value, Sequence) else ()
    return tuple(item for item in items if isinstance(item, Mapping))


def place_within(scalar: Scalar, offset: int, lines: list[str]) -> Place:
    """Give the place in the file of a character of a scalar; of its start where the file spells it otherwise.

    `lines` are the file's lines; `offset` counts code points of the scalar's text from 0.
    """
    line, column = scalar.place.line, scalar.place.column
    written = lines[line - 1][column - 1 :] if line <= len(lines) else ""
    before = scalar.text[:offset]
    if written.startswith(scalar.text):
        return Place(line, column + offset)
    if written.startswith(f'"{scalar.text}"'):
        return Place(line, column + 1 + offset)
    if written.startswith("'" + scalar.text.replace("'", "''") + "'"):
        return Place(line, column + 1 + offset + before.count("'"))
    return scalar.place


def _sketch(node: Mapping) -> PageSketch:
    name, kind = scalar_in(node, "id"), scalar_in(node, "kind")
    return PageSketch(
        node, name.text if name else "", kind.text if kind else "", groups_under(node, "choices")
    )


def _under(node: Node, name: str) -> Node | None:
    entries = node.entries if isinstance(node, Mapping) else ()
    return next((value for key, value in entries if key.text == name), None)
