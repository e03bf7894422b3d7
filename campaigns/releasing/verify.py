"""Telling whether a file, or a code on a wall, is one that somebody signed."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from campaigns.releasing.binding import code_as_typed, sha256
from campaigns.releasing.history import Event, History
from campaigns.releasing.release import against_history
from campaigns.releasing.signing import Approver
from campaigns.releasing.signoff import SignOff, is_intact

Outcome = Literal["signed", "edited", "stranger", "ended", "future", "replaced", "history", "unknown"]


class Verdict(Struct, frozen=True):
    """What is known about a file or a code. `is_signed` only where the sign-off holds today.

    `says` is one sentence for a person, `outcome` the same for a program; the rest is empty where no sign-off fits.
    """

    is_signed: bool
    says: str
    title: str = ""
    kind: str = ""
    code: str = ""
    approver: str = ""
    approved_on: date | None = None
    expires: date | None = None
    simulated: bool = False
    outcome: Outcome = "unknown"
    overridden: bool = False
    approver_key: str = ""


class Known(Struct, frozen=True):
    """What a workspace knows: its sign-offs, who may sign, its history, and the sign-offs that cannot be read.

    Without a history nothing is said of what it lacks: a sign-off from another device comes alone.
    """

    signoffs: Sequence[SignOff]
    approvers: Sequence[Approver]
    history: History | None = None
    unreadable: tuple[str, ...] = ()


def verify_file(content: bytes, known: Known, today: date) -> Verdict:
    """Give what a workspace says about a file's bytes."""
    digest = sha256(content)
    for signoff in known.signoffs:
        for render in signoff.signed.renders:
            if render.sha256 == digest:
                return _verdict(signoff, render.kind, known, today)
    return _once_signed(known, lambda event: digest in event.files.values()) or Verdict(
        is_signed=False, says=f"no sign-off here is for this file: {CHANGED}{_unreadable(known)}"
    )


CHANGED = "it was changed after it was drawn, or it was signed in another workspace"


def verify_code(code: str, known: Known, today: date) -> Verdict:
    """Give what a workspace says about a printed code.

    Anyone can copy a code: compare the title, and the words, with what is on the wall.
    """
    wanted = code_as_typed(code)
    for signoff in known.signoffs:
        if signoff.signed.code == wanted:
            return _verdict(signoff, "", known, today)
    return _once_signed(known, lambda event: event.code == wanted) or Verdict(
        is_signed=False,
        says=f"no sign-off here has the code {wanted}: it was read wrongly, or signed in another workspace{_unreadable(known)}",
    )


def _unreadable(known: Known) -> str:
    names = ", ".join(known.unreadable)
    return f"; the sign-off of {names} was edited by hand and says nothing any more" if names else ""


def _once_signed(known: Known, fits: Callable[[Event], bool]) -> Verdict | None:
    """Give the verdict on what an earlier sign-off, which the history tells of, was for."""
    for event in reversed(known.history.events if known.history else ()):
        if event.what == "signed" and fits(event):
            says = (
                f"it was signed off by {event.who} on {event.on}, and that sign-off is no longer in force: "
                "take it down, and use what was signed last"
            )
            verdict = Verdict(is_signed=False, says=says, outcome="replaced")
            return replace(verdict, code=event.code, approver=event.who, approved_on=event.on)
    return None


def _verdict(signoff: SignOff, kind: str, known: Known, today: date) -> Verdict:
    signed = signoff.signed
    outcome, fault = _fault(signoff, known, today)
    overridden = signed.decisions.override is not None
    good = f"signed off by {signed.decisions.approver} on {signed.approved_on}, until {signed.expires}"
    return Verdict(
        not fault,
        fault or f"{good}{', passing over warnings' if overridden else ''}",
        signed.title,
        kind,
        signed.code,
        signed.decisions.approver,
        signed.approved_on,
        signed.expires,
        signed.simulated,
        outcome,
        overridden,
        signed.approver_key,
    )


def _fault(signoff: SignOff, known: Known, today: date) -> tuple[Outcome, str]:
    signed = signoff.signed
    since = {approver.public_key: approver.since for approver in known.approvers}
    if not is_intact(signoff):
        return "edited", "its sign-off was changed after it was signed"
    if signed.approver_key not in since:
        return "stranger", "its sign-off is made with a key that no approver here has"
    if signed.approved_on < since[signed.approver_key]:
        return "stranger", "its sign-off is older than its approver's place in the list"
    if signed.expires < today:
        return "ended", f"its sign-off ended on {signed.expires}: take it down, or review it again"
    if signed.approved_on > today:
        return "future", f"its sign-off is dated {signed.approved_on}, which has not come yet"
    missing = next(against_history(known.history, signoff), "") if known.history else ""
    return ("history", missing) if missing else ("signed", "")
