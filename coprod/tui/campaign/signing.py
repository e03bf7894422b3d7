"""Signing a material off, over a screen; where nobody signs yet, the first approver's key comes first."""

from coprod.clock import today
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Field, Filling
from coprod.tui.key_fields import signing_fields
from coprod.tui.working import Working
from coprod.workspace import Workspace

Typed = tuple[str, str, str]
Said = tuple[str, ...]


def sign_over(screen: DeskScreen, workspace: Workspace, name: str) -> None:
    """Ask over a screen for an approver's key and the look, then sign a material off."""
    from coprod.journeys.checking.approving import approver_names
    from coprod.tui.campaign.verifying import approver_form

    def made(said: Said | None) -> None:
        if said is not None:
            _ask(screen, workspace, name)

    names = screen.attempt(lambda: approver_names(workspace))
    if names:
        _ask(screen, workspace, name)
    elif names is not None:
        screen.open_over(approver_form(workspace), made)


def _ask(screen: DeskScreen, workspace: Workspace, name: str) -> None:
    from coprod.journeys.checking.bounded import MOST_SECONDS
    from coprod.journeys.checking.deciding import sign_off_typed, signer_typed, themes_at_hand

    def told(said: Said | None) -> None:
        if said is not None:
            screen.draw()
            screen.tell("Signed off", *said, "It can be released now.")

    def sign(typed: Typed | None) -> None:
        if typed is not None:
            what, most = "Drawing and signing", MOST_SECONDS
            signing = Working(what, sign_off_typed, workspace, name, typed, today(), most_seconds=most)
            screen.open_over(signing, told)

    looks = ", ".join(themes_at_hand(workspace))
    key, passphrase = signing_fields(workspace)
    fields = (key, passphrase, Field(f"The look it is drawn in ({looks})", value="harbour", name="theme"))

    def fits(typed: Said) -> Typed:
        return signer_typed(workspace, name, (typed[0], typed[1], typed[2]), today())

    screen.open_over(Filling("Sign this material off", fields, fits), sign)
