"""The forms about keys. Each does its work, and gives a heading and lines to say."""

from collections.abc import Callable
from pathlib import Path

from coprod.journeys.asking.rehearsals import (
    add_key_holder,
    answer,
    finish_rehearsal,
    not_rehearsed,
    start_rehearsal,
    trust_device,
)
from coprod.journeys.service import make_key, public_key_typed, words_of_key
from coprod.journeys.understanding.reading import KeyTyped, identity_of
from coprod.kernel.problem import BadInputError
from coprod.tui.dialogs import Field, Filling
from coprod.workspace import Workspace

Said = tuple[str, ...]
KeyForm = Callable[[Workspace], Filling[Said]]


def key_form() -> Filling[Said]:
    """Give the form that makes a key outside every workspace."""
    fields = (
        Field("New key file, outside the workspace, such as on a stick"),
        Field("Passphrase of four words or more", hidden=True, name="passphrase"),
        Field("The same again", hidden=True),
        Field("The .pub file of somebody else, to open only together; or blank"),
    )
    return Filling("Your key", fields, _made)


def _made(typed: Said) -> Said:
    path = Path(typed[0]).expanduser()
    made = make_key(path, typed[1], typed[2], typed[3])
    lines = (
        "Your key is made",
        f"It is in {path}. Without it and its passphrase nobody opens the answers.",
        f"Four words to know it by: {made.words}",
        f"Its public half is in {made.public_file}: it only seals, and may be sent around.",
    )
    if not typed[3]:
        return (*lines, "On the device for sessions, Keys, then 2, takes that file.")
    return (
        *lines,
        "Answers open only with both keys. Lose one, and both are useless: make a spare pair.",
        f"On the device for sessions, Keys, then 2, takes: {made.holder}",
    )


def words_form() -> Filling[Said]:
    """Give the form that tells the four words of a key file."""
    fields = (Field("Your key file"), Field("Its passphrase", hidden=True, name="passphrase"))

    def told(typed: Said) -> Said:
        own = words_of_key(Path(typed[0]).expanduser(), typed[1])
        return ("The four words of this key", own.words, f"Its public half: {own.holder}")

    return Filling("The four words of your key", fields, told)


def answer_form(workspace: Workspace | None) -> Filling[Said]:
    """Give the form in which a key holder opens a rehearsal, on their own computer, in a workspace or in none."""
    fields = (
        Field("The rehearsal file"),
        Field("Your key file"),
        Field("Its passphrase", hidden=True),
        Field("File to write and hand back"),
        Field("The other person's key file, where you open together; or blank"),
        Field("Their passphrase, typed by them", hidden=True),
    )

    def answered(typed: Said) -> Said:
        sealed, token = Path(typed[0]).expanduser(), Path(typed[3]).expanduser()
        identity = identity_of(KeyTyped(typed[1], typed[2], typed[4], typed[5]))
        simulated = workspace is not None and workspace.settings.simulated
        device = answer(sealed, identity, token, simulated=simulated)
        lines = ("It opened", f"Take {token} back to {device}: step 3 is done there.")
        if workspace is None:
            return lines
        trust_device(workspace, device, token)
        return (*lines, f"{device} is known here now, so that its bundles are taken.")

    return Filling("Rehearse, step 2 of 3", fields, answered)


def _adding(workspace: Workspace) -> Filling[Said]:
    fields = (
        Field("Name and role", name="name"),
        Field("Public key (age1…) or .pub file; a + b if only together", name="public key"),
    )

    def added(typed: Said) -> Said:
        if not typed[0]:
            raise BadInputError.of("name", "nobody is named", "write who they are, such as Sam Rees, analyst")
        if not typed[1]:
            raise BadInputError.of("public key", "no key is named", "write the key, or the name of its file")
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
    "make": lambda _: key_form(),
    "words": lambda _: words_form(),
    "add": _adding,
    "start": _starting,
    "answer": answer_form,
    "finish": _finishing,
}
