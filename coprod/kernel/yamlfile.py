"""Content files as typed data: every mistake at once, each with its place and its mend."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct, structs
from msgspec import inspect as shapes

from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.shapes import from_plain
from coprod.kernel.wording import Wording
from coprod.kernel.yamlnodes import Mapping, Node, Place, Scalar, Sequence, parse_yaml, parse_yaml_file

T = TypeVar("T")
Steps = tuple[str | int, ...]
_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}


class Loaded(Struct, Generic[T], frozen=True):
    """A typed value, the file it came from, and where each part of it stands."""

    value: T
    path: str
    places: dict[Steps, Place]

    def problem(self, steps: Steps, what: str, mend: str) -> Problem:
        """Give a problem at the part named by `steps` (keys and indexes), or at its nearest parent."""
        while steps and steps not in self.places:
            steps = steps[:-1]
        place = self.places.get(steps, Place(1, 1))
        return Problem(self.path, place.line, place.column, what, mend)


def load_yaml(path: Path, model: type[T]) -> Loaded[T]:
    """Give a YAML file as `model`. Raises BadInputError with every mistake in it."""
    return typed(parse_yaml_file(path), str(path), model)


def load_yaml_text(text: str, path: str, model: type[T], first_line: int = 1) -> Loaded[T]:
    """Give YAML text as `model`, reporting places as in the file called `path`."""
    return typed(parse_yaml(text, path, first_line), path, model)


def typed(node: Node, path: str, model: type[T]) -> Loaded[T]:
    """Give a parsed tree as `model`. Raises BadInputError with every mistake in it."""
    reader = _Reader(path)
    plain = reader.read(node, shapes.type_info(model), ())
    if reader.problems:
        raise BadInputError(*reader.problems)
    try:
        return Loaded(from_plain(plain, model), path, reader.places)
    except msgspec.ValidationError as error:
        place = reader.places[()]
        raise BadInputError(
            Problem(path, place.line, place.column, str(error), "correct this part")
        ) from None


def nearest(word: str, known: Iterable[str]) -> str:
    """Give what a person most likely meant: "did you mean `x`?" or the list of what is known."""
    import difflib  # only where somebody mistyped

    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1)
    return f"did you mean `{close[0]}`?" if close else f"known here: {', '.join(names)}"


class _Reader:
    """Walks a tree beside the shape it should have, and collects what does not fit."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.places: dict[Steps, Place] = {}

    def read(self, node: Node, shape: shapes.Type, steps: Steps) -> Any:
        self.places[steps] = node.place
        match shape:
            case shapes.Metadata(type=inner, extra_json_schema=extra):
                before = len(self.problems)
                value = self.read(node, inner, steps)
                self._reword(before, extra)
                return value
            case shapes.UnionType(types=types):
                return self._union(node, types, steps)
            case shapes.StructType():
                return self._struct(node, shape, steps)
            case shapes.ListType(item_type=item) | shapes.VarTupleType(item_type=item):
                return self._sequence(node, item, steps, shape.min_length or 0)
            case shapes.DictType(value_type=value):
                return self._dict(node, value, steps)
            case shapes.AnyType():
                raise TypeError("content models name every type")
            case _:
                return self._scalar(node, shape, steps)

    def _reword(self, first: int, extra: dict[str, Any] | None) -> None:
        """Let a model's own description say what to do, where it has one."""
        if extra and "description" in extra:
            own = str(extra["description"])
            self.problems[first:] = [structs.replace(one, mend=own) for one in self.problems[first:]]

    def _complain(self, node: Node, what: str, mend: str) -> None:
        self.problems.append(Problem(self.path, node.place.line, node.place.column, what, mend))

    def _union(self, node: Node, types: tuple[shapes.Type, ...], steps: Steps) -> Any:
        wanted = [shape for shape in types if not isinstance(shape, shapes.NoneType)]
        if len(wanted) < len(types) and isinstance(node, Scalar) and node.text in {"", "~", "null"}:
            return None
        tagged = [shape for shape in wanted if isinstance(shape, shapes.StructType) and shape.tag is not None]
        if len(tagged) > 1 and isinstance(node, Mapping):
            return self._tagged(node, tagged, steps)
        for shape in wanted:
            if _fits(node, shape):
                return self.read(node, shape, steps)
        return self.read(node, wanted[0], steps)

    def _tagged(self, node: Mapping, choices: list[shapes.StructType], steps: Steps) -> Any:
        field = choices[0].tag_field or "type"
        by_tag = {str(shape.tag): shape for shape in choices}
        tag = next((value for key, value in node.entries if key.text == field), None)
        if not isinstance(tag, Scalar):
            self._complain(
                node, f"`{field}` is missing", f"write `{field}:` and one of: {', '.join(sorted(by_tag))}"
            )
            return None
        if tag.text not in by_tag:
            self._complain(tag, f"`{tag.text}` is not a {field} coprod knows", nearest(tag.text, by_tag))
            return None
        return self._struct(node, by_tag[tag.text], steps)

    def _struct(self, node: Node, shape: shapes.StructType, steps: Steps) -> Any:
        if shape.cls is Wording and isinstance(node, Scalar):
            return {"en": node.text}
        if not isinstance(node, Mapping):
            names = ", ".join(field.encode_name for field in shape.fields)
            self._complain(
                node, "a group of names is expected here", f"write `name: …` lines; known here: {names}"
            )
            return None
        fields = {field.encode_name: field for field in shape.fields}
        value: dict[str, Any] = {}
        for key, child in node.entries:
            if key.text in fields:
                value[key.text] = self.read(child, fields[key.text].type, (*steps, key.text))
            elif key.text == shape.tag_field and isinstance(child, Scalar):
                value[key.text] = child.text
            else:
                self._complain(key, f"`{key.text}` is not known here", nearest(key.text, fields))
        present = {key.text for key, _ in node.entries}
        for name, field in fields.items():
            if field.required and name not in present:
                self._complain(node, f"`{name}` is missing", f"add a line `{name}: …`")
        return value

    def _sequence(self, node: Node, item: shapes.Type, steps: Steps, least: int) -> Any:
        if not isinstance(node, Sequence):
            self._complain(
                node, "a list is expected here", "write each entry on its own line after `- `, or [a, b]"
            )
            return []
        if len(node.items) < least:
            self._complain(node, f"there are {len(node.items)} entries", f"write at least {least}")
        return [self.read(child, item, (*steps, index)) for index, child in enumerate(node.items)]

    def _dict(self, node: Node, item: shapes.Type, steps: Steps) -> Any:
        if not isinstance(node, Mapping):
            self._complain(node, "names with values are expected here", "write `name: value` lines")
            return {}
        return {key.text: self.read(child, item, (*steps, key.text)) for key, child in node.entries}

    def _scalar(self, node: Node, shape: shapes.Type, steps: Steps) -> Any:
        del steps
        if not isinstance(node, Scalar):
            self._complain(
                node, f"{_named(shape)} is expected here, not a list or a group", "write one value"
            )
            return None
        value, mend = _value(node.text, shape)
        if mend:
            self._complain(node, f"{_shown(node.text)} does not fit here", mend)
        return value


def _fits(node: Node, shape: shapes.Type) -> bool:
    if isinstance(shape, shapes.Metadata):
        return _fits(node, shape.type)
    if isinstance(shape, shapes.StructType):
        return isinstance(node, Mapping) or (shape.cls is Wording and isinstance(node, Scalar))
    if isinstance(shape, shapes.ListType | shapes.VarTupleType):
        return isinstance(node, Sequence)
    if isinstance(shape, shapes.DictType):
        return isinstance(node, Mapping)
    return isinstance(node, Scalar) and not _value(node.text, shape)[1]


def _value(text: str, shape: shapes.Type) -> tuple[Any, str]:
    """Give the typed value of a scalar and, where it does not fit, what to write instead."""
    match shape:
        case shapes.LiteralType(values=values):
            known = {str(value): value for value in values}
            return (known[text], "") if text in known else (None, nearest(text, known))
        case shapes.BoolType():
            return _TRUTHS.get(text.lower()), "" if text.lower() in _TRUTHS else "write `true` or `false`"
        case shapes.IntType() | shapes.FloatType():
            return _number(text, shape)
        case shapes.DateType():
            return _date(text)
        case shapes.StrType():
            return text, _string_mend(text, shape)
        case _:
            raise TypeError(f"no content file may hold {type(shape).__name__}")


def _number(text: str, shape: shapes.IntType | shapes.FloatType) -> tuple[Any, str]:
    whole = isinstance(shape, shapes.IntType)
    if not re.fullmatch(r"-?\d{1,15}" if whole else r"-?\d{1,15}(\.\d{1,15})?", text):
        return None, "write a whole number in digits" if whole else "write a number in digits"
    number = int(text) if whole else float(text)
    if shape.ge is not None and number < shape.ge:
        return None, f"write {shape.ge} or more"
    if shape.le is not None and number > shape.le:
        return None, f"write {shape.le} or less"
    return number, ""


def _date(text: str) -> tuple[Any, str]:
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return None, "write a date as year-month-day, such as 2027-03-31"


def _string_mend(text: str, shape: shapes.StrType) -> str:
    if len(text) < (shape.min_length or 0):
        return (
            "write something here"
            if shape.min_length == 1
            else f"write at least {shape.min_length} characters"
        )
    if shape.max_length is not None and len(text) > shape.max_length:
        return f"write at most {shape.max_length} characters"
    if shape.pattern is not None and not re.search(shape.pattern, text):
        return "use small letters, digits and hyphens, starting with a letter"
    return ""


def _named(shape: shapes.Type) -> str:
    match shape:
        case shapes.BoolType():
            return "true or false"
        case shapes.IntType() | shapes.FloatType():
            return "a number"
        case shapes.DateType():
            return "a date"
        case _:
            return "a text"


def _shown(text: str) -> str:
    return f"`{text[:40]}{'…' if len(text) > 40 else ''}`" if text else "nothing"
