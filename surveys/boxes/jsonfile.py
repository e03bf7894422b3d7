"""Reading our own JSON files: whole, of this format, or one message that says which it is not."""

from typing import TypeVar

import msgspec
from msgspec import Struct

from coprod.kernel.problem import BadInputError
from coprod.kernel.shapes import from_json

FORMAT = 1
Content = TypeVar("Content", bound=Struct)


class _AnyFormat(Struct, frozen=True):
    format: int


def decoded_json(content: bytes, path: str, shape: type[Content], otherwise: tuple[str, str]) -> Content:
    """Give what a file of ours holds.

    Raises BadInputError when a later coprod wrote it, or with `otherwise` (what is wrong, what to do)
    when it is anything else. The message holds nothing of the content.
    """
    try:
        return from_json(content, shape)
    except msgspec.MsgspecError:
        pass
    if _is_newer(content):
        raise BadInputError.of(path, "this file has a newer format", "update coprod to read it")
    raise BadInputError.of(path, *otherwise)


def _is_newer(content: bytes) -> bool:
    try:
        return from_json(content, _AnyFormat).format > FORMAT
    except msgspec.MsgspecError:
        return False
