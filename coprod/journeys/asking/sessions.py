"""A session from its gates to its bundle: asking may start only when somebody can and will open the answers."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from coprod.journeys.asking.rehearsals import not_rehearsed
from coprod.kernel.contacts import Audience, HelpContact, is_fresh, shipped_contacts, wrong_number
from coprod.kernel.files import named_like, read_text, write_whole
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.record import Filler, MainRecord, TextRecord
from coprod.kernel.wording import Language
from coprod.workspace import Workspace
from surveys.boxes.box import Box, Row, new_row, read_rows
from surveys.boxes.bundle import bundle_bytes, write_bundle
from surveys.boxes.device import device_folder, device_key, keys_still_here
from surveys.boxes.sealing import seal
from surveys.boxes.session import (
    Attendance,
    SessionPlan,
    check_plan,
    load_plan,
    save_plan,
    working_days_after,
)
from surveys.boxes.sides import too_few_keys
from surveys.boxes.withdrawal import (
    MOST_RECORDS,
    WithdrawalWords,
    add_tombstones,
    new_words,
    read_tombstones,
    withdrawal_tags,
)
from surveys.interviews.draftfile import remove_drafts
from surveys.questionnaires.questionnaire import (
    ADULT,
    Questionnaire,
    parse_questionnaire,
    questionnaire_hash,
    youngest_of,
)

ROWS_A_SAVE = 16
BOX, PLAN, BUNDLE, DRAFTS = ".box", ".session", ".bundle", ".drafts"
_chance = secrets.SystemRandom()


class Session(Struct, frozen=True):
    """A session that is running. Keep one object for all its interviews: its box remembers the fillers."""

    workspace: Workspace
    plan: SessionPlan
    questionnaire: Questionnaire
    box: Box


def plan_session(workspace: Workspace, name: str, label: str, today: date) -> SessionPlan:
    """Give the plan that the workspace's settings suggest: opened as late as allowed, taken back until the day before."""
    open_by = working_days_after(today, workspace.settings.open_within_days)
    return SessionPlan(
        name=name,
        label=label,
        opener=workspace.settings.opener,
        open_by=open_by,
        withdraw_by=open_by - timedelta(days=1),
        simulated=workspace.settings.simulated,
    )


def reasons_not_to_start(workspace: Workspace, plan: SessionPlan, today: date) -> tuple[str, ...]:
    """Give every gate that is shut, in words to act on; nothing when a session may start."""
    settings = workspace.settings
    reasons = [*check_plan(plan, today, settings.open_within_days)]
    if too_few := too_few_keys(_public_keys(workspace)):
        reasons.append(too_few)
    reasons += [
        f"{holder.name} has not shown on this device that their key opens its answers: `coprod keys rehearse`"
        for holder in not_rehearsed(workspace)
    ]
    if not settings.simulated:
        reasons += _real_reasons(workspace, today)
    return tuple(reasons)


def help_contacts(
    workspace: Workspace, today: date, audience: Audience = "young-people"
) -> tuple[HelpContact, ...]:
    """Give the contacts for an audience of this nation; in a real workspace only those confirmed lately."""
    settings = workspace.settings
    known = (*shipped_contacts().contacts, *settings.local_contacts)
    return tuple(
        one
        for one in known
        if settings.nation in one.nations
        and audience in one.audiences
        and (settings.simulated or is_fresh(settings.confirmed.get(one.id), today))
    )


def contacts_for(session: Session, today: date) -> tuple[HelpContact, ...]:
    """Give the contacts that stand in a session's interviews: those for its readers' ages and its nation."""
    youngest = youngest_of(session.questionnaire)
    grown_up = youngest >= ADULT
    known = help_contacts(session.workspace, today, "families" if grown_up else "young-people")
    return tuple(one for one in known if one.oldest is None or (not grown_up and one.oldest >= youngest))


def start_session(workspace: Workspace, questionnaire: Path, plan: SessionPlan, today: date) -> Session:
    """Give a new session with an empty box. The exact text of the questionnaire is kept beside it.

    Raises RefusedError with every gate that is shut, and BadInputError for a questionnaire with
    mistakes, a name that is taken, or a disk that does not take the box.
    """
    text = read_text(questionnaire)
    asked = parse_questionnaire(text, str(questionnaire))
    _refuse_shut_gates(workspace, plan, today)
    sha = questionnaire_hash(text)
    plan = replace(plan, survey=asked.survey, questionnaire=sha, simulated=workspace.settings.simulated)
    session = Session(workspace, plan, asked, _box(workspace, plan.name))
    if session.box.path.exists() and session.box.path.stat().st_size > 0:
        raise BadInputError.of(
            session.box.path, "this session exists", "choose another name, or go on with it"
        )
    write_whole(_asked(workspace, sha), text.encode())
    save_plan(workspace.boxes / f"{plan.name}{PLAN}", plan)
    session.box.create()
    return session


def resume_session(workspace: Workspace, name: str, today: date) -> Session:
    """Give a session that was started before, after a crash or a break. Raises as `start_session` does.

    Its days were right when it started: where they are not any more, the clock may have changed since, and that is said.
    """
    plan = load_plan(workspace.boxes / f"{name}{PLAN}")
    is_off = bool(check_plan(plan, today, workspace.settings.open_within_days))
    clock = f"this computer says that today is {today}: if that is wrong, set its clock, then go on"
    _refuse_shut_gates(workspace, plan, today, *((clock,) if is_off else ()))
    text = read_text(_asked(workspace, plan.questionnaire))
    session = Session(workspace, plan, parse_questionnaire(text, plan.survey), _box(workspace, name))
    session.box.tidy()
    return session


def save_interview(
    session: Session, records: Sequence[MainRecord | TextRecord], language: Language = "en"
) -> WithdrawalWords:
    """Seal an interview into the box and give its four words, only after it is safely on the disk.

    Raises BadInputError when it could not be saved: then nothing of it is in the box.
    """
    words = new_words(language)
    tags = withdrawal_tags(words, session.workspace.settings.withdrawal_salt)
    _save(session, records, _chance.sample(tags, min(len(records), MOST_RECORDS)))
    return words


def save_without_words(session: Session, records: Sequence[MainRecord | TextRecord]) -> None:
    """Seal an interview of somebody who wants no words: nothing can take it out again."""
    _save(session, records, [secrets.token_bytes(16) for _ in records])


def end_session(session: Session, attendance: Attendance | None = None) -> None:
    """Close the box as a fresh file, and keep who was missing as the facilitator typed it. Drafts are gone."""
    remove_drafts(drafts_file(session.workspace, session.plan.name))
    session.box.close()
    if attendance is not None:
        plan = replace(session.plan, attendance=attendance)
        save_plan(session.workspace.boxes / f"{plan.name}{PLAN}", plan)


def drafts_file(workspace: Workspace, name: str) -> Path:
    """Give where a session keeps the drafts of those who paused, while it runs."""
    return workspace.boxes / f"{name}{DRAFTS}"


def end_session_named(workspace: Workspace, name: str, attendance: Attendance) -> None:
    """End a session that another process ran."""
    plan = load_plan(workspace.boxes / f"{name}{PLAN}")
    text = read_text(_asked(workspace, plan.questionnaire))
    questionnaire = parse_questionnaire(text, plan.survey)
    end_session(Session(workspace, plan, questionnaire, _box(workspace, name)), attendance)


def bundle_session(workspace: Workspace, name: str) -> Path:
    """Write the session's box as a signed bundle beside it and give its path."""
    plan = load_plan(workspace.boxes / f"{name}{PLAN}")
    rows = read_rows(workspace.boxes / f"{name}{BOX}")
    text = read_text(_asked(workspace, plan.questionnaire))
    tombstones = read_tombstones(tombstone_file(workspace))
    key = device_key(device_folder())
    path = workspace.boxes / f"{name}{BUNDLE}"
    public_plan = replace(plan, staff_word="")
    write_bundle(path, bundle_bytes(public_plan, {plan.questionnaire: text}, rows, tombstones, key))
    return path


def withdraw(workspace: Workspace, words: WithdrawalWords, today: date) -> bool:
    """Take an interview back, and tell whether it was in a box here.

    If it is in a bundle already, its tombstone travels with the next one and counts when they are
    opened. Raises RefusedError when the last day has passed for every session.
    """
    plans, damage = _readable_plans(workspace)
    current = [plan for plan in plans if plan.withdraw_by >= today]
    if not current and damage is not None:
        raise damage
    if not current:
        raise RefusedError(
            f"this computer says that today is {today}, and the last day to take answers back has passed: they are "
            "mixed in for good. If today is another day, set its clock, then type the words again"
        )
    tags = withdrawal_tags(words, workspace.settings.withdrawal_salt)
    add_tombstones(tombstone_file(workspace), tags)
    boxes = [_box(workspace, plan.name) for plan in current]
    found = [box.withdraw(tags, ROWS_A_SAVE) for box in boxes if box.path.exists()]
    return any(found)


def _readable_plans(workspace: Workspace) -> tuple[list[SessionPlan], BadInputError | None]:
    """Give the plans that can be read, and the first complaint: one damaged plan keeps nobody from taking answers back."""
    plans, complaints = [], []
    for path in named_like(workspace.boxes, f"*{PLAN}"):
        try:
            plans.append(load_plan(path))
        except BadInputError as error:
            complaints.append(error)
    return plans, complaints[0] if complaints else None


def tombstone_file(workspace: Workspace) -> Path:
    """Give where the tags of withdrawn records are kept."""
    return workspace.boxes / "withdrawn.json"


def _save(session: Session, records: Sequence[MainRecord | TextRecord], tags: Sequence[bytes]) -> None:
    """Raise ValueError for anything that is not one interview of this session, then put it into the box."""
    mains = sum(isinstance(record, MainRecord) for record in records)
    if mains != 1 or any(record.questionnaire != session.plan.questionnaire for record in records):
        raise ValueError("an interview has one main record and belongs to its session's questionnaire")
    if len(records) > MOST_RECORDS:
        raise BadInputError.of(
            "questionnaire", "it has too many free texts", f"ask at most {MOST_RECORDS - 1}"
        )
    keys = _public_keys(session.workspace)
    rows: list[Row] = [new_row(seal(record, keys), tag) for record, tag in zip(records, tags, strict=True)]
    session.box.save(rows, ROWS_A_SAVE if len(rows) <= ROWS_A_SAVE else MOST_RECORDS)


def _refuse_shut_gates(workspace: Workspace, plan: SessionPlan, today: date, *hints: str) -> None:
    reasons = reasons_not_to_start(workspace, plan, today)
    if reasons:
        raise RefusedError(*reasons, *hints)


def _real_reasons(workspace: Workspace, today: date) -> list[str]:
    """Give the gates that only a real session has: a lead to turn to, help that answers, and no key beside its box."""
    contacts = help_contacts(workspace, today)
    names = {one.id for one in contacts}
    reasons = [f"{one.name}: {wrong}" for one in contacts if (wrong := wrong_number(one))]
    if "emergency" not in names or len(names) < 2:
        reasons.append(
            "confirm 999 and at least one help line for young people of this nation: "
            "`coprod contacts confirm emergency childline`"
        )
    if not workspace.settings.safeguarding_lead.strip():
        reasons.append("name the safeguarding lead, and where to find them on the day")
    here = keys_still_here(device_folder(), _public_keys(workspace))
    holders = {holder.public_key: holder.name for holder in workspace.settings.key_holders}
    reasons += [
        f"the key of {holders[key]} lies on this device and would open its own box: move it to another computer "
        "or a USB stick kept elsewhere"
        for key in here
    ]
    return reasons


def _box(workspace: Workspace, name: str) -> Box:
    keys = _public_keys(workspace)
    return Box(workspace.boxes / f"{name}{BOX}", lambda: seal(Filler(), keys))


def _asked(workspace: Workspace, sha: str) -> Path:
    return workspace.boxes / "asked" / f"{sha}.yaml"


def _public_keys(workspace: Workspace) -> tuple[str, ...]:
    return tuple(holder.public_key for holder in workspace.settings.key_holders)
