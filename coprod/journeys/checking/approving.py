"""Letting somebody sign materials off: a key of their own, vouched for by somebody who may already."""

from datetime import date
from pathlib import Path

from campaigns.releasing.signing import add_approver, load_approvers, new_signing_key, unlock_signing_key
from coprod.kernel.problem import BadInputError, CoprodError, RefusedError
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace


class Vouching:
    """The key of an approver who lets the next one in, and its passphrase; never shown."""

    def __init__(self, key: str = "", passphrase: str = "") -> None:
        self.key, self.passphrase = key, passphrase


def approver_names(workspace: Workspace) -> tuple[str, ...]:
    """Give who can sign materials off."""
    return tuple(one.name for one in load_approvers(workspace.campaigns))


def refuse_in(workspace: Workspace, key: Path) -> None:
    """Raise BadInputError when a key would lie in the workspace."""
    if key.resolve().is_relative_to(workspace.root.resolve()):
        raise BadInputError.of(
            key, "a key may not lie beside what it signs", "keep it on a stick, or outside this folder"
        )


def make_approver(
    workspace: Workspace, name: str, key: Path, passphrases: tuple[str, str], vouching: Vouching, today: date
) -> Path:
    """Make an approver's key outside the workspace, name its owner in it, and give where the key is.

    Raises BadInputError when the passphrases differ or the key would lie in the workspace, RefusedError when
    others can sign already and none of them vouches.
    """
    if not clean_line(name):
        raise BadInputError.of("name", "nobody is named", "type who signs, as it will be shown")
    if passphrases[0] != passphrases[1]:
        raise BadInputError.of("passphrase", "the two are not the same", "type them again")
    refuse_in(workspace, key)
    if load_approvers(workspace.campaigns) and not vouching.key:
        raise RefusedError("an approver lets the next one in: name the key of one of them")
    voucher = (
        unlock_signing_key(Path(vouching.key).expanduser(), vouching.passphrase) if vouching.key else None
    )
    public = new_signing_key(key, passphrases[0])
    try:
        add_approver(workspace.campaigns, clean_line(name), public, today, voucher)
    except CoprodError:
        key.unlink(missing_ok=True)  # a key that signs nothing would only be taken for one that does
        raise
    return key
