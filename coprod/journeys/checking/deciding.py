"""What a team decides about a material, taken one decision at a time and kept at once."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from campaigns.checking.findings import Finding
from campaigns.checking.rules import WaivedBy, who_may_waive
from campaigns.releasing.gate import TWO_ROLES, Case, checked, fingerprint, never_printed, panel_hash
from campaigns.releasing.history import Event, note_events
from campaigns.releasing.people import why_not_two_roles
from campaigns.releasing.signing import unlock_signing_key
from campaigns.releasing.signoff import SIGNOFF_FILE, Decisions, answers_hash, comment_id, load_signoff
from campaigns.render import DEFAULT_THEME
from campaigns.render.look import look_named
from campaigns.render.theme import theme_names
from coprod.journeys.checking.draft import Draft, Open, draft_text
from coprod.journeys.checking.panels import material_folder
from coprod.journeys.checking.releases import (
    DECISIONS_FILE,
    THEMES_FOLDER,
    ReleasedFiles,
    case_of,
    if_not_the_lead,
    load_decisions,
    refuse_stranger,
    release_material,
    sign_material,
)
from coprod.journeys.checking.telling import tell_panel
from coprod.journeys.checking.typed_decisions import (
    answers_of,
    decided_words,
    enough_typed,
    harm_of,
    mix_id,
    with_decision,
)
from coprod.kernel.files import write_whole
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.shapes import from_plain
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import load_yaml, nearest
from coprod.workspace import Workspace

WAIVED_BY: dict[WaivedBy, str] = {
    "two-roles": "A warning: mend it, or two people in different roles let it stay",
    "one-role": "A warning: mend it, or one person lets it stay",
    "nobody": "A warning that nobody may let stay: mend it",
}
SHOW = "Show the panel what you did with it: who showed it?"
SHOW_AGAIN = "The answers have changed since the panel was shown them: show it again"
UNANSWERED = "answer every comment first: the panel is shown what was done with each of them"


class Deciding(Struct, frozen=True):
    """A draft with everything that needs a decision today, in the order to take it."""

    draft: Draft
    open: tuple[Open, ...]


def deciding_of(workspace: Workspace, name: str, today: date) -> Deciding:
    """Give what is decided about a material and what is not. Raises BadInputError for mistakes in its files."""
    case = case_of(workspace, name)
    draft = _draft_of(case)
    return Deciding(draft, _told(workspace, _open(case, draft, today), draft))


def kept_words(case: Case, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Give of each finding who lets it stay; empty where nobody does. Raises BadInputError for a broken file."""
    draft = _draft_of(case)
    waived = {one.finding for one in draft.waivers}
    marks = (fingerprint(case, finding) for finding in findings)
    return tuple(decided_words(draft, f"waiver {mark}") if mark in waived else "" for mark in marks)


def _draft_of(case: Case) -> Draft:
    path = case.folder / DECISIONS_FILE
    return load_yaml(path, Draft).value if path.exists() else _signed_before(case)


def _told(workspace: Workspace, to_decide: Iterator[Open], draft: Draft) -> tuple[Open, ...]:
    """Give what is to decide with what was decided, and a word where the safeguarding lead did not check."""

    def words(one: Open) -> str:
        said = decided_words(draft, one.id)
        other = if_not_the_lead(workspace, said) if one.id == "safeguarding" else ""
        if not other:
            return said
        return other if other.startswith(said) else f"{said}; {other}"

    return tuple(replace(one, decided=words(one)) if one.is_done else one for one in to_decide)


def start_decisions(workspace: Workspace, name: str, today: date) -> Path:
    """Write the file in which a team decides: every comment and every warning with room for an answer.

    Raises BadInputError when the file is there already: what people wrote is never replaced.
    """
    deciding = deciding_of(workspace, name, today)
    path = material_folder(workspace, name) / DECISIONS_FILE
    if path.exists():
        raise BadInputError.of(path, "this file is there already", "fill it in, or move it away first")
    write_whole(path, draft_text(deciding.draft, deciding.open).encode())
    return path


def decide(workspace: Workspace, name: str, what: str, typed: tuple[str, ...], today: date) -> None:
    """Write one decision into the material's decisions file. `what` is the id of an `Open`, or `override`.

    A comment or a warning may be named by the first letters of its id, and several at once with commas between.

    As soon as every comment is answered, the page for the panel is written too. Raises BadInputError when
    something typed cannot stand, in words to act on, and RefusedError when the panel is said to have been shown
    what is not written; then nothing is written.
    """
    deciding = deciding_of(workspace, name, today)
    current = {one.id for one in deciding.open}
    draft = deciding.draft
    by_id = {one.id: one for one in deciding.open}
    for one in _meant(what, current):
        _refuse_unwaivable(by_id.get(one), typed)
        if one == "override":
            _refuse_one_role(typed[1:], "the override")
        draft = with_decision(draft, one, enough_typed(one, typed), today)
    draft = _current(draft, current)
    case = case_of(workspace, name)
    noted = replace(deciding, draft=draft, open=_told(workspace, _open(case, draft, today), draft))
    if what == "shown":
        _note_shown(workspace, name, noted, today)
    write_whole(case.folder / DECISIONS_FILE, draft_text(draft, noted.open).encode())
    if is_answered(noted):
        tell_panel(workspace, name, answers_of(draft), harm_of(draft))


def _refuse_unwaivable(one: Open | None, typed: tuple[str, ...]) -> None:
    """Refuse to let a warning stay by fewer people than its rule asks for. Raises RefusedError or BadInputError."""
    if one is None or one.waived_by is None:
        return
    if one.waived_by == "nobody":
        raise RefusedError("nobody may let this warning stay: mend the words, and it goes")
    if one.waived_by == "two-roles":
        _refuse_one_role(typed[1:], "this waiver")


def _refuse_one_role(names: tuple[str, ...], what: str) -> None:
    if lacking := why_not_two_roles(names):
        raise BadInputError.of("name", f"{what} {lacking}", TWO_ROLES)


def _meant(what: str, current: set[str]) -> tuple[str, ...]:
    """Give the ids that were meant. Raises BadInputError for one that is nothing to decide, or fits several."""
    kind, _, typed = what.partition(" ")
    if what in current or what == "override":
        return (what,)
    meant: list[str] = []
    for start in typed.split(",") if kind in {"comment", "waiver"} else [""]:
        known = [one for one in current if start.strip() and one.startswith(f"{kind} {start.strip()}")]
        if len(known) != 1:
            kinds = {one.partition(" ")[0] for one in current}
            unknown = (
                nearest(kind, kinds) if kind not in kinds else "the list of what is to decide shows them"
            )
            mend = "write more letters of it" if known else unknown
            raise BadInputError.of("decision", f"there is no one decision called `{what}`", mend)
        meant += known
    return tuple(meant)


def tell_panel_of(workspace: Workspace, name: str, today: date) -> tuple[Path, ...]:
    """Write the page for the panel and give its paths. Raises RefusedError while a comment has no answer."""
    deciding = deciding_of(workspace, name, today)
    if not is_answered(deciding):
        raise RefusedError(UNANSWERED)
    return tell_panel(workspace, name, answers_of(deciding.draft), harm_of(deciding.draft))


def _note_shown(workspace: Workspace, name: str, deciding: Deciding, today: date) -> None:
    if not is_answered(deciding):
        raise RefusedError(UNANSWERED)
    if deciding.draft.shown is not None:
        event = Event("shown", today, deciding.draft.shown.by, name, "the panel was shown what was done")
        note_events(workspace.campaigns, [event])


def is_answered(deciding: Deciding) -> bool:
    """Tell whether every comment, and harm where somebody raised it, has its answer."""
    return all(one.is_done for one in deciding.open if one.id == "harm" or one.id.startswith("comment "))


def _current(draft: Draft, current: set[str]) -> Draft:
    """Leave out what is about comments, warnings and goals that are no more."""
    return replace(
        draft,
        comments=tuple(one for one in draft.comments if f"comment {one.comment}" in current),
        waivers=tuple(one for one in draft.waivers if f"waiver {one.finding}" in current),
        harm=draft.harm if "harm" in current else None,
    )


def themes_at_hand(workspace: Workspace) -> tuple[str, ...]:
    """Give the names of the looks a material can be drawn in: ours, then the workspace's own."""
    own = sorted(path.stem for path in (workspace.campaigns / THEMES_FOLDER).glob("*.yaml"))
    return (*theme_names(), *own)


def signer_typed(
    workspace: Workspace, name: str, typed: tuple[str, str, str], today: date
) -> tuple[str, str, str]:
    """Give what was typed to sign with, once it is known to fit: all decided, the key its owner's, the look there.

    Raises RefusedError and BadInputError as `sign_off_typed` does, before anything is drawn.
    """
    key, passphrase, theme = typed
    decisions = all_decided(workspace, name, today)
    if not key.strip():
        raise BadInputError.of("key", "no key file is named", "type where your signing key is")
    refuse_stranger(workspace, decisions.approver, unlock_signing_key(Path(key).expanduser(), passphrase))
    look_named(theme or DEFAULT_THEME, workspace.campaigns / THEMES_FOLDER)
    return typed


def sign_off_typed(
    workspace: Workspace, name: str, typed: tuple[str, str, str], today: date
) -> tuple[str, ...]:
    """Sign a material off with what is decided, and give what to know.

    Raises RefusedError with everything that is still to decide, and as `sign_material` does. `typed` is the key's file, its passphrase and the look to draw it in.
    """
    key, passphrase, theme = typed
    decisions = all_decided(workspace, name, today)
    unlocked = unlock_signing_key(Path(key).expanduser(), passphrase)
    signed = sign_material(workspace, name, decisions, unlocked, today, theme or DEFAULT_THEME).signed
    return (
        f"{decisions.approver} signed: {signed.title}",
        *worth_knowing(workspace, decisions),
        f"Code {signed.code}. It holds until {signed.expires}, or until anything in it changes.",
    )


def all_decided(workspace: Workspace, name: str, today: date) -> Decisions:
    """Give what is decided, also where it stands only in the sign-off before; written into its file then.

    Raises RefusedError with each thing that is still to decide, and with the words that nobody may sign off.
    """
    left = [one for one in deciding_of(workspace, name, today).open if not one.is_done]
    if left:
        case = case_of(workspace, name)
        still = dict.fromkeys(f"still to decide: {one.about}" for one in left)
        raise RefusedError(*never_printed(case, checked(case, today)), *still)
    path = material_folder(workspace, name) / DECISIONS_FILE
    if not path.exists():
        start_decisions(workspace, name, today)
    return load_decisions(path)


def worth_knowing(workspace: Workspace, decisions: Decisions) -> Iterator[str]:
    """Give what is reported and is no reason to refuse: who checked, what the panel did not have, its mix."""
    if other := if_not_the_lead(workspace, decisions.safeguarding.name):
        yield f"{other[0].upper()}{other[1:]}."
    practice = decisions.practice
    if practice is not None and practice.missing:
        yield f"The panel went without: {', '.join(practice.missing)}. {practice.remark}"
    for goal in decisions.mix:
        yield f"Mix {'met' if goal.met == 'yes' else 'NOT MET'}: {goal.who}"


def release_typed(workspace: Workspace, name: str, today: date) -> ReleasedFiles:
    """Draw a signed material into `out/NAME/`. Raises as `release_material` does."""
    return release_material(workspace, name, today)


def _signed_before(case: Case) -> Draft:
    """Give what was decided at the last sign-off, to begin from; a new panel is looked after and told anew."""
    signoff = load_signoff(case.folder / SIGNOFF_FILE)
    if signoff is None:
        return Draft()
    before = _as_draft(signoff.signed.decisions)
    if case.panel is not None and panel_hash(case.panel) == signoff.signed.panel:
        return replace(before, override=None)
    return replace(before, practice=None, mix=(), shown=None, override=None)


def _as_draft(decisions: Decisions) -> Draft:
    return from_plain(msgspec.to_builtins(decisions), Draft)


def is_as_signed(draft: Draft, decisions: Decisions) -> bool:
    """Tell whether a draft holds just what was signed, whatever the order of its answers."""
    signed = _as_draft(decisions)
    # What is taken from a sign-off to begin from leaves its override behind: that alone is no new decision.
    return _in_order(draft) == _in_order(
        replace(signed, override=signed.override if draft.override else None)
    )


def _in_order(draft: Draft) -> Draft:
    return replace(
        draft,
        comments=tuple(sorted(draft.comments, key=lambda one: one.comment)),
        waivers=tuple(sorted(draft.waivers, key=lambda one: one.finding)),
        mix=tuple(sorted(draft.mix, key=lambda one: one.who)),
    )


def _open(case: Case, draft: Draft, today: date) -> Iterator[Open]:
    yield Open("approver", "Who answers for this material", bool(draft.approver))
    yield Open("safeguarding", "The adult who checked that it is safe", bool(draft.safeguarding.name))
    yield Open("facts", "The adult who checked that it is true", bool(draft.facts.name))
    if case.panel is not None:
        yield from _open_care(case, draft)
    if case.panel is not None and case.harm_raised:
        asked = "Somebody said this could harm someone: what did you do about it?"
        yield Open("harm", asked, bool(draft.harm and draft.harm.reason))
    answered = {one.comment for one in draft.comments if one.outcome and one.reason}
    said = {comment_id(comment): comment for comment in (case.panel.comments if case.panel else ())}
    for mark, comment in sorted(said.items(), key=lambda one: one[1].about):
        yield Open(f"comment {mark}", clean_line(comment.text), mark in answered, clean_line(comment.about))
    if case.panel is not None and (case.panel.comments or case.harm_raised):
        asked = SHOW_AGAIN if draft.shown and not _is_shown(draft) else SHOW
        yield Open("shown", asked, _is_shown(draft))
    waived = {one.finding: one.by for one in draft.waivers if one.reason}
    for finding in checked(case, today).findings:
        if finding.severity == "warn":
            mark = fingerprint(case, finding)
            seen = filter(None, (clean_line(finding.text).strip(), clean_line(finding.message)))
            words = ": ".join((f"line {finding.line}", *seen))
            waived_by = who_may_waive(finding.rule)
            may_stay = waived_by != "nobody"
            is_waived = mark in waived and not (waived_by == "two-roles" and why_not_two_roles(waived[mark]))
            is_done = may_stay and (is_waived or draft.override is not None)
            yield Open(f"waiver {mark}", words, is_done, WAIVED_BY[waived_by], waived_by)


def _open_care(case: Case, draft: Draft) -> Iterator[Open]:
    is_noted = bool(draft.practice and draft.practice.by)
    yield Open("practice", "Was the panel paid, with a worker, a break, and support after?", is_noted)
    noted = {one.who for one in draft.mix if one.met}
    yield from (
        Open(mix_id(who), who, who in noted, "Did the panel as a whole have this?") for who in case.mix
    )


def _is_shown(draft: Draft) -> bool:
    return draft.shown is not None and draft.shown.answers == answers_hash(answers_of(draft), harm_of(draft))
