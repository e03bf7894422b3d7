"""`coprod surveys`: questionnaires, previews and sessions; sealing, bundles and opening come from their own module."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from coprod.cli import craft, sealing, xlsform
from coprod.cli.output import add_format, ask, print_json, print_line
from coprod.cli.sessions import add_session_arguments, close, session_for
from coprod.clock import today
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace, find_workspace, here

if TYPE_CHECKING:
    from surveys.questionnaires.questionnaire import Questionnaire

FINDINGS = 1


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `list`, `schema`, `preview`, `run`, and the commands of craft and of sealing."""
    listing = commands.add_parser("list", help="the questionnaires at hand")
    add_format(listing)
    listing.set_defaults(run=list_questionnaires)
    craft.add_commands(commands)
    schema = commands.add_parser("schema", help="the JSON Schema of a questionnaire, for your editor")
    schema.set_defaults(run=print_schema)
    preview = commands.add_parser("preview", help="walk through a questionnaire; nothing is kept")
    preview.add_argument("name", metavar="NAME", help="a name from `list`, or a file")
    preview.add_argument("--plain", action="store_true", help="as numbered lines, also for screen readers")
    preview.set_defaults(run=preview_questionnaire)
    _add_run(commands)
    sealing.add_commands(commands)
    xlsform.add_commands(commands)


def _add_run(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    run = commands.add_parser("run", help="start a session on this device and hand it round")
    run.add_argument("name", metavar="NAME", help="a name from `list`, or a file")
    run.add_argument("--plain", action="store_true", help="as numbered lines, also for screen readers")
    add_session_arguments(run)
    run.set_defaults(run=run_session)


def list_questionnaires(arguments: argparse.Namespace) -> int:
    """Print the shelf: the service's own questionnaires and the ready-made ones."""
    from surveys.questionnaires.library import shelf
    from surveys.questionnaires.questionnaire import languages_offered, load_questionnaire
    from surveys.questionnaires.questions import SaidPage

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
                "questions": sum(not isinstance(page, SaidPage) for page in asked.pages),
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
    title = str(entry["title"])
    stop = "" if title.endswith((".", "?", "!")) else "."
    return (
        f"{entry['name']}: {title}{stop} {entry['questions']} questions, about {entry['minutes']} minutes"
        f"{', this service’s own' if entry['own'] else ''}"
    )


def print_schema(arguments: argparse.Namespace) -> int:
    """Print the JSON Schema."""
    from surveys.questionnaires.schema import questionnaire_schema

    del arguments
    print_json(questionnaire_schema())
    return 0


def preview_questionnaire(arguments: argparse.Namespace) -> int:
    """Walk through a questionnaire without a box. Without a terminal it reads its lines from the pipe."""
    from coprod.journeys.asking.plans import preview_plan

    workspace = find_workspace(Path.cwd())
    plan = preview_plan(_asked(arguments.name, workspace), workspace)
    if arguments.plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
        from coprod.cli.plain import one_interview
        from coprod.cli.plainterminal import LineTerminal, keeps_here

        one_interview(plan, LineTerminal(wipes=not keeps_here()))
        return 0
    from coprod.tui.opening import run_kiosk

    print_line("This is a preview. To leave it: hide, then F2, then Enter.")
    run_kiosk(plan)
    return 0


def _asked(name: str, workspace: Workspace | None) -> "Questionnaire":
    from surveys.questionnaires.library import find_questionnaire
    from surveys.questionnaires.questionnaire import load_questionnaire

    return load_questionnaire(find_questionnaire(name, workspace.surveys if workspace else None))


def run_session(arguments: argparse.Namespace) -> int:
    """Start a session, or go on with one, hand the device round, and close it."""
    from coprod.journeys.asking.drafts import with_pausing
    from coprod.journeys.asking.plans import session_plan
    from coprod.journeys.asking.sessions import contacts_for

    workspace = here()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInputError.of("run", "a session needs a terminal", "start it in a terminal window")
    if arguments.plain:
        _refuse_where_it_stays()
    session = session_for(workspace, arguments, "plain" if arguments.plain else "full-screen")
    leave = "type the staff word" if arguments.plain else "press F2 and type the staff word"
    print_line(f"To leave, {leave} on the ready page.")
    ask("Press Enter when you have said it all, and handed it over")
    plan = session_plan(session, contacts_for(session, today()))
    if arguments.plain:
        from coprod.cli.plain import hand_round
        from coprod.cli.plainterminal import LineTerminal

        hand_round(with_pausing(replace(plan, front="plain"), session), LineTerminal(wipes=True))
    else:
        from coprod.tui.opening import run_kiosk

        if run_kiosk(with_pausing(plan, session)) == "crashed":
            print_line(
                f"The page stopped. Go on with: coprod surveys run {arguments.name} --session {session.plan.name}"
            )
            return FINDINGS
    close(session)
    return 0


def _refuse_where_it_stays() -> None:
    from coprod.cli.plainterminal import keeps_here
    from coprod.kernel.problem import RefusedError

    if reason := keeps_here():
        raise RefusedError(f"plain hand-round: {reason}")
