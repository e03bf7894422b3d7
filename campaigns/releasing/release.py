"""Signing off and releasing: the only road on which a campaign material becomes a file people see."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from campaigns.checking.check import CheckResult
from campaigns.materials.material import FrontMatter
from campaigns.releasing.artist import Artist
from campaigns.releasing.binding import Part, content_hash, footer_code, parts_of, rules_hash, sha256
from campaigns.releasing.gate import Case, checked, marks, panel_hash, reasons_against
from campaigns.releasing.history import History
from campaigns.releasing.people import same_name
from campaigns.releasing.signing import Approver, SigningKey
from campaigns.releasing.signoff import Decisions, Render, Signed, SignOff, expiry_of, is_intact, seal_signoff
from campaigns.render.drawing import BOTH_LANGUAGES, ENDINGS, Kind, Permit
from coprod.kernel.chain import START
from coprod.kernel.problem import BadInputError, Problem, RefusedError
from coprod.kernel.wording import LANGUAGES, Language


class Released(Struct, frozen=True):
    """The files of one release, and the code printed on them.

    Each is called by its kind; in a material of two languages, the second one's by kind and language: `page-cy`.
    """

    files: dict[str, bytes]
    code: str

    def named(self, name: str) -> dict[str, bytes]:
        """Give the files by file name: `name-poster-a4.pdf`."""
        return {f"{name}-{called}{_ending(called)}": content for called, content in self.files.items()}


def _ending(called: str) -> str:
    return next(
        ending
        for kind, ending in ENDINGS.items()
        if called in {kind, *(f"{kind}-{one}" for one in LANGUAGES)}
    )


def sign_off(case: Case, decisions: Decisions, key: SigningKey, today: date) -> SignOff:
    """Give the signed record for a material that nothing speaks against.

    Raises RefusedError with every reason otherwise, and BadInputError when a format cannot be drawn.
    """
    check = checked(case, today)
    reasons = reasons_against(case, decisions, check, today)
    front, panel = case.material.front, case.panel
    if reasons or front is None or front.review_by is None or panel is None:
        raise RefusedError(*reasons)
    parts = parts_of(case.material, case.folder, case.theme, case.registry.contacts, case.themes)
    content = content_hash(parts)
    overrides = decisions.override is not None
    drawn = _drawn(case, front, content, overrides=overrides)
    signed = Signed(
        title=front.title,
        code=footer_code(content),
        content=content,
        parts=parts,
        theme=case.theme,
        rules=rules_hash(),
        panel=panel_hash(panel),
        findings=marks(case, check),
        decisions=decisions,
        approver_key=key.public_key,
        approved_on=today,
        expires=expiry_of(front.review_by, today, overrides=overrides),
        renders=tuple(sorted(Render(kind, sha256(file)) for kind, file in drawn.items())),
        simulated=case.simulated,
        history=case.history.seal,
    )
    return seal_signoff(signed, key)


def release(case: Case, signoff: SignOff | None, approvers: Sequence[Approver], today: date) -> Released:
    """Give the drawn files of a material, exactly as they were signed.

    Raises RefusedError with every reason: no sign-off, a sign-off that was edited, has ended or is by
    somebody not named, anything changed since, and whatever speaks against the material today.
    """
    if signoff is None:
        raise RefusedError("there is no sign-off for this material", *_without_signoff(case, today))
    signed = signoff.signed
    reasons = why_void(case, signoff, approvers, checked(case, today), today)
    front = case.material.front
    if reasons or front is None:
        raise RefusedError(*reasons)
    overrides = signed.decisions.override is not None
    files = _drawn(replace(case, theme=signed.theme), front, signed.content, overrides=overrides)
    if different := _not_as_signed(files, signed):
        raise RefusedError(*different)
    return Released(files, signed.code)


def try_drawing(case: Case) -> None:
    """Draw every format a material asks for, and drop it: what cannot be drawn is known before a panel meets.

    Raises BadInputError with a problem for each format that cannot be drawn.
    """
    front = case.material.front
    if front is not None:
        parts = parts_of(case.material, case.folder, case.theme, case.registry.contacts, case.themes)
        _drawn(case, front, content_hash(parts), overrides=False)


def why_void(
    case: Case, signoff: SignOff, approvers: Sequence[Approver], check: CheckResult, today: date
) -> tuple[str, ...]:
    """Give every reason why a sign-off lets nothing be released today; none means that it holds.

    Raises BadInputError for a picture that cannot be used or a theme there is not any more.
    """
    signed = signoff.signed
    parts = parts_of(case.material, case.folder, signed.theme, case.registry.contacts, case.themes)
    reasons = (
        *_against_signoff(signoff, approvers, today),
        *_changed(signed.parts, parts),
        *_against_evidence(case, signed),
        *against_history(case.history, signoff),
        *reasons_against(case, signed.decisions, check, today),
    )
    return tuple(dict.fromkeys(reasons))


def _without_signoff(case: Case, today: date) -> Iterator[str]:
    """Give what a sign-off would have met first, so that a team hears everything at once."""
    check = checked(case, today)
    for finding in check.findings:
        if finding.severity == "block":
            yield f"{case.material.path}:{finding.line}:{finding.column}: {finding.rule}: {finding.message}"
    if case.panel is None:
        yield "no panel of young people has reviewed this material"


def _against_signoff(signoff: SignOff, approvers: Sequence[Approver], today: date) -> Iterator[str]:
    signed = signoff.signed
    if not is_intact(signoff):
        yield "the sign-off was changed after it was signed"
    since = {approver.public_key: approver.since for approver in approvers}
    if signed.approver_key in since and signed.approved_on < since[signed.approver_key]:
        yield f"the sign-off is older than its approver, who was named on {since[signed.approver_key]}"
    names = {approver.public_key: approver.name for approver in approvers}
    who = signed.decisions.approver
    if signed.approver_key in names and not same_name(who, names[signed.approver_key]):
        yield f"the sign-off says that {who} answers for it, and the key is {names[signed.approver_key]}'s"
    if signed.approver_key not in since:
        yield f"the sign-off by {signed.decisions.approver} is made with a key that no approver here has"
    if signed.approved_on > today:
        yield f"the sign-off is dated {signed.approved_on}, which has not come yet"
    if signed.expires < today:
        yield f"the sign-off ended on {signed.expires}"


def against_history(history: History, signoff: SignOff) -> Iterator[str]:
    """Give what the history lacks of a sign-off: the lines before it, or the sign-off itself."""
    before = signoff.signed.history
    if before == START:
        return
    if before not in history.seals:
        yield "the history was made anew since the sign-off: lines before it are missing or changed"
    elif not any(event.signature == signoff.signature for event in history.events):
        yield "the history does not tell of this sign-off: it was cut off at its end"


def _changed(then: Sequence[Part], now: Sequence[Part]) -> Iterator[str]:
    signed = {part.name: part.sha256 for part in then}
    current = {part.name: part.sha256 for part in now}
    for name in sorted(signed.keys() | current.keys()):
        said = "the text" if name == "source" else name
        if name not in current:
            yield f"{said} was taken out since the sign-off"
        elif name not in signed:
            yield f"{said} was added since the sign-off"
        elif signed[name] != current[name]:
            yield f"{said} has changed since the sign-off"


def _against_evidence(case: Case, signed: Signed) -> Iterator[str]:
    if case.panel is not None and panel_hash(case.panel) != signed.panel:
        yield "the panel's result has changed since the sign-off"
    if signed.simulated != case.simulated:
        yield (
            "the sign-off was made in a simulated workspace"
            if signed.simulated
            else ("the sign-off was made in a real workspace and this one is simulated")
        )


def _not_as_signed(files: dict[str, bytes], signed: Signed) -> list[str]:
    drawn: dict[str, str] = {kind: sha256(content) for kind, content in files.items()}
    wanted = {render.kind: render.sha256 for render in signed.renders}
    return [
        f"the {kind} comes out other than it was signed; the version of coprod may differ: sign off again"
        for kind in sorted(drawn.keys() | wanted.keys())
        if drawn.get(kind) != wanted.get(kind)
    ]


def _drawn(case: Case, front: FrontMatter, content: str, *, overrides: bool) -> dict[str, bytes]:
    """Give every format in every language. What both languages share is drawn once.

    Raises BadInputError with the problems of all formats that cannot be drawn.
    """
    artist = Artist(case, front, Permit(content), footer_code(content), overrides=overrides)
    kinds: list[Kind] = [kind for kind in get_args(Kind) if kind in front.formats]
    drawn: dict[str, bytes] = {}
    problems: dict[Problem, None] = {}
    for called, draw in _drawings(artist, kinds, front.languages):
        try:
            drawn[called] = draw()
        except BadInputError as error:
            problems |= dict.fromkeys(error.problems)
    if problems:
        raise BadInputError(*problems)
    return drawn


def _drawings(
    artist: Artist, kinds: Sequence[Kind], languages: Sequence[Language]
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for kind in kinds:
        if kind in BOTH_LANGUAGES:
            yield kind, partial(artist.bilingual, kind)
            continue
        for number, language in enumerate(languages):
            yield (kind if number == 0 else f"{kind}-{language}"), partial(artist.drawn, kind, language)
