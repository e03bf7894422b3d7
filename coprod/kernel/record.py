"""The record that leaves an interview: no clock, no sequence, no device, no name."""

from typing import Literal

import msgspec
from msgspec import json

from coprod.kernel.shapes import from_json
from coprod.kernel.unshown import Unshown


class Chosen(Unshown, frozen=True, forbid_unknown_fields=True, tag="chosen", tag_field="reply"):
    """Choices picked, in the questionnaire's order; for a ranking, best first."""

    choices: tuple[str, ...]


class Rated(Unshown, frozen=True, forbid_unknown_fields=True, tag="rated", tag_field="reply"):
    """A whole number from 0 to 10."""

    number: int


class Declined(Unshown, frozen=True, forbid_unknown_fields=True, tag="declined", tag_field="reply"):
    """The respondent said "I'd rather not say"."""


class Skipped(Unshown, frozen=True, forbid_unknown_fields=True, tag="skipped", tag_field="reply"):
    """The question was shown and passed over."""


class NotShown(Unshown, frozen=True, forbid_unknown_fields=True, tag="not-shown", tag_field="reply"):
    """Skip logic or an early end kept the question away."""


class Wrote(Unshown, frozen=True, forbid_unknown_fields=True, tag="wrote", tag_field="reply"):
    """The respondent wrote something; the words are in a text record of their own."""


Reply = Chosen | Rated | Declined | Skipped | NotShown | Wrote


class MainRecord(Unshown, frozen=True, forbid_unknown_fields=True, tag="main", tag_field="record"):
    """One interview: the questionnaire's SHA-256 and a reply to each question id.

    `linked` holds the words of free-text questions whose questionnaire says `link: true`.
    """

    questionnaire: str
    replies: dict[str, Reply]
    linked: dict[str, str] = {}
    format: Literal[1] = 1


class TextRecord(Unshown, frozen=True, forbid_unknown_fields=True, tag="text", tag_field="record"):
    """One free text, unlinked from everything else its writer said."""

    questionnaire: str
    question: str
    text: str
    may_quote: bool
    format: Literal[1] = 1


class Filler(Unshown, frozen=True, forbid_unknown_fields=True, tag="filler", tag_field="record"):
    """Nothing: sealed like an answer, so that the size of a box does not count people."""

    format: Literal[1] = 1


Record = MainRecord | TextRecord | Filler


def record_to_bytes(record: Record) -> bytes:
    """Give a record as JSON."""
    return json.encode(record)


def record_from_bytes(content: bytes) -> Record:
    """Give the record in JSON bytes. Raises msgspec.DecodeError, which never echoes what the bytes hold."""
    try:
        record: Record = from_json(content, Record)
    except msgspec.DecodeError:
        pass
    else:
        return record
    # Raised out here so that the error carries no context: the decoder's own message can quote a value.
    raise msgspec.DecodeError("this is not a record")
