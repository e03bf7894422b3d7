"""`coprod serve`: the interview as a page for tablets in the room. Each interview starts from a link of its own."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from coprod.cli.output import print_error, print_line
from coprod.cli.sessions import add_session_arguments, close, session_for
from coprod.clock import today
from coprod.kernel.problem import BadInputError
from coprod.workspace import find_workspace, here

if TYPE_CHECKING:
    from coprod.cli.plainterminal import Terminal
    from coprod.journeys.asking.sessions import Session
    from coprod.journeys.asking.visit import KioskPlan, Receipt, Save
    from coprod.kernel.record import Record
    from coprod.kernel.wording import Language
    from coprod.web.certificate import Encryption
    from coprod.web.server import Server

LOOPBACK = "127.0.0.1"
EVERYWHERE = frozenset({"", "0.0.0.0", "::", "*"})  # noqa: S104  these are the ones that are refused
ENOUGH = 5
# A camera reads dark on light; without colours a dark terminal would show it the other way round.
BLACK_ON_WHITE, AS_BEFORE = "\x1b[38;5;16;48;5;231m", "\x1b[0m"
# Reading a page to the end takes longer on a tablet with a screen reader than at the kiosk.
WARN_AFTER, COVER_AFTER = 120.0, 180.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `serve` takes."""
    parser.add_argument("name", metavar="SURVEY", help="a name from `surveys list`, or a file")
    parser.add_argument("--preview", action="store_true", help="try it out: no session, nothing is kept")
    parser.add_argument(
        "--host",
        default=LOOPBACK,
        metavar="ADDRESS",
        help="this computer's address that tablets can reach; without it only this computer can",
    )
    parser.add_argument("--port", type=_port, default=0, help="a fixed port; without it, any free one")
    parser.add_argument(
        "--certificate", type=Path, metavar="FILE", help="your own certificate (PEM); else a fresh one"
    )
    parser.add_argument("--certificate-key", type=Path, metavar="FILE", help="the key of --certificate (PEM)")
    add_session_arguments(parser)
    parser.set_defaults(run=serve)


def serve(arguments: argparse.Namespace) -> int:
    """Serve interviews until staff end it, then close the session."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInputError.of("serve", "it needs a terminal", "start it in a terminal window")
    from coprod.cli.plainterminal import LineTerminal, keeps_here

    encryption = _encryption(arguments)
    session, plan = _planned(arguments)
    board = Board(plan.save)
    server = _server(plan, board, encryption, arguments)
    origin = server.start()
    try:
        _say_who_can_listen(origin, encryption)
        keep_board(server, board, plan.is_staff_word, LineTerminal(wipes=not keeps_here()))
    finally:
        server.stop()
    if session is not None:
        close(session)
    return 0


class Board:
    """Passes records on to be kept, and tells only whether five have finished."""

    def __init__(self, save: "Save") -> None:
        self._save = save
        self._finished = 0

    def save(self, records: "tuple[Record, ...]", words_in: "Language | None") -> "Receipt | None":
        """Keep one interview. Raises CoprodError when it is not safe."""
        receipt = self._save(records, words_in)
        self._finished += 1
        return receipt

    @property
    def has_enough(self) -> bool:
        """Tell whether at least five have finished since this board was put up."""
        return self._finished >= ENOUGH


def keep_board(
    server: "Server", board: Board, is_staff_word: Callable[[str], bool], terminal: "Terminal"
) -> None:
    """Give one link after another until staff end it. What is typed is not shown."""
    terminal.say("", "READY. Enter: a link for the next interview. To end: the staff word, or Ctrl+C.")
    while True:
        try:
            typed = terminal.read_hidden()
        except KeyboardInterrupt:
            typed = None
        if typed == "":
            _next_link(server, board, terminal)
        elif typed is None or is_staff_word(typed):
            if _may_end(server, terminal):
                return
        else:
            terminal.say("That is not the staff word. Enter: a link for the next interview.")


def qr_lines(link: str) -> tuple[str, ...]:
    """Give a QR code as lines for a terminal, two rows of it in each line."""
    import segno

    # Small enough for a window of 24 lines; a screen is not torn or stained, so the lowest correction will do.
    rows = [list(row) for row in segno.make_qr(link, error="l").matrix_iter(border=2)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    marks = {(0, 0): " ", (0, 1): "▄", (1, 0): "▀", (1, 1): "█"}
    return tuple(
        "".join(marks[bool(above), bool(below)] for above, below in zip(*pair, strict=True))
        for pair in zip(rows[::2], rows[1::2], strict=True)
    )


def _next_link(server: "Server", board: Board, terminal: "Terminal") -> None:
    terminal.wipe()
    link = server.new_link()
    if not link:
        terminal.say("Too many links are open. Wait until some interviews have ended.")
        return
    is_far = not link.startswith("http://")
    where = "on one tablet" if is_far else "in a browser on this computer"
    terminal.say(f"READY. Open this link {where}. It works once, and within half an hour.")
    if is_far:
        for line in qr_lines(link):
            print(f"  {BLACK_ON_WHITE}{line}{AS_BEFORE}")
    enough = "Five or more have finished." if board.has_enough else "Fewer than five have finished so far."
    terminal.say(link, f"{enough} Enter: the next link. To end: the staff word, or Ctrl+C.")


def _may_end(server: "Server", terminal: "Terminal") -> bool:
    """Tell whether to end; while somebody is answering, staff have to say so once more."""
    if not server.is_anybody_there():
        return True
    terminal.say(
        "",
        "Somebody may still be answering. Ending throws those answers away.",
        "Type end to end now, or press Enter to go on.",
    )
    try:
        typed = terminal.read()
    except KeyboardInterrupt:
        return True
    return typed is None or typed.strip().lower() == "end"


def _planned(arguments: argparse.Namespace) -> "tuple[Session | None, KioskPlan]":
    """Give the plan of a preview, or of a session that has passed every gate."""
    from coprod.journeys.asking.plans import preview_plan, session_plan
    from coprod.journeys.asking.sessions import contacts_for
    from surveys.questionnaires.library import find_questionnaire
    from surveys.questionnaires.questionnaire import load_questionnaire

    if arguments.preview:
        workspace = find_workspace(Path.cwd())
        path = find_questionnaire(arguments.name, workspace.surveys if workspace else None)
        print_line("This is a preview: nothing is kept. Any word ends it.")
        return None, preview_plan(load_questionnaire(path), workspace)
    workspace = here()
    session = session_for(workspace, arguments, "page")
    return session, session_plan(session, contacts_for(session, today()))


def _server(
    plan: "KioskPlan", board: Board, encryption: "Encryption | None", arguments: argparse.Namespace
) -> "Server":
    from msgspec.structs import replace

    from coprod.web.server import Server

    on_pages = replace(plan, front="page", save=board.save, warn_after=WARN_AFTER, cover_after=COVER_AFTER)
    return Server(
        on_pages,
        lambda place: print_error(f"A page stopped: this is a bug ({place}). Interviews go on."),
        host=arguments.host,
        port=arguments.port,
        encryption=encryption,
    )


def _encryption(arguments: argparse.Namespace) -> "Encryption | None":
    """Give what another address needs. Raises BadInputError for an address that says nothing about who can listen."""
    from coprod.web.certificate import fresh_encryption, given_encryption
    from coprod.web.server import is_loopback

    if arguments.host in EVERYWHERE:
        raise BadInputError.of(
            "--host", "this means every network at once", "name one address of this computer"
        )
    if (arguments.certificate is None) != (arguments.certificate_key is None):
        raise BadInputError.of("--certificate", "it needs its key", "give --certificate-key too")
    if arguments.certificate is not None:
        return given_encryption(arguments.certificate, arguments.certificate_key)
    return None if is_loopback(arguments.host) else fresh_encryption(arguments.host)


def _say_who_can_listen(origin: str, encryption: "Encryption | None") -> None:
    """Say in plain words who can reach the pages and what they could learn."""
    from coprod.web.addresses import addresses_here

    if encryption is None:
        print_line(f"The pages are at {origin}, for browsers on this computer only.")
        print_line("No other device can reach them or listen.")
        if known := " or ".join(addresses_here()):
            print_line(f"For tablets, begin again with an address of this computer: --host {known}.")
        return
    print_line(
        f"The pages are at {origin}. Anybody on the same network can reach that address, "
        "but without a link that has not been used they see a page that says nothing. What is sent is "
        "encrypted: they can see that a tablet talks to this computer, and when, but not what is said."
    )
    print_line("Use a network of your own (a hotspot of this computer), not the guest Wi-Fi.")
    print_line("A tablet that does not know the certificate warns you. Compare its SHA-256 before you go on:")
    for half in encryption.fingerprint[:39], encryption.fingerprint[40:]:
        print_line(f"  {half}")


def _port(typed: str) -> int:
    if not (typed.isdecimal() and len(typed) < 6 and int(typed) < 65_536):
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(typed)
