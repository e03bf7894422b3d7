"""Data from outside becomes a value of a known shape, also when several threads read at once.

msgspec (0.22) works a shape out when it is first asked for and shows it to other threads half made: two threads that
first read the same shape at once end the whole process. So each shape is made ready under one lock, and nothing
else in coprod asks msgspec to decode.
"""

import contextlib
import functools
import threading
from collections.abc import Hashable
from types import UnionType
from typing import Any, TypeVar, cast, overload

import msgspec

Shape = TypeVar("Shape")

_ONE_AT_A_TIME = threading.Lock()


@overload
def from_json(content: bytes | str | msgspec.Raw, shape: type[Shape]) -> Shape: ...


@overload
def from_json(content: bytes | str | msgspec.Raw, shape: UnionType) -> Any: ...


def from_json(content: bytes | str | msgspec.Raw, shape: Any) -> Any:
    """Give JSON as a value of this shape. Raises msgspec.DecodeError, or ValidationError where it does not fit.

    So it is with what is not in UTF-8 (Python's own error would carry the whole content with it) or has no end to its
    brackets.
    """
    _make_ready(cast("Hashable", shape))
    with contextlib.suppress(UnicodeDecodeError, RecursionError):
        return msgspec.json.decode(content, type=shape)
    raise msgspec.DecodeError("JSON is malformed: it is not in UTF-8, or nests too deeply")


def from_packed(content: bytes | msgspec.Raw, shape: type[Shape]) -> Shape:
    """Give MessagePack as a value of this shape. Raises as `from_json` does."""
    _make_ready(cast("Hashable", shape))
    return msgspec.msgpack.decode(content, type=shape)


def from_plain(plain: Any, shape: type[Shape]) -> Shape:
    """Give lists, mappings and texts as a value of this shape. Raises msgspec.ValidationError where they do not fit."""
    _make_ready(cast("Hashable", shape))
    return msgspec.convert(plain, shape)


@functools.cache
def _make_ready(shape: Hashable) -> None:
    with _ONE_AT_A_TIME:
        msgspec.json.Decoder(cast("type[Any]", shape))
