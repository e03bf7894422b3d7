"""The forms about keys. Each does its work, and gives a heading and lines to say."""

from collections.abc import Callable
from pathlib import Path

from coprod.journeys.asking.rehearsals import (
    add_key_holder,
    answer,
    finish_rehearsal,
    not_rehearsed,
    start_rehearsal,
)
from coprod.journeys.service import make_key, public_key_typed
from coprod.journeys.understanding.reading import KeyTyped, identity_of
from coprod.tui.dialogs import Field, Filling
from coprod.workspace import Workspace

Said = tuple[str, ...]
KeyForm = Callable[[Workspace], Filling[Said]]


def key_form() -> Filling[Said]:
    """Give the form that makes a key outside the workspace."""
    fields = (
        Field("New key file, outside the workspace"),
        Field("Passphrase of four words or more", hidden=True, name="passphrase"),
        Field("The same again", hidden=True),
    )
    return Filling("Your key", fields, _made)


def _made(typed: Said) -> Said:
    path = Path(typed[0]).expanduser()
    words = make_key(path, typed[1], typed[2])
    return (
        f"It is in {path}. Without it and its passphrase nobody opens the answers.",
        f"Four words to know it by: {words}",
        f"Its public half is in {path.name}.pub: it only seals, and may be sent around.",
    )


def _adding(workspace: Workspace) -> Filling[Said]:
    fields = (Field("Name and role"), Field("Public key (age1…) or .pub file; a + b if only together"))

    def added(typed: Said) -> Said:
        add_key_holder(workspace, typed[0], public_key_typed(typed[1]))
        return (f"{typed[0]} may open answers", "Let them read out their four words, and compare.")

    return Filling("Somebody who may open answers", fields, added)


def _starting(workspace: Workspace) -> Filling[Said]:
    fields = (Field("What staff call this device"), Field("File to write, such as on a stick"))

    def started(typed: Said) -> Said:
        path = Path(typed[1]).expanduser()
        start_rehearsal(workspace, typed[0] or "this device", path)
        return ("Step 1 is done", f"Take {path} to each key holder: step 2 is on their computer.")

    return Filling("Rehearse, step 1 of 3", fields, started)


def _answering(workspace: Workspace) -> Filling[Said]:
    fields = (
        Field("The rehearsal file"),
        Field("Your key file"),
        Field("Its passphrase", hidden=True),
        Field("File to write and hand back"),
    )

    def answered(typed: Said) -> Said:
        sealed, token = Path(typed[0]).expanduser(), Path(typed[3]).expanduser()
        identity = identity_of(KeyTyped(typed[1], typed[2]))
        device = answer(sealed, identity, token, simulated=workspace.settings.simulated)
        return ("It opened", f"Take {token} back to {device}: step 3 is done there.")

    return Filling("Rehearse, step 2 of 3", fields, answered)


def _finishing(workspace: Workspace) -> Filling[Said]:
    def finished(typed: Said) -> Said:
        left = not_rehearsed(finish_rehearsal(workspace, Path(typed[0]).expanduser()))
        names = ", ".join(holder.name for holder in left)
        return (
            "Rehearsed",
            f"Still to come: {names}." if names else "Every key holder can open what is sealed here.",
        )

    return Filling("Rehearse, step 3 of 3", (Field("What the key holder made"),), finished)


FORMS: dict[str, KeyForm] = {
    "add": _adding,
    "start": _starting,
    "answer": _answering,
    "finish": _finishing,
}
