"""YAML as a tree of texts with their places; nothing is guessed from how a scalar looks.

The parser is loaded when the first YAML is read: what commands need of our own lists is mostly kept ready.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from coprod.kernel.files import decoded, read_bytes
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.text import cleaned

if TYPE_CHECKING:
    import yaml

DEEPEST = 30
_CUT = re.compile(r"[ \t]+#[^\s#]")
_SLIPS = (
    ("tab character", "a tab stands before the words", "put spaces there, as many as in the line above"),
    (
        "mapping values are not allowed",
        "a colon stands where none can",
        'put a text that holds a colon between "straight quote marks", and begin lines with plain spaces',
    ),
)


class Place(Struct, frozen=True, order=True):
    """Line and column, from 1."""

    line: int
    column: int


class Scalar(Struct, frozen=True):
    """A text, as written."""

    text: str
    place: Place


class Sequence(Struct, frozen=True):
    """A list of nodes."""

    items: "tuple[Node, ...]"
    place: Place


class Mapping(Struct, frozen=True):
    """Keys with their nodes, in the order written."""

    entries: "tuple[tuple[Scalar, Node], ...]"
    place: Place


Node = Scalar | Sequence | Mapping


def parse_yaml_file(path: Path) -> Node:
    """Give the tree of a YAML file. Raises BadInputError with every structural problem."""
    return parse_yaml(decoded(read_bytes(path).removeprefix(b"\xef\xbb\xbf"), path), str(path))


def parse_yaml(text: str, path: str, first_line: int = 1) -> Node:
    """Give the tree of YAML text; `first_line` is where it starts in the file called `path`.

    Refuses anchors, aliases, tags, duplicate keys, more than one document, characters that
    could hide something from a reader, and more than 30 levels.
    """
    import yaml

    if not text.strip():
        raise BadInputError(
            Problem(path, first_line, 1, "there is nothing here", "write at least `format: 1`")
        )
    _refuse_hidden(text, path, first_line)
    try:
        _refuse_tricks(text, path, first_line)
        root = yaml.compose(text, Loader=_loader())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + first_line, mark.column + 1) if mark else Place(first_line, 1)
        what, mend = _in_plain_words(str(error.problem or error.context))
        raise BadInputError(Problem(path, place.line, place.column, what, mend)) from None
    if root is None:
        raise BadInputError(
            Problem(path, first_line, 1, "there is nothing here", "write at least `format: 1`")
        )
    problems: list[Problem] = []
    node = _node(root, path, first_line, problems)
    if problems:
        raise BadInputError(*problems)
    return node


def _in_plain_words(said: str) -> tuple[str, str]:
    """Give what is wrong and what to do; the two commonest slips in words of their own."""
    for part, what, mend in _SLIPS:
        if part in said:
            return f"this is not YAML: {what}", mend
    return f"this is not YAML: {said}", "look for a missing colon, quote mark or indent just above"


def _loader() -> "type[yaml.BaseLoader | yaml.CBaseLoader]":
    import yaml

    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _refuse_hidden(text: str, path: str, first_line: int) -> None:
    problems = [
        Problem(
            path,
            first_line + number,
            1,
            "this line holds characters that cannot be seen",
            "type the line again",
        )
        for number, line in enumerate(text.split("\n"))
        if cleaned(line).dropped
    ]
    if problems:
        raise BadInputError(*problems)


def _refuse_tricks(text: str, path: str, first_line: int) -> None:
    """Read the events before building anything, so that nothing can grow or nest without bound."""
    import yaml

    depth = documents = 0
    for event in yaml.parse(text, Loader=_loader()):
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        anchored = getattr(event, "anchor", None) is not None
        tagged = getattr(event, "tag", None) is not None
        if isinstance(event, yaml.ScalarEvent) and not event.style:
            _refuse_cut_text(event, text, path, first_line)
        fault = (
            "anchors, aliases and tags are not used here"
            if anchored or tagged
            else "this nests too deeply"
            if depth > DEEPEST
            else "a second document starts here"
            if documents > 1
            else ""
        )
        if fault:
            mark = event.start_mark
            place = Place(mark.line + first_line, mark.column + 1) if mark else Place(first_line, 1)
            mend = "write the text out in full, in one plain document"
            raise BadInputError(Problem(path, place.line, place.column, fault, mend))


def _refuse_cut_text(event: "yaml.ScalarEvent", text: str, path: str, first_line: int) -> None:
    """Refuse `your #1 wish`: YAML reads "your" and takes the rest for a remark, and nobody would be told."""
    end = event.end_mark
    if end and (cut := _CUT.match(text, end.index)):
        line, column = end.line + first_line, end.column + len(cut[0]) - 1
        what = "from `#` on this is a remark, and not part of the text"
        mend = 'put the whole text between "straight quote marks"; a remark has a blank after its `#`'
        raise BadInputError(Problem(path, line, column, what, mend))


def _node(node: "yaml.Node", path: str, first_line: int, problems: list[Problem]) -> Node:
    import yaml

    place = Place(node.start_mark.line + first_line, node.start_mark.column + 1)
    if isinstance(node, yaml.ScalarNode):
        return Scalar(node.value, place)
    if isinstance(node, yaml.SequenceNode):
        return Sequence(tuple(_node(item, path, first_line, problems) for item in node.value), place)
    entries: dict[str, tuple[Scalar, Node]] = {}
    for key_node, value_node in node.value:
        key = _node(key_node, path, first_line, problems)
        value = _node(value_node, path, first_line, problems)
        if not isinstance(key, Scalar):
            problems.append(
                _problem(path, key.place, "a name is expected here", "write a plain word and a colon")
            )
        elif key.text in entries:
            first = entries[key.text][0].place.line
            mend = f"it stands in line {first} already; keep one"
            problems.append(_problem(path, key.place, f"`{key.text}` comes twice", mend))
        else:
            entries[key.text] = (key, value)
    return Mapping(tuple(entries.values()), place)


def _problem(path: str, place: Place, what: str, mend: str) -> Problem:
    return Problem(path, place.line, place.column, what, mend)
