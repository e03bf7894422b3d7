"""Telling whether a file, or a code on a wall, is one that somebody signed."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from campaigns.releasing.binding import code_as_typed, sha256
from campaigns.releasing.signing import Approver
from campaigns.releasing.signoff import SignOff, is_intact


class Verdict(Struct, frozen=True):
    """What is known about a file or a code. `is_signed` only where the sign-off holds today.

    `says` is one sentence for a person; the rest is empty where no sign-off fits.
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


def verify_file(
    content: bytes, signoffs: Sequence[SignOff], approvers: Sequence[Approver], today: date
) -> Verdict:
    """Give what the sign-offs of a workspace say about a file's bytes."""
    digest = sha256(content)
    for signoff in signoffs:
        for render in signoff.signed.renders:
            if render.sha256 == digest:
                return _verdict(signoff, render.kind, approvers, today)
    return Verdict(is_signed=False, says="no sign-off here is for this file; it may have been changed")


def verify_code(
    code: str, signoffs: Sequence[SignOff], approvers: Sequence[Approver], today: date
) -> Verdict:
    """Give what the sign-offs of a workspace say about a printed code.

    Anyone can copy a code: compare the title, and the words, with what is on the wall.
    """
    wanted = code_as_typed(code)
    for signoff in signoffs:
        if signoff.signed.code == wanted:
            return _verdict(signoff, "", approvers, today)
    return Verdict(is_signed=False, says=f"no sign-off here has the code {wanted}")


def _verdict(signoff: SignOff, kind: str, approvers: Sequence[Approver], today: date) -> Verdict:
    signed = signoff.signed
    fault = _fault(signoff, approvers, today)
    good = f"signed off by {signed.decisions.approver} on {signed.approved_on}, until {signed.expires}"
    return Verdict(
        not fault,
        fault or good,
        signed.title,
        kind,
        signed.code,
        signed.decisions.approver,
        signed.approved_on,
        signed.expires,
        signed.simulated,
    )


def _fault(signoff: SignOff, approvers: Sequence[Approver], today: date) -> str:
    signed = signoff.signed
    if not is_intact(signoff):
        return "its sign-off was changed after it was signed"
    if signed.approver_key not in {approver.public_key for approver in approvers}:
        return "its sign-off is made with a key that no approver here has"
    if signed.expires < today:
        return f"its sign-off ended on {signed.expires}: take it down, or review it again"
    if signed.approved_on > today:
        return f"its sign-off is dated {signed.approved_on}, which has not come yet"
    return ""
