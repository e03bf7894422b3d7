"""Judgements: what each coder's events come to, and all coders' together, without losing who said what.

Merging coders needs no clock. Each file is replayed in its own order; then what changes the codebook for everybody
(merged codes) is applied to all. Marks of other coders under a code that one coder split stay where they are.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, structs

from analysis.codes.codebook import Change, Code, Codebook, sound
from analysis.codes.coding import (
    MACHINE,
    Added,
    Coded,
    Coding,
    Entry,
    Merged,
    Picked,
    ReadAnswer,
    Renamed,
    Span,
    Split,
    Suggested,
    Uncoded,
    standing,
)
from coprod.kernel.problem import BadInputError, RefusedError

AT_RANDOM = "at-random"


class Mark(Struct, frozen=True, order=True):
    """A code on an answer, or on part of it."""

    response: str
    code: str
    span: Span | None = None


class Coder(Struct, frozen=True):
    """What one coder came to: their marks, and every answer they judged.

    An answer is judged when it was read to its end or was given a code. `turned_down` are suggestions refused.
    """

    name: str
    marks: frozenset[Mark]
    judged: frozenset[str]
    turned_down: frozenset[tuple[str, str]] = frozenset()

    def codes_of(self, response: str) -> frozenset[str]:
        """Give the codes on an answer or on any part of it."""
        return frozenset(mark.code for mark in self.marks if mark.response == response)


class Judgements(Struct, frozen=True):
    """All coders together, by name; `picked` says how an answer came to be read, where a machine chose it."""

    coders: tuple[Coder, ...]
    picked: Mapping[str, str]
    suggested: frozenset[tuple[str, str]]

    def __repr__(self) -> str:
        """Give the sizes only."""
        return f"Judgements({len(self.coders)} coders)"


def unite(codings: Sequence[Coding]) -> Judgements:
    """Give the judgements in coders' files, the same whatever the order of the files.

    A file that another only goes on from is taken once. Raises BadInputError when files are about different
    data or questions, when one coder's files went different ways, or when merged codes go round in a circle.
    """
    _refuse_different(codings)
    latest = _latest(codings)
    target = _merged(latest)
    people = [one for one in latest if one.header.coder != MACHINE]
    coders = sorted((_replayed(one, target) for one in people), key=lambda one: one.name)
    events = [entry.did for coding in latest for entry in standing(coding)]
    suggested = frozenset(
        (did.response, target.get(did.code, did.code)) for did in events if isinstance(did, Suggested)
    )
    return Judgements(tuple(coders), _picked(events), suggested)


def codebook_after(codebook: Codebook, codings: Sequence[Coding]) -> Codebook:
    """Give a codebook with the codes added, renamed and merged by coders, and each of those in its history.

    Codes under a merged one move under the one it went into. Raises BadInputError when the result does not hold
    together, as when two coders gave two codes one name.
    """
    latest = _latest(codings)
    target = _merged(latest)
    told = sorted(
        (entry.on, coding.header.coder, entry.number, entry) for coding in latest for entry in standing(coding)
        if isinstance(entry.did, Added | Renamed | Merged | Split)
    )  # fmt: skip
    codes = {code.id: code for code in codebook.codes}
    for _, _, _, entry in told:
        _apply(entry, codes)
    kept = tuple(
        structs.replace(code, under=target.get(code.under, code.under))
        for code in codes.values()
        if code.id not in target
    )
    changes = tuple(Change(on, who, _in_words(entry)) for on, who, _, entry in told)
    return sound(
        structs.replace(codebook, codes=kept, history=(*codebook.history, *changes)), codebook.codebook
    )


def answers_with(judgements: Judgements, coder: str, answers: Iterable[str]) -> tuple[int, dict[str, int]]:
    """Give how many answers count, and in how many of them one coder found each code.

    True counts: they pass the disclosure rules before they leave.

    Raises RefusedError unless the coder judged all `answers`, or judged all that were drawn at random: answers
    that a machine picked because it knew least of them stand for nothing but themselves. Only the drawn ones count then.
    """
    found = next((one for one in judgements.coders if one.name == coder), None)
    if found is None:
        raise BadInputError.of(coder, "this coder has coded nothing here", "name one who has")
    base = counted_answers(judgements, found, frozenset(answers))
    pairs = {(mark.response, mark.code) for mark in found.marks if mark.response in base}
    codes = sorted({code for _, code in pairs})
    return len(base), {code: sum(1 for _, other in pairs if other == code) for code in codes}


def counted_answers(judgements: Judgements, coder: Coder, answers: frozenset[str]) -> frozenset[str]:
    """Give the answers that a share may be of. Raises RefusedError as `answers_with` does."""
    if answers <= coder.judged:
        return answers
    drawn = frozenset(one for one in answers if judgements.picked.get(one) == AT_RANDOM)
    if not drawn:
        raise RefusedError(
            "not all answers are coded, and none were drawn at random, so a share of those coded says nothing about "
            "the rest; code them all, or draw some at random"
        )
    if not drawn <= coder.judged:
        raise RefusedError("not all answers that were drawn at random are coded yet; code them first")
    return drawn


def _refuse_different(codings: Sequence[Coding]) -> None:
    if not codings:
        raise BadInputError.of("coding", "there is no coding file", "name at least one")
    first = codings[0]
    for one in codings[1:]:
        if (one.header.data, one.header.question) != (first.header.data, first.header.question):
            raise BadInputError.of(
                one.path,
                f"this codes other data, or another question, than {first.path}",
                "put together only files about the same question of the same data",
            )


def _latest(codings: Sequence[Coding]) -> tuple[Coding, ...]:
    """Give each coder's longest file, in the order of their names."""
    longest: dict[str, Coding] = {}
    for one in sorted(codings, key=lambda coding: len(coding.entries)):
        before = longest.get(one.header.coder)
        if before and one.held.lines[: len(before.held.lines)] != before.held.lines:
            raise BadInputError.of(
                one.path,
                f"{one.header.coder} also coded in {before.path}, and neither file goes on from the other",
                "let each person, and each laptop, use initials of its own",
            )
        longest[one.header.coder] = one
    return tuple(longest[name] for name in sorted(longest))


def _merged(codings: Sequence[Coding]) -> dict[str, str]:
    """Give for each merged code the one that its answers belong to in the end."""
    step = {
        entry.did.code: entry.did.into
        for coding in codings
        for entry in standing(coding)
        if isinstance(entry.did, Merged)
    }
    return {code: _end_of(code, step) for code in step}


def _end_of(code: str, step: Mapping[str, str]) -> str:
    seen = [code]
    while seen[-1] in step:
        seen.append(step[seen[-1]])
        if seen[-1] in seen[:-1]:
            raise BadInputError.of(
                "coding",
                f"these codes were merged into each other in a circle: {', '.join(seen)}",
                "undo one of the merges",
            )
    return seen[-1]


def _picked(events: Iterable[object]) -> dict[str, str]:
    """Give how each answer was picked; one that was also drawn at random, from all answers, counts as drawn."""
    ways: dict[str, str] = {}
    for event in events:
        if isinstance(event, Picked):
            for response in event.responses:
                ways[response] = event.how if ways.get(response) != AT_RANDOM else AT_RANDOM
    return ways


def _replayed(coding: Coding, target: Mapping[str, str]) -> Coder:
    marks: set[Mark] = set()
    judged: set[str] = set()
    refused: set[tuple[str, str]] = set()
    for entry in standing(coding):
        match entry.did:
            case Coded(response=response, code=code, span=span):
                marks.add(Mark(response, code, span))
                judged.add(response)
                refused.discard((response, code))
            case Uncoded(response=response, code=code, span=span, suggested=suggested):
                marks.discard(Mark(response, code, span))
                if suggested:
                    refused.add((response, code))
            case ReadAnswer(response=response):
                judged.add(response)
            case Split():
                marks = _split(marks, entry.did)
            case _:
                pass
    moved = frozenset(structs.replace(mark, code=target.get(mark.code, mark.code)) for mark in marks)
    return Coder(coding.header.coder, moved, frozenset(judged), frozenset(refused))


def _split(marks: set[Mark], split: Split) -> set[Mark]:
    """Give the marks with each part's answers moved from the code that was split to the part's own."""
    parts = {(response, part.code) for part in split.parts for response in part.responses}
    moving = {mark for mark in marks if mark.code == split.code}
    moved = {
        Mark(mark.response, code, mark.span) for mark in moving for response, code in parts if response == mark.response
    }  # fmt: skip
    left = {mark for mark in moving if mark.response not in {response for response, _ in parts}}
    return (marks - moving) | moved | left


def _apply(entry: Entry, codes: dict[str, Code]) -> None:
    match entry.did:
        case Added(code=code):
            codes.setdefault(code.id, code)
        case Renamed(code=code_id, name=name) if code_id in codes:
            codes[code_id] = structs.replace(codes[code_id], name=name)
        case _:
            pass


def _in_words(entry: Entry) -> str:
    """Give a change of the codebook as a line of its history."""
    match entry.did:
        case Added(code=code):
            what = f"added {code.id}"
        case Renamed(code=code_id, name=name):
            what = f"renamed {code_id} to {name}"
        case Merged(code=code_id, into=into):
            what = f"merged {code_id} into {into}"
        case Split(code=code_id, parts=parts):
            what = f"split {code_id} into {', '.join(part.code for part in parts)}"
        case _:
            what = "changed"
    return f"{what}: {entry.why}" if entry.why else what
