"""A material's way out of a workspace: what to decide, signing off, releasing into `out/`, verifying."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from campaigns.materials.material import load_material
from campaigns.panels.panelfile import COMPARED_FILE, RESULT_FILE, load_panel_result
from campaigns.releasing.binding import CODE_LENGTH, code_as_typed
from campaigns.releasing.gate import Case, checked, never_printed
from campaigns.releasing.history import Event, History, history_of, note_events
from campaigns.releasing.people import same_name
from campaigns.releasing.release import against_history, release, sign_off, try_drawing
from campaigns.releasing.signing import Approver, SigningKey, load_approvers, strangers
from campaigns.releasing.signoff import (
    SIGNOFF_FILE,
    Decisions,
    SignOff,
    is_intact,
    load_signoff,
    signoff_bytes,
)
from campaigns.releasing.verify import Known, Verdict, verify_code, verify_file
from coprod.journeys.checking.citable import releases_for
from coprod.journeys.checking.panels import MATERIAL_FILE, material_folder, prepare_panel, registry_of
from coprod.kernel.files import read_bytes, written_together
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import load_yaml
from coprod.workspace import Workspace

DECISIONS_FILE = "decisions.yaml"
THEMES_FOLDER = "themes"
LARGEST_FILE = 100_000_000


class ReleasedFiles(Struct, frozen=True):
    """Where the files of a release are, and the code printed on them."""

    paths: tuple[Path, ...]
    code: str


def case_of(workspace: Workspace, name: str, theme: str = "harbour") -> Case:
    """Give a material of a workspace with all that speaks for or against it. Raises BadInputError for mistakes."""
    folder = material_folder(workspace, name)
    settings = workspace.settings
    material = load_material(folder / MATERIAL_FILE)
    audience = material.front.audience if material.front else "young-people"
    return Case(
        material=material,
        folder=folder,
        registry=registry_of(workspace),
        confirmed=settings.confirmed,
        panel=load_panel_result(folder / RESULT_FILE),
        service=settings.name,
        theme=theme,
        themes=workspace.campaigns / THEMES_FOLDER,
        quorum=settings.quorum.people_for(audience),
        mix=settings.quorum.mix_for(audience),
        compared=load_panel_result(folder / COMPARED_FILE),
        history=history_of(workspace.campaigns),
        simulated=settings.simulated,
        released=releases_for(workspace, material),
    )


def load_decisions(path: Path) -> Decisions:
    """Give the decisions in a file. Raises BadInputError with every line that is not filled in."""
    return load_yaml(path, Decisions).value


def sign_material(
    workspace: Workspace,
    name: str,
    decisions: Decisions,
    key: SigningKey,
    today: date,
    theme: str = "harbour",
) -> SignOff:
    """Sign a material off, write its `signoff.json` and tell the history. Raises RefusedError with every reason against it."""
    case = case_of(workspace, name, theme)
    refuse_stranger(workspace, decisions.approver, key)
    signoff = sign_off(case, decisions, key, today)
    lead = workspace.settings.safeguarding_lead
    with written_together({case.folder / SIGNOFF_FILE: signoff_bytes(signoff)}):
        note_events(workspace.campaigns, [*_decided(name, signoff, today, lead), _signed(name, signoff)])
    return signoff


def refuse_stranger(workspace: Workspace, approver: str, key: SigningKey) -> None:
    """Raise RefusedError where a key is of nobody who may sign here, or of another than who answers for the material."""
    approvers = load_approvers(workspace.campaigns)
    named = {one.public_key: one.name for one in approvers}
    if key.public_key not in named:
        raise RefusedError(
            "this key belongs to no approver of this workspace: `coprod campaigns approver` names one",
            *(
                f"{name} stands in approvers.yaml, and nobody let them in"
                for name in strangers(workspace.campaigns)
            ),
        )
    if not same_name(approver, named[key.public_key]):
        owner = named[key.public_key]
        raise RefusedError(
            f"{approver} answers for this material, and the key is {owner}'s: let one person do both"
        )


def if_not_the_lead(workspace: Workspace, safeguarding: str) -> str:
    """Give what to know where somebody else than the service's safeguarding lead checked a material; empty if not.

    It is said and kept in the history, and is no reason to refuse: a deputy may check while the lead is away.
    """
    lead = clean_line(workspace.settings.safeguarding_lead)
    if not lead:
        return "nobody is named as the safeguarding lead of this service: name one in its settings"
    if same_name(lead, safeguarding):
        return ""
    return f"{clean_line(safeguarding)} is not the safeguarding lead of this service: tell {lead} before it goes out"


def _decided(name: str, signoff: SignOff, today: date, lead: str) -> Iterator[Event]:
    """Give what was decided, as the history tells it: who and how many, and nobody's words."""
    signed = signoff.signed
    decisions = signed.decisions
    findings = Counter(mark.severity for mark in signed.findings)
    found = f"{findings['block']} block, {findings['warn']} warn, {findings['ask']} ask"
    yield Event("checked", today, material=name, says=f"before the sign-off: {found}")
    outcomes = Counter(answer.outcome for answer in decisions.comments)
    counted = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())) or "none"
    safe = decisions.safeguarding.name
    other = (
        "" if same_name(lead, safe) else f" (lead: {clean_line(lead.partition(',')[0]) or 'nobody named'})"
    )
    says = f"safe: {safe}{other}; true: {decisions.facts.name}; comments: {counted}"
    yield Event("decided", today, decisions.approver, name, says)
    rules = {mark.fingerprint: mark.rule for mark in signed.findings}
    for waiver in decisions.waivers:
        says = f"{rules.get(waiver.finding, waiver.finding)} stays until {waiver.expires}: {clean_line(waiver.reason)}"
        yield Event("waived", today, ", ".join(waiver.by), name, says)
    if decisions.override is not None:
        by, reason = ", ".join(decisions.override.by), clean_line(decisions.override.reason)
        yield Event("overrode", today, by, name, f"every open warning: {reason}")


def _signed(name: str, signoff: SignOff) -> Event:
    signed = signoff.signed
    return Event(
        "signed",
        signed.approved_on,
        signed.decisions.approver,
        name,
        f"holds until {signed.expires}",
        key=signed.approver_key,
        signature=signoff.signature,
        code=signed.code,
        files={render.kind: render.sha256 for render in signed.renders},
    )


def try_then_prepare(workspace: Workspace, name: str, today: date) -> Path:
    """Write a panel's questionnaire as `prepare_panel` does, once every format of the material can be drawn.

    Raises BadInputError with what cannot, and RefusedError while words stand in it that are never printed.
    """
    case = case_of(workspace, name)
    blocked = tuple(never_printed(case, checked(case, today)))
    if blocked:
        raise RefusedError(*blocked, "mend these words before young people are asked to read them")
    try_drawing(case)
    return prepare_panel(workspace, name, today)


def release_material(workspace: Workspace, name: str, today: date) -> ReleasedFiles:
    """Draw a signed material into `out/NAME/`. Raises RefusedError with every reason against it; then nothing is written."""
    case = case_of(workspace, name)
    signoff = load_signoff(case.folder / SIGNOFF_FILE)
    released = release(case, signoff, load_approvers(workspace.campaigns), today)
    files = {workspace.out / name / called: content for called, content in released.named(name).items()}
    says = f"{len(files)} files into out/{name}"
    event = Event("released", today, material=name, says=says, code=released.code)
    with written_together(files):
        note_events(workspace.campaigns, [event])
    return ReleasedFiles(tuple(files), released.code)


def known_in(workspace: Workspace) -> Known:
    """Give every sign-off of a workspace that can be read, the names of those that cannot, and who may sign."""
    signoffs: list[SignOff] = []
    unreadable: list[str] = []
    for path in sorted(workspace.campaigns.glob(f"*/{SIGNOFF_FILE}")):
        try:
            signoff = load_signoff(path)
        except BadInputError:
            unreadable.append(path.parent.name)
        else:
            signoffs += [signoff] if signoff else []
    return Known(
        tuple(signoffs),
        load_approvers(workspace.campaigns),
        history_of(workspace.campaigns),
        tuple(unreadable),
    )


def verify_path(workspace: Workspace, path: Path, today: date) -> Verdict:
    """Give what the workspace's sign-offs say about a file."""
    return _noted(workspace, verify_file(read_bytes(path, LARGEST_FILE), known_in(workspace), today), today)


def verify_printed(workspace: Workspace, code: str, today: date) -> Verdict:
    """Give what the workspace's sign-offs say about a printed code. Raises BadInputError for what is none."""
    _refuse_no_code(code)
    return _noted(workspace, verify_code(code, known_in(workspace), today), today)


def _refuse_no_code(code: str) -> None:
    typed = code_as_typed(code).replace("-", "")
    if len(typed) != CODE_LENGTH or not typed.isalnum():
        mend = "type the ten letters and digits in the footer, such as 7K2QD-X9M4T"
        raise BadInputError.of("code", f"`{clean_line(code)}` is not a code", mend)


def _noted(workspace: Workspace, verdict: Verdict, today: date) -> Verdict:
    """Tell the history of a verdict on something once signed here; a folder that cannot be written to only says so."""
    if verdict.outcome == "unknown":
        return verdict
    event = Event(
        "verified", today, says=f"{verdict.kind or 'the code'}: {verdict.outcome}", code=verdict.code
    )
    try:
        note_events(workspace.campaigns, [event])
    except BadInputError:
        return replace(verdict, says=f"{verdict.says} (the history could not be written to)")
    return verdict


def verify_elsewhere(signoff_path: Path, path: Path | None, code: str, key: str, today: date) -> Verdict:
    """Give what one sign-off, sent from another device, says about a file or a code.

    `key` is the approver's public key as they read it out; without it the verdict names the key to ask for.
    Raises BadInputError where there is no sign-off in the file, or it was edited.
    """
    signoff = load_signoff(signoff_path)
    if signoff is None:
        raise BadInputError.of(
            signoff_path, "there is no such file", "ask for the signoff.json of the material"
        )
    if path is None:
        _refuse_no_code(code)
    signed = signoff.signed
    approvers = (Approver(signed.decisions.approver, key),) if key else ()
    known = Known((signoff,), approvers)
    given = (
        verify_file(read_bytes(path, LARGEST_FILE), known, today)
        if path is not None
        else verify_code(code, known, today)
    )
    if given.outcome != "stranger":
        return given
    who = signed.decisions.approver
    says = f"it fits, and was signed with the key {signed.approver_key}: ask {who} to read out theirs, then add --approver KEY"
    return replace(
        given, says=says if not key else f"it was not signed with that key, but with {signed.approver_key}"
    )


def history_lines(workspace: Workspace, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what was done with a material, a line each, and what the history lacks of its sign-off.

    Raises BadInputError for a history that was changed by hand, with the line.
    """
    folder = material_folder(workspace, name)
    history = history_of(workspace.campaigns)
    lines = [
        f"{event.on}  {event.what:8}  {', '.join(filter(None, (clean_line(event.who), clean_line(event.says))))}"
        f"{f' (code {clean_line(event.code)})' if event.code else ''}"
        for event in history.events
        if event.material == name or event.what == "approver" or event.code in codes_of(history, name)
    ]
    signoff = load_signoff(folder / SIGNOFF_FILE)
    lacks = tuple(against_history(history, signoff)) if signoff else ()
    if signoff and not is_intact(signoff):
        lacks = ("the sign-off was changed after it was signed", *lacks)
    return tuple(lines), lacks


def codes_of(history: History, name: str) -> frozenset[str]:
    """Give every code a material was ever signed with."""
    return frozenset(event.code for event in history.of(name) if event.code)
