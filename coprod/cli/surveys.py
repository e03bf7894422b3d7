"""`coprod surveys`: questionnaires, previews and sessions; sealing, bundles and opening come from their own module."""

import argparse
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coprod.cli import sealing
from coprod.cli.output import add_format, ask, print_json, print_line
from coprod.clock import today
from coprod.kernel.problem import BadInputError, Problem
from coprod.workspace import Workspace, find_workspace, here

if TYPE_CHECKING:
    from coprod.journeys.sessions import Session
    from coprod.journeys.visit import KioskPlan, Receipt
    from coprod.kernel.contacts import HelpContact
    from coprod.kernel.record import Record
    from surveys.session import Attendance

FINDINGS, BAD_INPUT = 1, 2


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `list`, `check`, `schema`, `preview`, `run`, and the commands of sealing."""
    listing = commands.add_parser("list", help="the questionnaires at hand")
    add_format(listing)
    listing.set_defaults(run=list_questionnaires)
    check = commands.add_parser("check", help="every mistake in a questionnaire, with its place")
    check.add_argument("files", nargs="+", metavar="FILE", help="questionnaire files, or names from `list`")
    add_format(check)
    check.set_defaults(run=check_questionnaires)
    schema = commands.add_parser("schema", help="the JSON Schema of a questionnaire, for your editor")
    schema.set_defaults(run=print_schema)
    preview = commands.add_parser("preview", help="walk through a questionnaire; nothing is kept")
    preview.add_argument("name", metavar="NAME", help="a name from `list`, or a file")
    preview.add_argument("--plain", action="store_true", help="as numbered lines, also for screen readers")
    preview.set_defaults(run=preview_questionnaire)
    _add_run(commands)
    sealing.add_commands(commands)


def _add_run(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    run = commands.add_parser("run", help="start a session on this device and hand it round")
    run.add_argument("name", metavar="NAME", help="a name from `list`, or a file")
    run.add_argument("--plain", action="store_true", help="as numbered lines, also for screen readers")
    run.add_argument(
        "--session", metavar="NAME", help="what to call this session; an old name goes on with it"
    )
    run.add_argument("--label", metavar="TEXT", help="how reports call it, such as: autumn 2026")
    run.add_argument("--opener", metavar="NAME", help="who opens the answers, if not the one in coprod.toml")
    run.set_defaults(run=run_session)


def list_questionnaires(arguments: argparse.Namespace) -> int:
    """Print the shelf: the service's own questionnaires and the ready-made ones."""
    from surveys.library import shelf
    from surveys.questionnaire import languages_offered, load_questionnaire
    from surveys.questions import Note

    workspace = find_workspace(Path.cwd())
    listed = []
    for one in shelf(workspace.surveys if workspace else None):
        try:
            asked = load_questionnaire(one.path)
        except BadInputError as error:
            listed.append({"name": one.name, "path": str(one.path), "mistakes": len(error.problems)})
            continue
        listed.append(
            {
                "name": one.name,
                "path": str(one.path),
                "title": asked.title.en,
                "minutes": asked.minutes,
                "questions": sum(not isinstance(page, Note) for page in asked.pages),
                "ages": list(asked.ages),
                "languages": list(languages_offered(asked)),
                "own": one.own,
                "mistakes": 0,
            }
        )
    if arguments.format == "json":
        print_json({"questionnaires": listed})
        return 0
    for entry in listed:
        print_line(_listed(entry))
    return 0


def _listed(entry: dict[str, object]) -> str:
    if entry["mistakes"]:
        return f"{entry['name']}: {entry['mistakes']} mistakes; see `coprod surveys check {entry['path']}`"
    return (
        f"{entry['name']}: {entry['title']}. {entry['questions']} questions, about {entry['minutes']} minutes"
        f"{', this service’s own' if entry['own'] else ''}"
    )


def check_questionnaires(arguments: argparse.Namespace) -> int:
    """Print every mistake of every file. Gives 2 when there is one."""
    from surveys.library import find_questionnaire
    from surveys.questionnaire import load_questionnaire

    workspace = find_workspace(Path.cwd())
    problems: list[Problem] = []
    for name in arguments.files:
        try:
            load_questionnaire(find_questionnaire(name, workspace.surveys if workspace else None))
        except BadInputError as error:
            problems += error.problems
    if arguments.format == "json":
        print_json({"files": arguments.files, "problems": problems})
        return BAD_INPUT if problems else 0
    if problems:
        raise BadInputError(*problems)
    print_line(f"no mistakes in {', '.join(arguments.files)}")
    return 0


def print_schema(arguments: argparse.Namespace) -> int:
    """Print the JSON Schema."""
    from surveys.schema import questionnaire_schema

    del arguments
    print_json(questionnaire_schema())
    return 0


def preview_questionnaire(arguments: argparse.Namespace) -> int:
    """Walk through a questionnaire without a box. Without a terminal it reads its lines from the pipe."""
    workspace = find_workspace(Path.cwd())
    plan = preview_plan(arguments.name, workspace)
    if arguments.plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
        from coprod.cli.plain import one_interview
        from coprod.cli.plainterminal import LineTerminal, keeps_here

        one_interview(plan, LineTerminal(wipes=not keeps_here()))
        return 0
    from coprod.tui.kiosk import run_kiosk

    print_line("This is a preview. To leave it: hide, then F2, then Enter.")
    run_kiosk(plan)
    return 0


def preview_plan(name: str, workspace: Workspace | None) -> "KioskPlan":
    """Give the plan of a preview: every language that is written, nothing kept, anybody may leave."""
    from coprod.journeys.visit import KioskPlan
    from coprod.kernel.contacts import shipped_contacts
    from surveys.library import find_questionnaire
    from surveys.questionnaire import languages_offered, load_questionnaire

    asked = load_questionnaire(find_questionnaire(name, workspace.surveys if workspace else None))
    nation = workspace.settings.nation if workspace else "england"
    own = workspace.settings.local_contacts if workspace else ()
    return KioskPlan(
        questionnaire=asked,
        sha256="",
        languages=languages_offered(asked, unread=True),
        contacts=tuple(
            one
            for one in (*shipped_contacts().contacts, *own)
            if nation in one.nations and "young-people" in one.audiences
        ),
        save=_kept_nowhere,
        is_staff_word=_is_anything,
        shuffled=by_chance,
        label="preview",
    )


def _kept_nowhere(records: "tuple[Record, ...]") -> None:
    del records


def _is_anything(word: str) -> bool:
    del word
    return True


def by_chance(choices: tuple[str, ...]) -> tuple[str, ...]:
    """Give choices in an order that nobody can know or repeat."""
    return tuple(secrets.SystemRandom().sample(choices, len(choices)))


def run_session(arguments: argparse.Namespace) -> int:
    """Start a session, or go on with one, hand the device round, and close it."""
    from coprod.journeys.sessions import end_session, help_contacts

    workspace = here()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInputError.of("run", "a session needs a terminal", "start it in a terminal window")
    if arguments.plain:
        _refuse_where_it_stays()
    session = _session(workspace, arguments)
    _announce(session)
    plan = session_plan(session, help_contacts(workspace, today()))
    if arguments.plain:
        from coprod.cli.plain import hand_round
        from coprod.cli.plainterminal import LineTerminal

        hand_round(plan, LineTerminal(wipes=True))
    else:
        from coprod.tui.kiosk import run_kiosk

        if run_kiosk(plan) == "crashed":
            print_line(
                f"The page stopped. Go on with: coprod surveys run {arguments.name} --session {session.plan.name}"
            )
            return FINDINGS
    end_session(session, _attendance())
    print_line(f"Closed. Next: coprod surveys bundle {session.plan.name}")
    print_line(f"{session.plan.opener} opens the answers by {session.plan.open_by}.")
    return 0


def session_plan(session: "Session", contacts: "tuple[HelpContact, ...]") -> "KioskPlan":
    """Give what a front end needs to run the interviews of a session."""
    from coprod.journeys.visit import KioskPlan
    from surveys.questionnaire import languages_offered
    from surveys.session import is_staff_word

    simulated = session.workspace.settings.simulated
    return KioskPlan(
        questionnaire=session.questionnaire,
        sha256=session.plan.questionnaire,
        languages=languages_offered(session.questionnaire, unread=simulated),
        contacts=contacts,
        save=lambda kept: _saved(session, kept),
        is_staff_word=lambda word: is_staff_word(word, session.plan.staff_word),
        shuffled=by_chance,
        label="simulated" if simulated else "",
    )


def _saved(session: "Session", kept: "tuple[Record, ...]") -> "Receipt":
    from coprod.journeys.sessions import save_interview
    from coprod.journeys.visit import Receipt
    from coprod.kernel.record import Filler

    answers = [record for record in kept if not isinstance(record, Filler)]
    return Receipt(save_interview(session, answers).words, session.plan.withdraw_by)


def _refuse_where_it_stays() -> None:
    from coprod.cli.plainterminal import keeps_here
    from coprod.kernel.problem import RefusedError

    if reason := keeps_here():
        raise RefusedError(f"plain hand-round: {reason}")


def _session(workspace: Workspace, arguments: argparse.Namespace) -> "Session":
    """Go on with the session of this name, or start it with a staff word."""
    from msgspec.structs import replace

    from coprod.journeys.sessions import plan_session, reasons_not_to_start, resume_session, start_session
    from coprod.kernel.problem import RefusedError
    from surveys.library import find_questionnaire
    from surveys.questionnaire import load_questionnaire
    from surveys.session import staff_word_hash

    path = find_questionnaire(arguments.name, workspace.surveys)
    asked = load_questionnaire(path)
    name = arguments.session or f"{asked.survey}-{today().isoformat()}"
    if (workspace.boxes / f"{name}.session").exists():
        return _gone_on_with(resume_session(workspace, name, today()), asked.survey)
    plan = plan_session(workspace, name, arguments.label or _season(), today())
    plan = replace(plan, opener=arguments.opener or plan.opener)
    if reasons := reasons_not_to_start(workspace, plan, today()):
        raise RefusedError(*reasons)
    plan = replace(plan, staff_word=staff_word_hash(_new_staff_word()))
    return start_session(workspace, path, plan, today())


def _gone_on_with(session: "Session", survey: str) -> "Session":
    """Refuse a session of another questionnaire; give one that was started without a staff word its own."""
    from msgspec.structs import replace

    from surveys.session import save_plan, staff_word_hash

    if session.plan.survey != survey:
        what = f"the session `{session.plan.name}` asks `{session.plan.survey}`"
        raise BadInputError.of("session", what, "choose another name with --session")
    if session.plan.staff_word:
        return session
    plan = replace(session.plan, staff_word=staff_word_hash(_new_staff_word()))
    save_plan(session.workspace.boxes / f"{plan.name}.session", plan)
    return replace(session, plan=plan)


def _season() -> str:
    """Give a label that says no day: the season and the year."""
    seasons = ("winter", "spring", "summer", "autumn")
    return f"{seasons[today().month % 12 // 3]} {today().year}"


def _new_staff_word() -> str:
    """Give a word that staff will leave the session with, typed twice without showing it."""
    import getpass

    print_line("Choose a staff word. It leaves the session; it opens no answers.")
    word = getpass.getpass("Staff word: ")
    if getpass.getpass("The same again: ") != word:
        raise BadInputError.of("staff word", "the two were not the same", "start again")
    return word


def _announce(session: "Session") -> None:
    """Say what the facilitator reads out or compares before handing the device over."""
    from surveys.keys import fingerprint

    plan = session.plan
    print_line(f"Session {plan.name} ({plan.label}). {plan.opener} opens it by {plan.open_by}.")
    for holder in session.workspace.settings.key_holders:
        print_line(f"  {holder.name} can open it: {fingerprint(holder.public_key)}")
    print_line("To leave, type the staff word on the ready page.")
    ask("Press Enter when you have handed it over")


def _attendance() -> "Attendance":
    """Give who was there, as the facilitator types it; nothing typed is nothing known."""
    from surveys.session import Attendance

    invited, attended = (_count(what) for what in ("were invited", "came"))
    return Attendance(invited, attended)


def _count(what: str) -> int:
    while True:
        typed = ask(f"How many young people {what}? (a number, or Enter if not known)")
        if not typed:
            return 0
        if typed.isdecimal() and len(typed) < 5:
            return int(typed)
        print_line("Type a number in digits.")
