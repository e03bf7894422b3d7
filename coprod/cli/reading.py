"""`coprod analysis triage|triage-log`: the safeguarding lead reads every free text, and writes down what was done."""

import argparse
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from coprod.cli.output import add_format, print_json, print_line
from coprod.cli.plainterminal import LineTerminal, Terminal, keeps_here
from coprod.cli.responses import add_responses, responses_of
from coprod.kernel.problem import BadInputError, RefusedError

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses
    from analysis.triage.triage import Queued
    from analysis.triage.triagelog import Action
    from coprod.workspace import Workspace

Commands = Any  # argparse's type for sub-commands is private

WIDTH = 78
PLACES = {"first": "read first", "next": "read next", "then": "read after these, all of them"}
KEYS = "Enter: the next. B: the one before. A: write down what you do. Q: stop."
QUESTIONS = (
    ("identifiable", "Could anybody tell who wrote it? yes, no or unsure"),
    ("ongoing", "Is it still happening? yes, no or unsure"),
    ("third_party", "Does it name a person or a place? yes, no or unsure"),
)


def add_commands(commands: Commands) -> None:
    """Add `triage` and `triage-log`."""
    triage = commands.add_parser("triage", help="read every free text, most urgent first (safeguarding lead)")
    add_responses(triage)
    triage.add_argument(
        "--text", action="append", default=[], metavar="COLUMN", help="what was written in (all of a batch)"
    )
    triage.add_argument("--raw", action="store_true", help="print the texts instead of showing them in turn")
    triage.add_argument("--reason", default="", metavar="REASON", help="with --raw: why, kept on record")
    triage.add_argument(
        "--signed", action="append", default=[], metavar="NAME", help="with --raw, twice: on whose names"
    )
    triage.set_defaults(run=run_triage)
    log = commands.add_parser("triage-log", help="what was done about what was read, apart from the data")
    add_format(log)
    log.add_argument(
        "--did", default="", metavar="WORDS", help="add an entry: what you did, in your own words"
    )
    log.add_argument("--by", default="", metavar="NAME", help="who you are")
    log.add_argument("--source", default="", metavar="BATCH", help="the batch or file it was read in")
    for field, question in QUESTIONS:
        option = f"--{field.replace('_', '-')}"
        log.add_argument(option, choices=("yes", "no", "unsure"), default="unsure", help=question)
    log.set_defaults(run=run_log)


def run_triage(arguments: argparse.Namespace) -> int:
    """Show every text in turn on a screen that clears, or print them all on two names."""
    from coprod.journeys.understanding.triage import triage_queue
    from coprod.workspace import find_workspace

    workspace = find_workspace(Path.cwd())
    if not arguments.raw and (why := _why_not_here(arguments)):
        raise RefusedError(
            f"free texts are shown in turn on a terminal that can clear itself: {why}",
            "to print them, two people and a reason: --raw --reason REASON --signed NAME --signed NAME",
        )
    responses = responses_of(arguments)
    queued = triage_queue(responses, arguments.text)
    if arguments.raw:
        return _print_raw(arguments, responses, queued, workspace)
    about = About(arguments.file.name, workspace, simulated=responses.simulated)
    Sitting(LineTerminal(wipes=True), queued, about).read()
    return 0


def _why_not_here(arguments: argparse.Namespace) -> str:
    return "JSON is for a program" if arguments.format == "json" else keeps_here()


def _print_raw(
    arguments: argparse.Namespace,
    responses: "Responses",
    queued: "tuple[Queued, ...]",
    workspace: "Workspace | None",
) -> int:
    from coprod.clock import today
    from coprod.journeys.understanding.triage import allow_printing

    allow_printing(workspace, arguments.file, today(), arguments.reason, tuple(arguments.signed))
    if arguments.format == "json":
        shown = [_as_json(one) for one in queued]
        print_json({"texts": shown, "caution": _caution(), "simulated": responses.simulated})
        return 0
    if responses.simulated:
        print_line("SIMULATED: nobody said this")
    for line in textwrap.wrap(_caution(), WIDTH):
        print_line(line)
    for one in queued:
        print_line()
        for line in _lines_of(one):
            print_line(line)
    return 0


def _as_json(one: "Queued") -> dict[str, Any]:
    because = [{"sign": why.sign, "why": why.why, "words": why.words} for why in one.because]
    return {"question": one.question, "text": one.text, "order": one.order, "because": because}


def _caution() -> str:
    from analysis.triage.triage import CAUTION, WELSH_UNREAD, welsh_read_by

    return CAUTION if welsh_read_by() else f"{CAUTION} {WELSH_UNREAD}"


def _lines_of(one: "Queued") -> list[str]:
    from analysis.triage.triage import NO_PHRASE

    lines = [f"{PLACES[one.order]} · {one.question}"]
    for why in one.because:
        lines += textwrap.wrap(f"because: {why.why}{f' “{why.words}”' if why.words else ''}", WIDTH)
    if not one.because:
        lines.append(NO_PHRASE)
    for written in one.text.splitlines() or [""]:
        lines += textwrap.wrap(written, WIDTH, initial_indent="  ", subsequent_indent="  ")
    return lines


class About(Struct, frozen=True):
    """What is read, and the workspace it is read in, where there is one."""

    source: str
    workspace: "Workspace | None"
    simulated: bool

    @property
    def heads(self) -> tuple[str, ...]:
        """Give what stands above every text."""
        lead = self.workspace.settings.safeguarding_lead if self.workspace else ""
        whose = f"For {lead}, the safeguarding lead." if lead else "For the safeguarding lead."
        made_up = ("SIMULATED: nobody said this",) if self.simulated else ()
        return *made_up, whose, _caution(), ""


class Sitting:
    """One person reading the queue, one text on the screen at a time; the screen is cleared after each and at the end."""

    def __init__(self, terminal: Terminal, queued: "tuple[Queued, ...]", about: About) -> None:
        self.terminal, self.queued, self.about = terminal, queued, about
        self.seen: set[int] = set()

    def read(self) -> None:
        """Show text after text until the end or a stop, and say whether all were on the screen."""
        place = 0
        try:
            while place < len(self.queued):
                self._show(place)
                typed = self.terminal.read()
                place = self._after("q" if typed is None else typed.strip().casefold(), place)
        finally:
            self.terminal.wipe()
        self.terminal.say(self._how_far())

    def _after(self, answer: str, place: int) -> int:
        match answer[:1]:
            case "q":
                return len(self.queued)
            case "b":
                return max(0, place - 1)
            case "a":
                self._write_down()
                return place
            case _:
                return place + 1

    def _show(self, place: int) -> None:
        self.seen.add(place)
        self.terminal.wipe()
        self.terminal.say(*self.about.heads, f"{place + 1} of {len(self.queued)}")
        self.terminal.say(*_lines_of(self.queued[place]), "", KEYS)

    def _how_far(self) -> str:
        if len(self.seen) == len(self.queued):
            return "Every free text has been on the screen. Whether it was read, only you know."
        return "You stopped before the end. A person must read every one: start again when you can."

    def _write_down(self) -> None:
        """Ask what was done, and keep it apart from the data."""
        self.terminal.say("What do you do about it? Your own words, nothing of the answer's.")
        did = self.terminal.read() or ""
        said = {field: self._asked(question) for field, question in QUESTIONS}
        self.terminal.say("Your name?")
        try:
            by = self.terminal.read() or ""
            _keep(self.about.workspace, did, by, self.about.source, said, self.queued)
        except (BadInputError, RefusedError) as refused:
            self.terminal.say("Nothing was kept.", str(refused), "Enter to go on.")
            self.terminal.read()

    def _asked(self, question: str) -> str:
        self.terminal.say(question)
        answer = (self.terminal.read() or "").strip().casefold()
        return answer if answer in {"yes", "no"} else "unsure"


def _keep(
    workspace: "Workspace | None",
    did: str,
    by: str,
    source: str,
    said: dict[str, Any],
    queued: "tuple[Queued, ...]" = (),
) -> "Action":
    from analysis.triage.triagelog import Action
    from coprod.clock import today
    from coprod.journeys.understanding.triage import log_action
    from coprod.workspace import here

    return log_action(workspace or here(), Action(today(), by, source, did, **said), queued)


def run_log(arguments: argparse.Namespace) -> int:
    """Add an entry where one is given, and print the log."""
    from coprod.journeys.understanding.triage import actions_of
    from coprod.workspace import here

    workspace = here()
    if arguments.did:
        said = {field: getattr(arguments, field) for field, _ in QUESTIONS}
        _keep(workspace, arguments.did, arguments.by, arguments.source, said)
    actions = actions_of(workspace)
    if arguments.format == "json":
        print_json({"actions": actions})
        return 0
    for action in actions:
        for line in textwrap.wrap(_in_words(action), WIDTH, subsequent_indent="    "):
            print_line(line)
    print_line("The log is whole." if actions else "Nothing is written down yet.")
    return 0


def _in_words(action: "Action") -> str:
    judged = f"identifiable: {action.identifiable}; ongoing: {action.ongoing}; names a person or place: {action.third_party}"
    source = f" ({action.source})" if action.source else ""
    return f"{action.on} {action.by}{source}: {action.did} [{judged}]"
