"""The safeguarding lead's action log: what was done about what was read, kept apart from the data.

A chain of JSON lines (`coprod.kernel.chain`): days, never times; no text of an answer, and no place in the queue. An
entry that repeats five words in a row of an answer is refused. The lead types their name: recorded, not proven.
"""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from coprod.kernel.chain import append_line, lines_as
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.text import clean_line

LOG_FILE = "triage-log.jsonl"
LONGEST_SHARED = 5
Said = Literal["yes", "no", "unsure"]
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
SAID: tuple[Said, ...] = ("yes", "no", "unsure")


class Action(Struct, frozen=True, forbid_unknown_fields=True):
    """One entry: the day, who, the batch or file by name, and what they judged and did.

    `identifiable`: could anybody tell who wrote it; `ongoing`: is it still happening; `third_party`: does it name a
    person or place that others could be kept safe from. Who wrote it cannot be found out, so what is done is done for
    everybody: a message to the group, an extra session, word to the police about a place.
    """

    on: date
    by: str
    source: str
    did: str
    identifiable: Said = "unsure"
    ongoing: Said = "unsure"
    third_party: Said = "unsure"
    format: Literal[1] = 1


def new_action(action: Action, texts: Iterable[str]) -> Action:
    """Give an entry with its words clean.

    Raises BadInputError without a name or an action, and RefusedError when it repeats five words in a row of a text.
    """
    by, did = clean_line(action.by), clean_line(action.did)
    if not by or not did:
        raise BadInputError.of("triage log", "an entry needs a name and what was done", "type both")
    runs = _runs(did)
    if any(not runs.isdisjoint(_runs(text)) for text in texts):
        raise RefusedError(
            f"this repeats {LONGEST_SHARED} words in a row of an answer, and the log holds no answers; say in your own "
            "words what was done"
        )
    return msgspec.structs.replace(action, by=by, did=did, source=clean_line(action.source))


def add_action(path: Path, action: Action) -> None:
    """Add an entry; it is on the disk when this returns. Raises BadInputError when the log was edited by hand."""
    append_line(path, msgspec.json.encode(action))


def read_actions(path: Path) -> tuple[Action, ...]:
    """Give all entries, oldest first; none where there is no log. Raises BadInputError for a log edited by hand."""
    return lines_as(path, Action, "this line is not an action")


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold().replace("’", "'"))
    last = len(words) - LONGEST_SHARED + 1
    return frozenset(tuple(words[place : place + LONGEST_SHARED]) for place in range(last))
