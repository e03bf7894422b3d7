"""Reviewing redaction at the desk: every text an analyst may read out, what the rules take out of it, and what was decided."""

import pickle
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from coprod.journeys.understanding.redactions import (
    HIDDEN,
    Decision,
    Verdict,
    decide,
    fingerprint_of,
    readable_texts,
    verdicts_of,
)
from coprod.kernel.unshown import Unshown
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses
    from analysis.publishing.redaction import Removed
    from coprod.journeys.understanding.at_the_desk import Desk


class Place(Struct, frozen=True):
    """One place in a text: code points, what stands there instead, and what was decided of it, if anything.

    `is_found` tells that the rules take it out; what they leave is there only because somebody said it goes.
    """

    start: int
    end: int
    instead: str
    is_found: bool
    verdict: Verdict | None = None

    @property
    def is_out(self) -> bool:
        """Tell whether it is taken out now."""
        return self.verdict != "stays" if self.is_found else self.verdict == "goes"


class Reviewed(Unshown, frozen=True):
    """One text, the first row it stands in as decisions count them (from 1), and its places in order."""

    row: int
    text: str
    places: tuple[Place, ...]

    @property
    def waits(self) -> bool:
        """Tell whether somebody has still to decide about something the rules took out."""
        return any(one.is_found and one.verdict is None for one in self.places)


class ReviewAbout(Struct, frozen=True):
    """What is reviewed: the workspace, the file and its SHA-256, the question, and who decides."""

    workspace: Workspace
    source: Path
    data: str
    question: str
    by: str


def review_of(desk: "Desk", by: str) -> tuple[ReviewAbout, tuple[Reviewed, ...]]:
    """Give what is reviewed and every different text that may be read here, those with something to decide first.

    Raises RefusedError as `readable_texts` does, and BadInputError for decisions edited by hand.
    """
    from analysis.publishing.redaction import redact

    held: Responses = pickle.loads(desk.responses)  # noqa: S301  from our own process
    texts = readable_texts(held, desk.question, desk.workspace)
    first: dict[str, int] = {}
    for row, text in enumerate(texts, start=1):
        if text and text.strip():
            first.setdefault(text, row)
    of_text: dict[str, dict[tuple[int, int], Verdict]] = {}
    for (row, start, end), verdict in verdicts_of(desk.workspace, desk.source, desk.question).items():
        of_text.setdefault(texts[row - 1] or "", {})[start, end] = verdict
    rows = zip(first, redact(list(first)), strict=True)
    found = (Reviewed(first[text], text, _places(one.removed, of_text.get(text, {}))) for text, one in rows)
    about = ReviewAbout(desk.workspace, desk.source, fingerprint_of(desk.source), desk.question, by)
    return about, tuple(sorted(found, key=lambda one: (not one.waits, one.row)))


def as_it_could_leave(one: Reviewed) -> str:
    """Give a text without what is out of it, each place marked by its kind."""
    parts, done = [], 0
    for place in one.places:
        if place.is_out and place.start >= done:
            parts += [one.text[done : place.start], f"[{place.instead}]"]
            done = place.end
    return "".join([*parts, one.text[done:]])


def with_verdict(one: Reviewed, start: int, end: int, verdict: Verdict) -> Reviewed:
    """Give a text after one decision; a place that somebody named and took back is gone."""
    places = {(place.start, place.end): place for place in one.places}
    known = places.get((start, end), Place(start, end, HIDDEN, is_found=False))
    places[start, end] = structs.replace(known, verdict=None if verdict == "undone" else verdict)
    kept = [place for place in places.values() if place.is_found or place.verdict == "goes"]
    return structs.replace(one, places=tuple(sorted(kept, key=lambda place: place.start)))


def places_of_words(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Give every place where these words stand in a text, in any capitals: as whole words, or within others where only there.

    None for no words.
    """
    wanted, folded = words.casefold(), text.casefold()
    if not wanted or len(folded) != len(text):
        wanted, folded = words, text
    found, at = [], folded.find(wanted) if wanted else -1
    while at >= 0:
        found.append((at, at + len(wanted)))
        at = folded.find(wanted, at + len(wanted))
    whole = [(start, end) for start, end in found if not _within_a_word(text, start, end)]
    return tuple(whole or found)


def _within_a_word(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return (before.isalnum() and text[start].isalnum()) or (after.isalnum() and text[end - 1].isalnum())


def keep_verdicts(
    about: ReviewAbout, one: Reviewed, places: Sequence[tuple[int, int]], verdict: Verdict, on: date
) -> Reviewed:
    """Keep what somebody decided of places in a text, without the text, and give it then. Raises as `decide` does."""
    made = [
        Decision(on, about.by, about.data, about.question, one.row, start, end, verdict)
        for start, end in places
    ]
    decide(about.workspace, about.source, made, {one.row: one.text})
    for start, end in places:
        one = with_verdict(one, start, end, verdict)
    return one


def _places(removed: "Sequence[Removed]", decided: Mapping[tuple[int, int], Verdict]) -> tuple[Place, ...]:
    found = {(one.start, one.end): one for one in removed}
    spans = sorted({*found, *(span for span, verdict in decided.items() if verdict == "goes")})
    return tuple(
        Place(
            *span,
            found[span].instead if span in found else HIDDEN,
            span in found,
            verdict if (verdict := decided.get(span)) != "undone" else None,
        )
        for span in spans
    )
