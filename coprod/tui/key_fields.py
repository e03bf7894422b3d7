"""Asking for the key that opens answers: one person's, or two people's together."""

from coprod.journeys.understanding.reading import KeyTyped
from coprod.tui.dialogs import Field
from coprod.workspace import Workspace


def key_fields(workspace: Workspace, *, together: bool) -> tuple[Field, ...]:
    """Give the fields to fill in. In a make-believe workspace, its make-believe key stands there already."""
    path, passphrase = _make_believe_key(workspace)
    mine = (
        Field("Your key file", value=path),
        Field("Its passphrase", value=passphrase, hidden=True),
    )
    if not together:
        return mine
    return (
        *mine,
        Field("The other person's key file"),
        Field("Their passphrase, typed by them", hidden=True),
    )


def key_typed(fields: tuple[str, ...]) -> KeyTyped:
    """Give the key that was typed into `key_fields`."""
    return KeyTyped(*fields)


def opens_together(workspace: Workspace) -> bool:
    """Tell whether every key holder of a workspace is two people who open together."""
    holders = workspace.settings.key_holders
    return bool(holders) and all("+" in holder.public_key for holder in holders)


def _make_believe_key(workspace: Workspace) -> tuple[str, str]:
    keys = workspace.root.with_name(f"{workspace.root.name}-keys")
    passphrase = keys / "passphrase.txt"
    if not workspace.settings.simulated or not passphrase.is_file():
        return "", ""
    found = sorted(keys.glob("*.key"))
    return (str(found[0]), passphrase.read_text("utf-8").strip()) if found else ("", "")


def signing_fields(workspace: Workspace) -> tuple[Field, ...]:
    """Give the fields for an approver's key and its passphrase, filled in where all is make-believe."""
    keys = workspace.root.with_name(f"{workspace.root.name}-keys")
    found = sorted(keys.glob("*.signing-key")) if workspace.settings.simulated else []
    passphrase = _make_believe_key(workspace)[1] if found else ""
    return (
        Field("Your signing key file", value=str(found[0]) if found else "", name="key"),
        Field("Its passphrase", value=passphrase, hidden=True, name="passphrase"),
    )
