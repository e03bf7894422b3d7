"""What a team decides about a material, filled in bit by bit: the decisions file before it is complete."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from campaigns.releasing.gate import Case, checked, fingerprint
from campaigns.releasing.signing import unlock_signing_key
from campaigns.releasing.signoff import SIGNOFF_FILE, comment_id, load_signoff
from coprod.journeys.checking.panels import material_folder
from coprod.journeys.checking.releases import (
    DECISIONS_FILE,
    ReleasedFiles,
    case_of,
    load_decisions,
    release_material,
    sign_material,
)
from coprod.kernel.files import write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import load_yaml
from coprod.workspace import Workspace

OUTCOMES = ("done", "partly", "not")
LEAST_REASON = 20
WAIVED_FOR = timedelta(days=180)


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


class Draft(Struct, frozen=True, forbid_unknown_fields=True):
    """A decisions file, complete or not."""

    format: int = 1
    approver: str = ""
    safeguarding: DraftCheck = DraftCheck()
    facts: DraftCheck = DraftCheck()
    comments: tuple[DraftAnswer, ...] = ()
    harm: DraftHarm | None = None
    waivers: tuple[DraftWaiver, ...] = ()


class Open(Struct, frozen=True):
    """One thing to decide: an id, the words it is about, whether it is decided, and what the words answered."""

    id: str
    about: str
    is_done: bool
    asked: str = ""


class Deciding(Struct, frozen=True):
    """A draft with everything that needs a decision today, in the order to take it."""

    draft: Draft
    open: tuple[Open, ...]


def deciding_of(workspace: Workspace, name: str, today: date) -> Deciding:
    """Give what is decided about a material and what is not. Raises BadInputError for mistakes in its files."""
    case = case_of(workspace, name)
    path = case.folder / DECISIONS_FILE
    draft = load_yaml(path, Draft).value if path.exists() else _signed_before(case.folder)
    return Deciding(draft, tuple(_open(case, draft, today)))


def decide(workspace: Workspace, name: str, what: str, typed: tuple[str, ...], today: date) -> None:
    """Write one decision into the material's decisions file. `what` is the id of an `Open`.

    Raises BadInputError when something typed cannot stand, in words to act on; then nothing is written.
    """
    deciding = deciding_of(workspace, name, today)
    draft = _with_decision(deciding.draft, what, tuple(one.strip() for one in typed), today)
    current = {one.id for one in deciding.open}
    draft = replace(
        draft,
        comments=tuple(one for one in draft.comments if f"comment {one.comment}" in current),
        waivers=tuple(one for one in draft.waivers if f"waiver {one.finding}" in current),
        harm=draft.harm if "harm" in current else None,
    )
    write_whole(material_folder(workspace, name) / DECISIONS_FILE, draft_text(draft).encode())


def typed_before(draft: Draft, what: str) -> tuple[str, ...]:
    """Give what is written for one decision, to begin from."""
    kind, _, key = what.partition(" ")
    match kind:
        case "approver":
            return (draft.approver,)
        case "safeguarding":
            return (draft.safeguarding.name,)
        case "facts":
            return (draft.facts.name,)
        case "harm":
            return (draft.harm.reason, draft.harm.by) if draft.harm else ("", "")
        case "comment":
            answer = next((one for one in draft.comments if one.comment == key), DraftAnswer(key))
            return (answer.outcome, answer.reason)
        case _:
            waiver = next((one for one in draft.waivers if one.finding == key), DraftWaiver(key))
            return (waiver.reason, *(*waiver.by, "", "")[:2])


def draft_text(draft: Draft) -> str:
    """Give a decisions file as text; every value is quoted, so that nothing in it is YAML."""
    lines = ["format: 1", f"approver: {_quoted(draft.approver)}"]
    for kind, check in (("safeguarding", draft.safeguarding), ("facts", draft.facts)):
        if check.on is not None:
            lines.append(f"{kind}: {{name: {_quoted(check.name)}, on: {check.on}}}")
    lines += ["comments:"] if draft.comments else []
    for answer in draft.comments:
        lines.append(f"- comment: {_quoted(answer.comment)}")
        lines.append(f"  outcome: {_quoted(answer.outcome)}")
        lines.append(f"  reason: {_quoted(answer.reason)}")
    if draft.harm is not None:
        lines.append(f"harm: {{reason: {_quoted(draft.harm.reason)}, by: {_quoted(draft.harm.by)}}}")
    lines += ["waivers:"] if draft.waivers else []
    for waiver in draft.waivers:
        lines.append(f"- finding: {_quoted(waiver.finding)}")
        lines.append(f"  reason: {_quoted(waiver.reason)}")
        lines += [f"  expires: {waiver.expires}"] if waiver.expires else []
        lines.append(f"  by: [{', '.join(_quoted(one) for one in waiver.by)}]")
    return "\n".join(lines) + "\n"


def sign_off_typed(
    workspace: Workspace, name: str, key: str, passphrase: str, today: date
) -> tuple[str, ...]:
    """Sign a material off with what is decided, and give what to know. Raises as `sign_material` does."""
    decisions = load_decisions(material_folder(workspace, name) / DECISIONS_FILE)
    unlocked = unlock_signing_key(Path(key).expanduser(), passphrase)
    signed = sign_material(workspace, name, decisions, unlocked, today).signed
    return (
        f"{decisions.approver} signed: {signed.title}",
        f"Code {signed.code}. It holds until {signed.expires}, or until anything in it changes.",
    )


def release_typed(workspace: Workspace, name: str, today: date) -> ReleasedFiles:
    """Draw a signed material into `out/NAME/`. Raises as `release_material` does."""
    return release_material(workspace, name, today)


def _signed_before(folder: Path) -> Draft:
    """Give what was decided at the last sign-off, to begin from."""
    signoff = load_signoff(folder / SIGNOFF_FILE)
    return msgspec.convert(msgspec.to_builtins(signoff.signed.decisions), Draft) if signoff else Draft()


def _open(case: Case, draft: Draft, today: date) -> Iterator[Open]:
    yield Open("approver", "Who answers for this material", bool(draft.approver))
    yield Open("safeguarding", "The adult who checked that it is safe", bool(draft.safeguarding.name))
    yield Open("facts", "The adult who checked that it is true", bool(draft.facts.name))
    if case.panel is not None and case.panel.harm_raised:
        said = "Somebody said this could harm someone: what did you do about it?"
        yield Open("harm", said, bool(draft.harm and draft.harm.reason))
    answered = {one.comment for one in draft.comments if one.outcome and one.reason}
    for comment in case.panel.comments if case.panel else ():
        mark = comment_id(comment)
        yield Open(f"comment {mark}", clean_line(comment.text), mark in answered, clean_line(comment.about))
    waived = {one.finding for one in draft.waivers if one.reason}
    for finding in checked(case, today).findings:
        if finding.severity == "warn":
            mark = fingerprint(case, finding)
            words = f"line {finding.line}: {clean_line(finding.text)}: {clean_line(finding.message)}"
            yield Open(f"waiver {mark}", words, mark in waived)


def _with_decision(draft: Draft, what: str, typed: tuple[str, ...], today: date) -> Draft:
    kind, _, key = what.partition(" ")
    match kind:
        case "approver":
            return replace(draft, approver=_name(typed[0]))
        case "safeguarding":
            return replace(draft, safeguarding=DraftCheck(_name(typed[0]), today))
        case "facts":
            return replace(draft, facts=DraftCheck(_name(typed[0]), today))
        case "harm":
            return replace(draft, harm=DraftHarm(_reason(typed[0]), _name(typed[1])))
        case "comment":
            answer = DraftAnswer(key, _outcome(typed[0]), _reason(typed[1]))
            others = tuple(one for one in draft.comments if one.comment != key)
            return replace(draft, comments=(*others, answer))
        case _:
            by = (_name(typed[1]), _name(typed[2]))
            waiver = DraftWaiver(key, _reason(typed[0]), today + WAIVED_FOR, by)
            others_waived = tuple(one for one in draft.waivers if one.finding != key)
            return replace(draft, waivers=(*others_waived, waiver))


def _outcome(typed: str) -> str:
    if typed.lower() not in OUTCOMES:
        raise BadInputError.of("outcome", f"`{typed}` is no outcome", "type done, partly or not")
    return typed.lower()


def _reason(typed: str) -> str:
    if len(typed) < LEAST_REASON:
        what = f"the reason has fewer than {LEAST_REASON} letters"
        raise BadInputError.of("reason", what, "write it so that the panel can follow it")
    return clean_line(typed)


def _name(typed: str) -> str:
    if len(typed) < 3:
        raise BadInputError.of("name", "a whole name is missing", "type who it is")
    return clean_line(typed)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
