"""Coding at the desk: one coder's sitting at one question, held by a process of its own so that the screen never waits."""

import pickle
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from coprod.kernel.problem import BadInputError
from coprod.kernel.unshown import Unshown

if TYPE_CHECKING:
    from analysis.codes.codebook import Codebook
    from analysis.codes.coding import Coding, Entry, Event, How
    from analysis.codes.suggest import Learned, Prepared
    from analysis.inputs.responses import Responses
    from coprod.journeys.understanding.at_the_desk import Desk
    from coprod.journeys.understanding.codings import CodingWork

MOST_SUGGESTED = 3
NOTHING_LEARNED = (
    "Nothing to suggest from yet: code some answers first. The machine learns from you and nobody else."
)
Verb = Literal["give", "take", "read"]


class CodeShown(Struct, frozen=True):
    """One code as a coder picks it: its name, what it means, and the group it is in."""

    id: str
    name: str
    definition: str
    group: str = ""


class Sheet(Unshown, frozen=True):
    """All that a coder has before them: every answer with its id, the codes, and what they gave so far.

    `may_quote` says of each answer whether its writer let it be quoted.
    """

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    may_quote: tuple[bool, ...]
    codes: tuple[CodeShown, ...]
    given: dict[str, frozenset[str]]
    judged: frozenset[str]


class Decision(Struct, frozen=True):
    """One thing a coder decides about an answer. `read` says that no further code fits."""

    verb: Verb
    response: str
    code: str = ""
    suggested: bool = False


class SuggestedCode(Unshown, frozen=True):
    """A code that the machine would look at, and the words of the answer that it goes by. It codes nothing."""

    code: str
    is_likely: bool
    because: tuple[str, ...]


class CodingRoom:
    """What one coder's sitting holds between two keys; every decision is on the disk when it is answered."""

    def __init__(self, work: "CodingWork", coder: str, may_quote: tuple[bool, ...]) -> None:
        self.work, self.coder, self.may_quote = work, coder, may_quote
        self.book: Codebook = _book_of(work)
        self.coding: Coding | None = _own(work, coder)
        self.prepared: Prepared | None = None
        self.learned: Learned | None = None
        self.is_learned = False
        self.scores: dict[tuple[str, str], float] = {}

    def __repr__(self) -> str:
        """Give the size only: a representation may land in a log, and answers may not."""
        return f"CodingRoom({len(self.work.texts)} answers)"

    def write(self, events: "Sequence[Event]", on: date) -> None:
        """Write events of this coder, all or none. Raises BadInputError as `add_events` does."""
        from analysis.codes.coding import add_events, begin_coding

        if self.coding is None:
            path = self.work.path_of(self.coder)
            self.coding = begin_coding(path, self.coder, self.work.data, self.work.question)
        self.coding = add_events(self.coding, events, on)
        self.is_learned = False


def open_room(desk: "Desk", coder: str) -> CodingRoom:
    """Give the sitting of a coder (initials).

    Raises BadInputError for odd initials, a file that codes other data, or one that was edited.
    """
    from analysis.codes.coding import MACHINE
    from coprod.journeys.understanding.codings import coding_work

    if coder == MACHINE or not (0 < len(coder) <= 4 and coder.isalpha() and coder.isupper()):
        raise BadInputError.of(
            "initials", "these are no initials", "write one to four capital letters, such as AB"
        )
    held: Responses = pickle.loads(desk.responses)  # noqa: S301  from our own process
    work = coding_work(held, desk.source, desk.question, desk.workspace)
    return CodingRoom(work, coder, tuple(may_quote_by_id(held, work).values()))


def sheet_of(room: CodingRoom) -> Sheet:
    """Give all that the coder has before them."""
    from analysis.codes.judgements import unite

    found = unite([room.coding]).coders if room.coding else ()
    given: dict[str, set[str]] = {}
    for mark in found[0].marks if found else ():
        given.setdefault(mark.response, set()).add(mark.code)
    return Sheet(
        tuple(room.work.texts),
        tuple(room.work.texts.values()),
        room.may_quote,
        codes_of(room),
        {response: frozenset(codes) for response, codes in given.items()},
        found[0].judged if found else frozenset(),
    )


def codes_of(room: CodingRoom) -> tuple[CodeShown, ...]:
    """Give the codes that can be given, in the order of the codebook, as it is on the disk now."""
    from analysis.codes.codebook import in_tree_order

    room.book = _book_of(room.work)
    names = {code.id: code.name for code in room.book.codes}
    return tuple(
        CodeShown(code.id, code.name, code.definition, names.get(code.under, ""))
        for _, code in in_tree_order(room.book.codes)
        if code.kind == "code"
    )


def decide(room: CodingRoom, decision: Decision, on: date) -> None:
    """Write one decision; it is saved when this returns. Raises BadInputError for an answer or code that is not there."""
    from analysis.codes.coding import Coded, ReadAnswer, Uncoded

    response, code, suggested = decision.response, decision.code, decision.suggested
    if response not in room.work.texts:
        raise BadInputError.of("answer", "there is no such answer", "open the answers again")
    if decision.verb == "read":
        room.write([ReadAnswer(response)], on)
        return
    if code not in {one.id for one in room.book.codes if one.kind == "code"}:
        raise BadInputError.of("code", "there is no such code now", "open the answers again")
    if suggested and (response, code) in room.scores:
        _record_suggested(room, response, code, on)
    made = Coded if decision.verb == "give" else Uncoded
    room.write([made(response, code, None, suggested)], on)


def undo_last(room: CodingRoom, on: date) -> str:
    """Undo this coder's last decision that stands, and give the id of the answer it was about.

    Raises BadInputError when there is none.
    """
    from analysis.codes.coding import Undone, standing

    entries = standing(room.coding) if room.coding else ()
    last = next((entry for entry in reversed(entries) if _about_an_answer(entry)), None)
    if last is None:
        raise BadInputError.of("undo", "there is nothing of yours to undo", "go on")
    room.write([Undone(last.number)], on)
    return str(getattr(last.did, "response", ""))


def suggested_for(room: CodingRoom, response: str) -> tuple[SuggestedCode, ...]:
    """Give codes for an answer, likeliest first, with the words they go by; none before the coder gave any code."""
    from analysis.codes.judgements import unite
    from analysis.codes.suggest import learn_from_coder, prepare, suggest

    ids = tuple(room.work.texts)
    if room.prepared is None:
        room.prepared = prepare(list(room.work.texts.values()))
    if not room.is_learned:
        coders = unite([room.coding]).coders if room.coding else ()
        room.learned = learn_from_coder(room.prepared, coders[0], ids) if coders else None
        room.is_learned = True
    if room.learned is None:
        return ()
    has = _given(room, response)
    found = suggest(room.prepared, room.learned, [ids.index(response)])[0]
    found = tuple(one for one in found if one.code not in has)
    room.scores |= {(response, one.code): one.score for one in found}
    return tuple(SuggestedCode(one.code, one.chosen, one.because) for one in found[:MOST_SUGGESTED])


def read_next(room: CodingRoom, on: date, how: "How", count: int) -> "tuple[tuple[str, ...], How]":
    """Give the ids of the answers to read next and how they were picked, written down in the machine's file.

    Only those drawn at random stand for the others.
    """
    from coprod.journeys.understanding.codings import next_answers

    return next_answers(room.work, room.coder, on, count, how)


def drawn_and_open(room: CodingRoom) -> tuple[str, ...]:
    """Give the ids of the answers that were drawn at random and that this coder has not judged."""
    from analysis.codes.judgements import AT_RANDOM, unite
    from coprod.journeys.understanding.codings import codings_of

    codings = codings_of(room.work)
    if not codings:
        return ()
    found = unite(codings)
    judged = {one for coder in found.coders if coder.name == room.coder for one in coder.judged}
    return tuple(one for one in room.work.texts if found.picked.get(one) == AT_RANDOM and one not in judged)


def split_code(room: CodingRoom, code: str, into: str, responses: Sequence[str], on: date) -> int:
    """Give these answers of this coder's another code instead of one they have, and give how many had it.

    Raises BadInputError where none of them has it, or the two are one code.
    """
    from analysis.codes.coding import Part, Split

    mine = tuple(one for one in responses if code in _given(room, one))
    if not mine or code == into:
        raise BadInputError.of(
            "split", "none of these answers has this code", "pick one that some of them have"
        )
    room.write([Split(code, (Part(into, mine),))], on)
    return len(mine)


def _record_suggested(room: CodingRoom, response: str, code: str, on: date) -> None:
    """Write in the machine's file that it had ranked a code on which somebody now decides."""
    from analysis.codes.coding import MACHINE, Suggested
    from coprod.journeys.understanding.codings import write_events

    write_events(room.work, MACHINE, [Suggested(response, code, room.scores[response, code])], on)


def _book_of(work: "CodingWork") -> "Codebook":
    from msgspec import structs

    from analysis.codes.codebook import load_codebook
    from coprod.journeys.understanding.codings import CODEBOOK_FILE, codebook_now

    own = work.folder / CODEBOOK_FILE
    if own.exists():
        work = structs.replace(work, codebook=load_codebook(own))
    return codebook_now(work)


def _own(work: "CodingWork", coder: str) -> "Coding | None":
    from coprod.journeys.understanding.codings import codings_of

    return next((one for one in codings_of(work) if one.header.coder == coder), None)


def _given(room: CodingRoom, response: str) -> frozenset[str]:
    from analysis.codes.judgements import unite

    coders = unite([room.coding]).coders if room.coding else ()
    return coders[0].codes_of(response) if coders else frozenset()


def _about_an_answer(entry: "Entry") -> bool:
    from analysis.codes.coding import Coded, ReadAnswer, Uncoded

    return isinstance(entry.did, Coded | Uncoded | ReadAnswer)


def may_quote_by_id(responses: "Responses", work: "CodingWork") -> dict[str, bool]:
    """Give for each answer to be coded whether its writer let it be quoted."""
    texts, allowed = responses.texts(work.question), responses.quotable(work.question)
    pairs = zip(texts, allowed, strict=True)
    kept = [bool(may) for text, may in pairs if responses.about is not None or (text and text.strip())]
    return dict(zip(work.texts, kept, strict=True))
