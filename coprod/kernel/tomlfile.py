"""Settings files (TOML) as typed data, with the same messages as content files."""

import re
from collections.abc import Mapping as Table
from pathlib import Path
from typing import Any, TypeVar

from coprod.kernel.files import read_text
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.yamlfile import Loaded, Steps, typed
from coprod.kernel.yamlnodes import Mapping, Node, Place, Scalar, Sequence

T = TypeVar("T")
_TABLE = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\"-]+?)\s*\]\]?\s*(?:#.*)?$")
_SETTING = re.compile(r"\s*([A-Za-z0-9_.\"-]+)\s*=\s*")


def load_toml(path: Path, model: type[T]) -> Loaded[T]:
    """Give a TOML file as `model`. Raises BadInputError with every mistake in it."""
    import tomllib  # most commands run outside a workspace, where there is no such file

    text = read_text(path)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(_mistake(str(error), path)) from None
    except RecursionError:
        raise BadInputError.of(path, "this nests too deeply", "put back a copy of it") from None
    return typed(_node(tables, (), _places(text)), str(path), model)


def _mistake(said: str, path: Path) -> Problem:
    """Give what Python says of a file that is not TOML, for somebody who typed in it."""
    place = re.search(r"line (\d+), column (\d+)", said)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    if "overwrite" in said or "twice" in said:
        what, mend = "this name comes twice", "it stands further up already; keep one"
    else:
        what, mend = "this is not TOML", 'look for an equals sign or a "straight quote mark" that is missing'
    return Problem(str(path), line, column, what, mend)


def _places(text: str) -> dict[Steps, Place]:
    """Give where each table and setting stands; what is inside a value has the place of the value."""
    places: dict[Steps, Place] = {(): Place(1, 1)}
    table: Steps = ()
    entries: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if heading := _TABLE.match(line):
            name = heading[2].replace('"', "")
            table = tuple(name.split("."))
            if heading[1] == "[[":
                entries[name] = entries.get(name, -1) + 1
                table = (*table, entries[name])
            places[table] = Place(number, 1)
        elif setting := _SETTING.match(line):
            steps = (*table, *setting[1].replace('"', "").split("."))
            places[steps] = Place(number, setting.end() + 1)
    return places


def _node(value: Any, steps: Steps, places: dict[Steps, Place]) -> Node:
    place = _nearest(steps, places)
    if isinstance(value, Table):
        return Mapping(
            tuple(
                (
                    Scalar(key, Place(_nearest((*steps, key), places).line, 1)),
                    _node(item, (*steps, key), places),
                )
                for key, item in value.items()
            ),
            place,
        )
    if isinstance(value, list):
        return Sequence(
            tuple(_node(item, (*steps, index), places) for index, item in enumerate(value)), place
        )
    return Scalar(str(value).lower() if isinstance(value, bool) else str(value), place)


def _nearest(steps: Steps, places: dict[Steps, Place]) -> Place:
    while steps not in places:
        steps = steps[:-1]
    return places[steps]
