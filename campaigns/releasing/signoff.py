"""The sign-off: one record that binds a material's parts, its check, its panel and who answers for it."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from campaigns.releasing.binding import Part, canonical, sha256
from campaigns.releasing.signing import PublicKey, SigningKey, is_signed_by
from coprod.kernel.chain import START
from coprod.kernel.files import read_bytes
from coprod.kernel.panel_result import PanelComment
from coprod.kernel.problem import BadInputError
from coprod.kernel.shapes import from_json

SIGNOFF_FILE = "signoff.json"
LARGEST_SIGNOFF = 2_000_000
LONGEST_LIFE = timedelta(days=365)
LIFE_WITH_OVERRIDE = timedelta(days=90)
SEAL = b"coprod sign-off 1\n"
Hash = Annotated[str, Meta(min_length=64, max_length=64)]
PersonName = Annotated[str, Meta(min_length=3, max_length=80)]
Reason = Annotated[str, Meta(min_length=20, max_length=1_000)]


class AdultCheck(Struct, frozen=True, forbid_unknown_fields=True):
    """An adult who looked at the material, by name, and on which day."""

    name: PersonName
    on: date


class CommentAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """What was done about one comment of the panel, in plain words."""

    comment: str
    outcome: Literal["done", "partly", "not"]
    reason: Reason


class HarmAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """What was done because somebody said that the material could harm someone, and who answers for it."""

    reason: Reason
    by: PersonName


YesNo = Literal["yes", "no"]
PRACTICE = ("paid", "worker", "rest", "support")


class Practice(Struct, frozen=True, forbid_unknown_fields=True):
    """How a panel was looked after: paid, a worker in the room, a break, support after; why not, where not.

    Nothing of it is about one young person. `by` is who was there.
    """

    paid: YesNo
    worker: YesNo
    rest: YesNo
    support: YesNo
    by: PersonName
    on: date
    remark: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Give what was not done, by its field."""
        return tuple(name for name in PRACTICE if getattr(self, name) == "no")


class MixMet(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the panel as a whole met one goal of `coprod.toml`; how many did is never kept."""

    who: str
    met: YesNo


class ShownBack(Struct, frozen=True, forbid_unknown_fields=True):
    """Who showed the panel what was done with its comments, when, and the SHA-256 of the answers it saw."""

    answers: Hash
    by: PersonName
    on: date


class Override(Struct, frozen=True, forbid_unknown_fields=True):
    """Warnings nobody answered one by one, passed over by two people; every drawn file then says so."""

    reason: Reason
    by: Annotated[tuple[PersonName, ...], Meta(min_length=2)]


class Waiver(Struct, frozen=True, forbid_unknown_fields=True):
    """One warning that stays, with its reason, until a day, by the people its rule asks for."""

    finding: str
    reason: Reason
    expires: date
    by: Annotated[tuple[PersonName, ...], Meta(min_length=1)]


class Decisions(Struct, frozen=True, forbid_unknown_fields=True):
    """What people decided about a material: the file a team fills in before signing off."""

    format: Literal[1]
    approver: PersonName
    safeguarding: AdultCheck
    facts: AdultCheck
    comments: tuple[CommentAnswer, ...] = ()
    harm: HarmAnswer | None = None
    waivers: tuple[Waiver, ...] = ()
    practice: Practice | None = None
    mix: tuple[MixMet, ...] = ()
    shown: ShownBack | None = None
    override: Override | None = None


class FindingMark(Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """A finding that was open at sign-off, without its words."""

    fingerprint: str
    rule: str
    severity: Literal["block", "warn", "ask"]


class Render(Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """One drawn file and the SHA-256 of its bytes."""

    kind: str
    sha256: Hash


class Signed(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything an approver signs.

    `content` is the SHA-256 over `parts`; `panel` that of the panel's result; `rules` that of the rule packs.
    `renders` holds the files this sign-off is for, as they will be drawn; `history` the seal of the history before it.
    """

    title: str
    code: str
    content: Hash
    parts: tuple[Part, ...]
    theme: str
    rules: Hash
    panel: Hash
    findings: tuple[FindingMark, ...]
    decisions: Decisions
    approver_key: PublicKey
    approved_on: date
    expires: date
    renders: tuple[Render, ...]
    simulated: bool = False
    history: Hash = START
    format: Literal[1] = 1


class SignOff(Struct, frozen=True, forbid_unknown_fields=True):
    """A signed record and the signature over its one canonical spelling."""

    signed: Signed
    signature: Annotated[str, Meta(min_length=128, max_length=128)]
    format: Literal[1] = 1


def seal_signoff(signed: Signed, key: SigningKey) -> SignOff:
    """Give a record with the approver's signature."""
    return SignOff(signed, key.sign(SEAL + canonical(signed)))


def is_intact(signoff: SignOff) -> bool:
    """Tell whether nothing in a sign-off has changed since its approver signed it."""
    signed = signoff.signed
    return is_signed_by(signed.approver_key, signoff.signature, SEAL + canonical(signed))


def signoff_bytes(signoff: SignOff) -> bytes:
    """Give a sign-off as it stands in `signoff.json`."""
    return canonical(signoff) + b"\n"


def load_signoff(path: Path) -> SignOff | None:
    """Give the sign-off in a file, or None where there is none.

    Raises BadInputError for a file that coprod did not write so: other fields, other spelling, damage.
    """
    if not path.exists():
        return None
    content = read_bytes(path, LARGEST_SIGNOFF)
    mend = "sign the material off again; this file is never edited by hand"
    try:
        signoff = from_json(content, SignOff)
    except msgspec.DecodeError:
        raise BadInputError.of(path, "this is not a sign-off coprod wrote", mend) from None
    if signoff_bytes(signoff) != content:
        raise BadInputError.of(path, "this sign-off was edited", mend)
    return signoff


def expiry_of(review_by: date, approved_on: date, *, overrides: bool = False) -> date:
    """Give the last day a sign-off holds: the review date, never more than a year, 90 days where warnings were passed over."""
    return min(review_by, approved_on + (LIFE_WITH_OVERRIDE if overrides else LONGEST_LIFE))


def answers_hash(comments: Iterable[CommentAnswer], harm: HarmAnswer | None) -> str:
    """Give the SHA-256 of what a panel is told was done, whatever the order of the answers."""
    return sha256(canonical([sorted(comments, key=lambda one: one.comment), harm]))


def comment_id(comment: PanelComment) -> str:
    """Give the id by which an answer names a comment: twelve digits of its SHA-256."""
    return sha256(canonical((comment.about, comment.text)))[:12]


def finding_fingerprint(rule: str, words: str, around: str) -> str:
    """Give the id by which a waiver names a finding: its rule, its words and those around it.

    Letters' case and white space do not count, so that moving a paragraph keeps a waiver.
    """
    normal = [re.sub(r"\s+", " ", text).strip().casefold() for text in (rule, words, around)]
    return sha256(canonical(normal))[:16]
