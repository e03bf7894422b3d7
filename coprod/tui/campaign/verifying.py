"""Is a file, or a code on a wall, signed? And who signs."""

from pathlib import Path

from coprod.clock import today
from coprod.journeys.checking.approving import Vouching, approver_names, make_approver
from coprod.journeys.checking.panelwork import verdict_lines
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Field, Filling
from coprod.tui.working import Waiting
from coprod.workspace import Workspace

Said = tuple[str, ...]
FIRST = "Nobody signs materials off yet. Make the key of the first who does:"


def verify_form(workspace: Workspace) -> Filling[Said]:
    """Give the form that tells whether a file or a code is signed."""
    fields = (
        Field("A drawn file, or the code printed on it"),
        Field("signoff.json from elsewhere, or blank"),
        Field("Its approver's public key, or blank"),
    )
    return Filling(
        "Is it signed?",
        fields,
        lambda typed: verdict_lines(workspace, typed[0], today(), (typed[1], typed[2])),
    )


def verify_over(screen: DeskScreen, workspace: Workspace) -> None:
    """Ask over a screen for a file or a code, and say whether it is signed."""
    screen.open_over(verify_form(workspace), lambda said: screen.tell(*said) if said else None)


def verdict_over(screen: DeskScreen, workspace: Workspace, file: str) -> None:
    """Say over a screen whether a file is signed."""
    screen.open_over(
        Waiting("Checking", lambda: verdict_lines(workspace, file, today())),
        lambda said: screen.tell(*said) if said else None,
    )


def approver_form(workspace: Workspace) -> Filling[Said]:
    """Give the form that makes an approver's key; from the second on, somebody who signs already vouches."""
    names = approver_names(workspace)
    fields = [
        Field("Who signs, as it will be shown", name="name"),
        Field("New key file, outside the workspace", name="key"),
        Field("Passphrase of four words or more", hidden=True, name="passphrase"),
        Field("The same again", hidden=True),
    ]
    if names:
        fields += [
            Field("The key file of somebody who signs already"),
            Field("Its passphrase, typed by them", hidden=True),
        ]

    def made(typed: Said) -> Said:
        key = Path(typed[1]).expanduser()
        make_approver(workspace, typed[0], key, (typed[2], typed[3]), Vouching(*typed[4:]), today())
        return (f"{typed[0]} can sign materials off", f"The key is in {key}. Keep it on a stick.")

    who = f"Who signs so far: {', '.join(names)}. One more:" if names else FIRST
    return Filling(who, fields, made)
