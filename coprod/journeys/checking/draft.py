"""The decisions file while it is being filled in: everything there is to decide, with room for what is not decided."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from campaigns.checking.rules import WaivedBy
from coprod.kernel.text import clean_line


class DraftCheck(Struct, frozen=True, forbid_unknown_fields=True):
    """An adult's check; an empty name is not done yet."""

    name: str = ""
    on: date | None = None


class DraftAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """The answer to one comment; an empty outcome is not answered yet."""

    comment: str
    outcome: str = ""
    reason: str = ""


class DraftHarm(Struct, frozen=True, forbid_unknown_fields=True):
    """What was done because somebody said that the material could harm someone."""

    reason: str = ""
    by: str = ""


class DraftWaiver(Struct, frozen=True, forbid_unknown_fields=True):
    """One warning that stays; an empty reason is not decided yet."""

    finding: str
    reason: str = ""
    expires: date | None = None
    by: tuple[str, ...] = ()


class DraftPractice(Struct, frozen=True, forbid_unknown_fields=True):
    """How the panel was looked after; nobody in `by` is not noted yet."""

    paid: str = ""
    worker: str = ""
    rest: str = ""
    support: str = ""
    by: str = ""
    on: date | None = None
    remark: str = ""


class DraftMix(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the panel met one goal; an empty `met` is not noted yet."""

    who: str
    met: str = ""


class DraftShown(Struct, frozen=True, forbid_unknown_fields=True):
    """Who showed the panel what was done."""

    answers: str
    by: str
    on: date


class DraftOverride(Struct, frozen=True, forbid_unknown_fields=True):
    """Why every warning without an answer is passed over, and by whom."""

    reason: str = ""
    by: tuple[str, ...] = ()


class Draft(Struct, frozen=True, forbid_unknown_fields=True):
    """A decisions file, complete or not."""

    format: int = 1
    approver: str = ""
    safeguarding: DraftCheck = DraftCheck()
    facts: DraftCheck = DraftCheck()
    comments: tuple[DraftAnswer, ...] = ()
    harm: DraftHarm | None = None
    waivers: tuple[DraftWaiver, ...] = ()
    practice: DraftPractice | None = None
    mix: tuple[DraftMix, ...] = ()
    shown: DraftShown | None = None
    override: DraftOverride | None = None


class Open(Struct, frozen=True):
    """One thing to decide: an id, the words it is about, whether it is decided, and what the words answered.

    For a warning `waived_by` says who may let it stay. `decided` is in a few words what was decided, and by whom.
    """

    id: str
    about: str
    is_done: bool
    asked: str = ""
    waived_by: WaivedBy | None = None
    decided: str = ""


def draft_text(draft: Draft, to_decide: Sequence[Open]) -> str:
    """Give a decisions file as text: every decision, and an empty place for each that is not taken.

    The words a decision is about stand above it as a remark; every value is quoted, so that nothing is YAML.
    """
    about = {one.id: one for one in to_decide}
    lines = [
        "# What the team decided. Fill in what is empty here, or with `coprod campaigns decide`.",
        "format: 1",
        f"approver: {_quoted(draft.approver)}   # who answers for this material",
        f"safeguarding: {_check(draft.safeguarding)}   # the adult who checked that it is safe",
        f"facts: {_check(draft.facts)}   # the adult who checked that it is true",
        *_comments(draft, about),
        *_harm(draft, about),
        *_practice(draft, about),
        *_mix(draft, about),
    ]
    if draft.shown is not None:
        shown = draft.shown
        lines += [f"shown: {{answers: {shown.answers}, by: {_quoted(shown.by)}, on: {shown.on}}}"]
    lines += _waivers(draft, about)
    if draft.override is not None:
        by = ", ".join(_quoted(one) for one in draft.override.by)
        lines += [f"override: {{reason: {_quoted(draft.override.reason)}, by: [{by}]}}"]
    return "\n".join(lines) + "\n"


def _check(check: DraftCheck) -> str:
    return f"{{name: {_quoted(check.name)}, on: {_day(check.on)}}}"


def _comments(draft: Draft, about: dict[str, Open]) -> Iterator[str]:
    given = {one.comment: one for one in draft.comments}
    named = [one.partition(" ")[2] for one in about if one.startswith("comment ")]
    if named or given:
        yield "comments:   # done, partly or not, and why, in 20 letters or more: the panel will read it"
    for name in dict.fromkeys([*named, *given]):
        one = given.get(name, DraftAnswer(name))
        if words := about.get(f"comment {name}"):
            yield f"# asked: {clean_line(words.asked)}"
            yield f"# said: {clean_line(words.about)}"
        yield f"- comment: {_quoted(name)}"
        yield f"  outcome: {_quoted(one.outcome)}"
        yield f"  reason: {_quoted(one.reason)}"


def _harm(draft: Draft, about: dict[str, Open]) -> Iterator[str]:
    if draft.harm is None and "harm" not in about:
        return
    harm = draft.harm or DraftHarm()
    yield "# Somebody said this could harm someone. What did you do about it, and who answers for that?"
    yield f"harm: {{reason: {_quoted(harm.reason)}, by: {_quoted(harm.by)}}}"


def _practice(draft: Draft, about: dict[str, Open]) -> Iterator[str]:
    if draft.practice is None and "practice" not in about:
        return
    one = draft.practice or DraftPractice()
    yield "# Was the panel paid, a worker in the room, a break taken, and support there after? yes or no; `remark`: why not"
    yield "practice:"
    for name, value in (
        ("paid", one.paid),
        ("worker", one.worker),
        ("rest", one.rest),
        ("support", one.support),
        ("by", one.by),
        ("remark", one.remark),
    ):
        yield f"  {name}: {_quoted(value)}"
    yield f"  on: {_day(one.on)}"


def _mix(draft: Draft, about: dict[str, Open]) -> Iterator[str]:
    given = {one.who: one.met for one in draft.mix}
    named = [one.about for one in about.values() if one.id.startswith("mix ")]
    if named or given:
        yield "mix:   # did the panel as a whole have these? yes or no; never how many, never who"
    for who in dict.fromkeys([*named, *given]):
        yield f"- {{who: {_quoted(who)}, met: {_quoted(given.get(who, ''))}}}"


def _waivers(draft: Draft, about: dict[str, Open]) -> Iterator[str]:
    given = {one.finding: one for one in draft.waivers if one.reason or draft.override is None}
    named = [one.partition(" ")[2] for one in about if one.startswith("waiver ")]
    wanted = given if draft.override is not None else dict.fromkeys([*named, *given])
    if wanted:
        yield "waivers:   # mend each warning and delete it here, or say why it stays, until when, and which two say so"
    for name in wanted:
        one = given.get(name, DraftWaiver(name))
        if words := about.get(f"waiver {name}"):
            yield f"# {clean_line(words.about)}"
        yield f"- finding: {_quoted(name)}"
        yield f"  reason: {_quoted(one.reason)}"
        yield f"  expires: {_day(one.expires)}"
        yield f"  by: [{', '.join(_quoted(by) for by in one.by)}]"


def _day(day: date | None) -> str:
    return str(day) if day else "null"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
