"""`coprod surveys session|bundle|open|withdraw|dispose`: sealed answers from the first gate to the certificate."""

import argparse
from datetime import date, timedelta
from pathlib import Path

from msgspec.structs import replace

from coprod.cli.output import add_format, ask, print_json, print_line
from coprod.cli.unlocking import add_opening_keys, unlocked
from coprod.clock import now, today
from coprod.kernel.files import read_text
from coprod.kernel.problem import BadInputError
from coprod.workspace import here

KEEP_DAYS = 365
SHEETS_FOR = ("young-people", "carers", "dpia", "before-a-session")
WHERE_TO_FILL_IN = {
    "keep_until": "--keep-until DAY",
    "key_holders": "coprod keys add",
    "lead": "safeguarding_lead in coprod.toml",
    "opener": "opener in coprod.toml",
}


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands that deal with sealed answers to the group `surveys`."""
    _add_session(commands)
    bundle = commands.add_parser(
        "bundle", help="make a signed copy of a session's sealed answers to take away"
    )
    bundle.add_argument("name", metavar="SESSION", help="the session's name")
    bundle.add_argument(
        "--to", type=Path, metavar="FOLDER", help="copy it there, such as onto a stick, and read it back"
    )
    bundle.set_defaults(run=bundle_box)
    _add_open(commands)
    _add_printing(commands)
    withdraw = commands.add_parser("withdraw", help="take answers back with the four words of an interview")
    withdraw.add_argument(
        "--words-file", type=Path, metavar="FILE", help="read the words from a file instead of asking"
    )
    withdraw.set_defaults(run=withdraw_answers)
    dispose = commands.add_parser("dispose", help="destroy a batch and its boxes, with a certificate")
    dispose.add_argument("name", metavar="BATCH", help="the batch's name, without .batch")
    dispose.add_argument("--by", required=True, metavar="NAME", help="who destroys it, for the certificate")
    dispose.add_argument("--yes", action="store_true", help="do not ask again")
    dispose.set_defaults(run=dispose_batch)


def _add_session(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    session = commands.add_parser("session", help="start, end and list sessions")
    acts = session.add_subparsers(metavar="ACT", required=True)
    start = acts.add_parser("start", help="open the gates and make an empty box")
    start.add_argument("questionnaire", type=Path, metavar="FILE", help="a questionnaire in surveys/")
    start.add_argument(
        "--name", required=True, help="the session's file name: small letters, digits, hyphens"
    )
    start.add_argument("--label", required=True, help="what reports may say of when: 'autumn 2026'")
    start.add_argument("--opener", help="who opens the answers, if not the one in coprod.toml")
    start.add_argument("--open-by", type=_day, metavar="DAY", help="the last day to open them")
    start.add_argument("--withdraw-by", type=_day, metavar="DAY", help="the last day to take answers back")
    start.add_argument(
        "--staff-word-file", type=Path, metavar="FILE", help="read the word that ends a session from a file"
    )
    start.set_defaults(run=start_session)
    end = acts.add_parser("end", help="close the box, and say who was missing")
    end.add_argument("name", metavar="SESSION", help="the session's name")
    end.add_argument("--invited", type=int, metavar="N", default=0, help="how many were invited")
    end.add_argument("--attended", type=int, metavar="N", default=0, help="how many came")
    end.add_argument(
        "--left-out",
        action="append",
        default=[],
        metavar="N:WHY",
        help="such as '2:no interpreter'; may come again",
    )
    end.set_defaults(run=end_session)
    listing = acts.add_parser(
        "list", help="sessions to be opened and batches to be destroyed, with their days"
    )
    add_format(listing)
    listing.set_defaults(run=list_sessions)


def _add_printing(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    sheets = commands.add_parser(
        "sheets", help="print what young people, carers and your data protection officer should read"
    )
    sheets.add_argument(
        "--for", dest="audience", choices=SHEETS_FOR, help="one sheet only; without it, all of them"
    )
    sheets.add_argument(
        "--keep-until", type=_day, metavar="DAY", help="the day by which you will have destroyed the answers"
    )
    add_format(sheets)
    sheets.set_defaults(run=print_sheets)
    slips = commands.add_parser("slips", help="print a slip for the four words, with the session's last day")
    slips.add_argument("name", metavar="SESSION", help="the session's name")
    slips.set_defaults(run=print_slip)


def _add_open(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    opening = commands.add_parser("open", help="open boxes and bundles together into a sealed batch")
    opening.add_argument(
        "sources", nargs="*", type=Path, metavar="FILE", help="boxes and bundles; by default all that wait"
    )
    opening.add_argument("--name", required=True, help="the batch's name: small letters, digits, hyphens")
    opening.add_argument(
        "--keep-until", type=_day, metavar="DAY", help="when it is to be destroyed; by default in a year"
    )
    opening.add_argument(
        "--opened-here",
        default="",
        metavar="WHY",
        help="why real answers are opened on the very device that asked them; kept in the batch",
    )
    add_opening_keys(opening)
    add_format(opening)
    opening.set_defaults(run=open_answers)


def start_session(arguments: argparse.Namespace) -> int:
    """Start a session: nothing is asked yet, but everything is ready."""
    from coprod.journeys.asking import sessions
    from coprod.journeys.asking.before import briefing
    from surveys.boxes.session import staff_word_hash

    workspace = here()
    plan = sessions.plan_session(workspace, arguments.name, arguments.label, today())
    asked = {"opener": arguments.opener, "open_by": arguments.open_by, "withdraw_by": arguments.withdraw_by}
    plan = replace(plan, **{name: value for name, value in asked.items() if value is not None})
    file: Path | None = arguments.staff_word_file
    word = read_text(file) if file else ask("A word that only staff know, to leave the young people's screen")
    plan = replace(plan, staff_word=staff_word_hash(word))
    session = sessions.start_session(workspace, arguments.questionnaire, plan, today())
    print_line(f"Session {plan.name} is ready.")
    for line in briefing(workspace, plan, session.questionnaire.minutes, now()).lines():
        print_line(line)
    return 0


def end_session(arguments: argparse.Namespace) -> int:
    """Close a session's box."""
    from coprod.journeys.asking import sessions
    from surveys.boxes.session import Attendance, read_left_out

    left_out = read_left_out(";".join(arguments.left_out))
    if min(arguments.invited, arguments.attended) < 0:
        raise BadInputError.of("attendance", "a number is below 0", "count people from 0 up")
    attendance = Attendance(arguments.invited, arguments.attended, left_out)
    sessions.end_session_named(here(), arguments.name, attendance)
    print_line(f"The box is closed. Take it to a key holder with: coprod surveys bundle {arguments.name}")
    return 0


def list_sessions(arguments: argparse.Namespace) -> int:
    """Print what waits to be opened and what is to be destroyed, and how many days are left."""
    from coprod.journeys.asking.retention import due
    from coprod.journeys.asking.standing import COPIES, to_copy_again

    day = today()
    tasks, again = due(here()), to_copy_again(here())
    opening = [one for one in tasks if one.task == "open"]
    kept = [one for one in tasks if one.task == "destroy"]
    if arguments.format == "json":
        waiting = [
            {"session": one.name, "opener": one.who, "open_by": one.by, "copy_again": one.name in again}
            for one in opening
        ]
        batches = [{"batch": one.name, "keep_until": one.by, "overdue": one.is_overdue(day)} for one in kept]
        print_json({"waiting": waiting, "batches": batches})
        return 0
    for one in opening:
        copy = f"; {COPIES['before a change']}" if one.name in again else ""
        print_line(f"{one.name}: {one.who} opens it by {one.by} ({_left(one.by)}){copy}")
    for one in kept:
        print_line(f"{one.name}.batch: to be destroyed by {one.by} ({_left(one.by)})")
    if not opening:
        print_line("No answers wait to be opened.")
    return 0


def _left(by: date) -> str:
    days = (by - today()).days
    return f"{days} days left" if days >= 0 else "OVERDUE"


def bundle_box(arguments: argparse.Namespace) -> int:
    """Write a signed bundle."""
    from coprod.journeys.asking.carrying import carry_session
    from coprod.journeys.asking.sessions import bundle_session

    if arguments.to is not None:
        print_line(f"Copied, and read back whole: {carry_session(here(), arguments.name, arguments.to)}")
        return 0
    print_line(f"Signed and ready to take away: {bundle_session(here(), arguments.name)}")
    print_line("Copy this whole workspace for whoever opens: everything in it is sealed or harmless.")
    return 0


def open_answers(arguments: argparse.Namespace) -> int:
    """Open sealed answers into a batch."""
    from coprod.journeys.asking.batches import open_boxes, waiting_sources

    workspace = here()
    sources = arguments.sources or waiting_sources(workspace)
    identity = unlocked(arguments, "the answers")
    keep_until = arguments.keep_until or today() + timedelta(days=KEEP_DAYS)
    summary = open_boxes(
        workspace,
        sources,
        identity,
        arguments.name,
        today=today(),
        keep_until=keep_until,
        opened_here=arguments.opened_here,
    )
    if arguments.format == "json":
        print_json(
            {
                "batch": str(summary.path),
                "answered": summary.answered,
                "damaged": summary.damaged,
                "for_others": summary.for_others,
                "keep_until": summary.keep_until,
                "simulated": summary.simulated,
            }
        )
        return 0
    print_line(f"Opened: {summary.path}{' (simulated)' if summary.simulated else ''}")
    print_line(f"Young people who answered: {summary.answered}. {' '.join(summary.left_out)}")
    print_line(f"Keep until {summary.keep_until}, then: coprod surveys dispose {arguments.name} --by NAME")
    return 0


def print_sheets(arguments: argparse.Namespace) -> int:
    """Print sheets into `out/`, and say what is not filled in."""
    from coprod.journeys.asking.sheets import print_sheet

    workspace = here()
    names = (arguments.audience,) if arguments.audience else SHEETS_FOR
    printed = [print_sheet(workspace, name, today(), arguments.keep_until) for name in names]
    files = [str(file) for one in printed for file in one.files]
    missing = sorted({blank for one in printed for blank in one.missing})
    if arguments.format == "json":
        print_json({"files": files, "missing": missing})
        return 0
    for file in files:
        print_line(file)
    for blank in missing:
        print_line(f"Left as a line to write on: {blank.replace('_', ' ')} ({WHERE_TO_FILL_IN[blank]})")
    return 0


def print_slip(arguments: argparse.Namespace) -> int:
    """Print a slip with the day until which a session's answers can be taken back."""
    from coprod.journeys.asking.sessions import PLAN
    from coprod.journeys.asking.sheets import print_slips
    from surveys.boxes.session import load_plan

    workspace = here()
    plan = load_plan(workspace.boxes / f"{arguments.name}{PLAN}")
    for file in print_slips(workspace, plan.name, plan.withdraw_by).files:
        print_line(str(file))
    print_line("Print one for each young person who wants it. They write the words in themselves.")
    return 0


def withdraw_answers(arguments: argparse.Namespace) -> int:
    """Take an interview back. The words are asked for, so that they stay out of the shell's history."""
    from coprod.journeys.asking.withdrawing import taken_back

    typed = read_text(arguments.words_file) if arguments.words_file else ask("The four words")
    for line in taken_back(here(), typed, today()):
        print_line(line)
    return 0


def dispose_batch(arguments: argparse.Namespace) -> int:
    """Destroy a batch and what it came from."""
    from coprod.journeys.asking.disposal import dispose

    sure = arguments.yes or ask(f"Destroy {arguments.name} for good? Type its name") == arguments.name
    if not sure:
        raise BadInputError.of(arguments.name, "the name was not typed", "nothing was destroyed")
    print_line(f"Destroyed. Certificate: {dispose(here(), arguments.name, arguments.by, today())}")
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write a day as year-month-day, such as 2027-03-31") from None
