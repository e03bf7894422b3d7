"""What a `select_one yes_no or_other` says: which kind, which list, and whether somebody may answer otherwise."""

import re

from msgspec import Struct

from surveys.questionnaires.questions import Kind

_SELECT = re.compile(
    r"(?P<command>(add )?select(_|\s)(one|multiple|all that apply)(_external|\sexternal|(_|\s)from(_|\s)file)?"
    r"(\sprompt\susing|\susing|\sfrom)?|select1|rank)"
    r"\s+(?P<list>\S+)(?P<other>\s+(or specify other|or_other|or other))?",
    re.IGNORECASE,
)
_FILE = re.compile(r".*\.(csv|xml|geojson)", re.IGNORECASE)


class Select(Struct, frozen=True):
    """A question over a list. `elsewhere` says where its choices come from when not from the form."""

    kind: Kind
    list: str
    other: bool
    elsewhere: str = ""


def select_in(text: str) -> Select | None:
    """Give what a type says, where it asks for a choice."""
    found = _SELECT.fullmatch(text)
    if found is None:
        return None
    command = found["command"].lower()
    kind: Kind = "choose-one"
    if command == "rank":
        kind = "ranking"
    elif "multiple" in command or "all that apply" in command:
        kind = "choose-many"
    return Select(kind, found["list"], found["other"] is not None, _elsewhere(command, found["list"]))


def _elsewhere(command: str, listed: str) -> str:
    if "external" in command or "file" in command or _FILE.fullmatch(listed):
        return f"the external file or sheet `{listed[:60]}`; put them on the choices sheet"
    if listed.startswith("${"):
        return "earlier answers; write them on the choices sheet"
    return ""
