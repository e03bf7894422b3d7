"""What is in a workspace and what to do next: the home screen in words, with no count of young people."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from msgspec import Struct

from coprod.journeys.asking.batches import batch_headers, waiting_sessions
from coprod.journeys.asking.sessions import BOX, BUNDLE, plan_session, reasons_not_to_start
from coprod.journeys.asking.standing import to_copy_again
from coprod.journeys.asking.visit_words import written_date
from coprod.kernel.contacts import FRESH_FOR
from coprod.kernel.files import named_like, read_text
from coprod.workspace import Workspace
from surveys.boxes.session import SessionPlan
from surveys.questionnaires.questionnaire import questionnaire_hash

MATERIAL, PANEL, COMPARISON = "material.md", "panel.yaml", "comparison.yaml"
SOON = timedelta(days=30)
Where = Literal["answers", "session", "material", "service", "batches", "said"]
MOST_RECENT = 6
# Files no further apart than this came with the workspace: nobody has worked on them yet.
MADE_AT_ONCE = 10 * 10**9


class Due(Struct, frozen=True):
    """One thing to do next: where it is done, in what words, and to what."""

    where: Where
    words: str
    name: str = ""


class Held(Struct, frozen=True):
    """What there is of one kind, by name."""

    kind: str
    names: tuple[str, ...]

    def in_words(self, most: int) -> str:
        """Give it in a line, with at most so many names."""
        if not self.names:
            return f"{self.kind}: none yet"
        more = f" and {len(self.names) - most} more" if len(self.names) > most else ""
        return f"{self.kind}: {', '.join(self.names[:most])}{more}"


class Overview(Struct, frozen=True):
    """What is here, kind by kind, and what needs doing, most pressing first."""

    here: tuple[Held, ...]
    next: tuple[Due, ...]
    recent: tuple[str, ...] = ()


def overview_of(workspace: Workspace, today: date) -> Overview:
    """Give what a workspace holds and what to do next. Raises BadInputError for a broken file in it."""
    return Overview(_here(workspace), tuple(_next(workspace, today)), recent_work(workspace))


def materials_of(workspace: Workspace) -> tuple[str, ...]:
    """Give the names of the workspace's materials."""
    return tuple(sorted(path.parent.name for path in workspace.campaigns.glob(f"*/{MATERIAL}")))


def unended_sessions(workspace: Workspace) -> tuple[SessionPlan, ...]:
    """Give the sessions whose answers wait on this device without a bundle: they can go on, or be ended."""
    return tuple(
        plan
        for plan in waiting_sessions(workspace)
        if (workspace.boxes / f"{plan.name}{BOX}").exists()
        and not (workspace.boxes / f"{plan.name}{BUNDLE}").exists()
    )


def recent_work(workspace: Workspace) -> tuple[str, ...]:
    """Give the names of what was written last, newest first; never of sealed answers, never when."""
    places = (
        named_like(workspace.surveys, "*.yaml"),
        workspace.campaigns.glob(f"*/{MATERIAL}"),
        named_like(workspace.analysis, "*.yaml"),
        workspace.out.rglob("*"),
    )
    files = (path for place in places for path in place if path.is_file())
    found = sorted((-path.stat().st_mtime_ns, path) for path in files)
    if found and found[-1][0] - found[0][0] < MADE_AT_ONCE:
        return ()
    names = dict.fromkeys(_short_name(workspace, path) for _, path in found)
    return tuple(names)[:MOST_RECENT]


def _short_name(workspace: Workspace, path: Path) -> str:
    parts = path.relative_to(workspace.root).parts
    return "/".join(parts[:2])


def _here(workspace: Workspace) -> tuple[Held, ...]:
    surveys = [path.stem for path in named_like(workspace.surveys, "*.yaml")]
    groups = (
        ("Questionnaires", surveys),
        ("Sealed sessions", [plan.name for plan in waiting_sessions(workspace)]),
        ("Opened batches", [header.name for header in batch_headers(workspace)]),
        ("Materials", list(materials_of(workspace))),
    )
    return tuple(Held(kind, tuple(names)) for kind, names in groups)


def _next(workspace: Workspace, today: date) -> Iterator[Due]:
    reviewed = _materials_asked_about(workspace)
    for plan in waiting_sessions(workspace):
        material = reviewed.get(plan.questionnaire, "")
        yield Due("material" if material else "answers", _to_open(plan, today), material or plan.name)
    for name in to_copy_again(workspace):
        yield Due("session", f"Copy {name} again: answers were taken back since", name)
    for plan in unended_sessions(workspace):
        yield Due("session", f"Go on with the session {plan.name}, or end it", plan.name)
    yield from _unanswered(workspace)
    yield from _expiring(workspace, today)
    yield from _promised(workspace, today)
    yield from _to_dispose(workspace, today)
    gates = reasons_not_to_start(workspace, plan_session(workspace, "next", "next", today), today)
    yield from (Due("service", f"Before a session: {without_command(reason)}") for reason in gates)
    yield from _stale_soon(workspace, today)


def _materials_asked_about(workspace: Workspace) -> dict[str, str]:
    """Give the material that each panel's questionnaire is about, by the questionnaire's SHA-256."""
    asked = (path for name in (PANEL, COMPARISON) for path in workspace.campaigns.glob(f"*/{name}"))
    return {questionnaire_hash(read_text(path)): path.parent.name for path in asked}


def _to_open(plan: SessionPlan, today: date) -> str:
    if plan.withdraw_by >= today:
        after, by = written_date(plan.withdraw_by, "en"), written_date(plan.open_by, "en")
        return f"the answers of {plan.name} can be opened after {after}, by {by} ({plan.opener})"
    days = (plan.open_by - today).days
    when = (
        "today"
        if days == 0
        else f"{-days} days late"
        if days < 0
        else f"by {written_date(plan.open_by, 'en')}"
    )
    return f"Open the answers of {plan.name}: {when} ({plan.opener})"


def _unanswered(workspace: Workspace) -> Iterator[Due]:
    """Give the materials whose panel's comments nobody has answered with a sign-off."""
    from campaigns.panels.panelfile import RESULT_FILE, load_panel_result
    from campaigns.releasing.signoff import SIGNOFF_FILE

    for name in materials_of(workspace):
        folder = workspace.campaigns / name
        if (folder / SIGNOFF_FILE).exists() or not (folder / RESULT_FILE).exists():
            continue
        result = load_panel_result(folder / RESULT_FILE)
        if result is not None and result.comments:
            many = "a comment waits" if len(result.comments) == 1 else f"{len(result.comments)} comments wait"
            yield Due("material", f"{many} for the team's answer: {name}", name)


def _expiring(workspace: Workspace, today: date) -> Iterator[Due]:
    """Give the materials whose sign-off has ended or ends soon: what hangs on walls is then checked by nobody."""
    from campaigns.releasing.signoff import SIGNOFF_FILE, load_signoff

    for name in materials_of(workspace):
        signoff = load_signoff(workspace.campaigns / name / SIGNOFF_FILE)
        if signoff is not None and signoff.signed.expires <= today + SOON:
            ends = signoff.signed.expires
            words = f"the sign-off of {name} {'ended' if ends < today else 'ends'} on {written_date(ends, 'en')}: look at it again"
            yield Due("material", words, name)


def _promised(workspace: Workspace, today: date) -> Iterator[Due]:
    """Give what young people said that waits for an answer, and what was promised by a day that has passed."""
    from analysis.reports.yousaid import YOU_SAID_FILE, load_you_said

    path = workspace.analysis / YOU_SAID_FILE
    if not path.exists():
        return
    themes = load_you_said(path).themes
    for one in themes:
        if one.decision == "doing" and one.on is not None and one.on < today:
            yield Due(
                "said",
                f"you said, we did: “{one.theme}” was promised by {written_date(one.on, 'en')} ({one.owner})",
            )
    waiting = sum(bool(one.missing()) for one in themes)
    if waiting:
        many = "a theme waits" if waiting == 1 else f"{waiting} themes wait"
        yield Due("said", f"you said, we did: {many} for an answer")


def _to_dispose(workspace: Workspace, today: date) -> Iterator[Due]:
    for header in batch_headers(workspace):
        if header.keep_until < today:
            words = f"Destroy the batch {header.name}: it was to be kept until {written_date(header.keep_until, 'en')}"
            yield Due("batches", words, header.name)
        elif header.keep_until <= today + SOON:
            yield Due(
                "batches",
                f"The batch {header.name} is kept until {written_date(header.keep_until, 'en')}",
                header.name,
            )


def _stale_soon(workspace: Workspace, today: date) -> Iterator[Due]:
    for name, day in sorted(workspace.settings.confirmed.items()):
        ends = day + FRESH_FOR
        if today - SOON <= ends - SOON <= today:
            yield Due("service", f"Check the help contact {name} again by {written_date(ends, 'en')}", name)


def without_command(reason: str) -> str:
    """Give a reason without the command that mends it: at the desk it is mended at the desk."""
    before, command, _ = reason.partition("`coprod ")
    return before.rpartition(": ")[0] if command else reason
