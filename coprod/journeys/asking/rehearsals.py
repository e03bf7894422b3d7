"""Rehearsing keys: a device may collect answers only when every key holder has opened one of its dummies."""

from pathlib import Path

import msgspec
from msgspec.structs import replace

from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.shapes import from_json
from coprod.workspace import Device, KeyHolder, Workspace, save_settings
from surveys.boxes.device import device_folder, device_key, keys_still_here
from surveys.boxes.keys import Identity, fingerprint, recipient
from surveys.boxes.rehearsal import (
    Expected,
    Token,
    answer_rehearsal,
    begin_rehearsal,
    is_expected,
    read_token,
)
from surveys.boxes.sides import halves, sides_of

EXPECTED_FILE = "rehearsal-expected.json"


def add_key_holder(workspace: Workspace, name: str, public_key: str) -> Workspace:
    """Give the workspace with one more person, or pair, who may open answers.

    Raises BadInputError for a mistyped key, a name that is taken, a key that is there already, or a
    key with which one person of a pair could open alone.
    """
    for half in halves(public_key):
        recipient(half)
    holders = workspace.settings.key_holders
    if any(one.name == name or one.public_key == public_key for one in holders):
        raise BadInputError.of(name, "this key holder is in the workspace", "nothing more is needed")
    sides_of([*(one.public_key for one in holders), public_key])
    settings = replace(workspace.settings, key_holders=(*holders, KeyHolder(name, public_key)))
    return save_settings(workspace, settings)


def remove_key_holder(workspace: Workspace, name: str) -> Workspace:
    """Give the workspace without somebody whose key is lost or who has left.

    What is sealed already still opens with their key, and with those of the others. Raises
    BadInputError when nobody of this name is there.
    """
    holders = workspace.settings.key_holders
    if all(one.name != name for one in holders):
        known = ", ".join(one.name for one in holders) or "nobody yet"
        raise BadInputError.of(name, "no key holder has this name", f"the workspace knows: {known}")
    left = tuple(one for one in holders if one.name != name)
    current = {one.public_key for one in left}
    devices = tuple(
        replace(one, rehearsed_with=tuple(key for key in one.rehearsed_with if key in current))
        for one in workspace.settings.devices
    )
    return save_settings(workspace, replace(workspace.settings, key_holders=left, devices=devices))


def key_words(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """Give each key holder's name with the words on their key card, to compare before a session."""
    return tuple((one.name, fingerprint(one.public_key)) for one in workspace.settings.key_holders)


def not_rehearsed(workspace: Workspace) -> tuple[KeyHolder, ...]:
    """Give the key holders who have not yet opened a dummy that this device sealed."""
    mine = device_key(device_folder()).public_key
    done = next((one.rehearsed_with for one in workspace.settings.devices if one.public_key == mine), ())
    return tuple(holder for holder in workspace.settings.key_holders if holder.public_key not in done)


def start_rehearsal(workspace: Workspace, device_name: str, path: Path) -> Workspace:
    """Write the file to take to the key holders, and give the workspace with this device entered.

    Raises RefusedError in a real workspace while a key holder's key lies on this device.
    """
    holders = {one.public_key: one.name for one in workspace.settings.key_holders}
    here = keys_still_here(device_folder(), tuple(holders))
    if here and not workspace.settings.simulated:
        names = ", ".join(holders[key] for key in here)
        raise RefusedError(f"a key lies on this device ({names}): move it elsewhere, then rehearse")
    key = device_key(device_folder())
    content, expected = begin_rehearsal(device_name, tuple(holders), key)
    write_whole(path, content)
    write_whole(device_folder() / EXPECTED_FILE, msgspec.json.encode(expected))
    return _enter(workspace, Device(device_name, key.public_key))


def answer(path: Path, identity: Identity, token: Path, *, simulated: bool = True) -> str:
    """Open a rehearsal as a key holder, write the token to hand back, and give the device's name.

    Raises RefusedError on the very device that sealed it, unless all is make-believe: a key that is
    used there can be left there.
    """
    device_name, proof = answer_rehearsal(read_bytes(path), str(path), identity)
    if not simulated and proof.device == device_key(device_folder()).public_key:
        raise RefusedError(
            "this is the device that seals the answers, and a key used here may stay here: open the rehearsal on "
            "another computer"
        )
    write_whole(token, msgspec.json.encode(proof))
    return device_name


def trust_device(workspace: Workspace, name: str, token: Path) -> Workspace:
    """Give a key holder's own workspace with the device of a token they made, so that its bundles are taken."""
    proof = read_token(read_bytes(token), str(token))
    return _enter(workspace, Device(name, proof.device))


def finish_rehearsal(workspace: Workspace, token: Path) -> Workspace:
    """Give the workspace in which this device is rehearsed with the key holder of a token.

    Raises BadInputError when the token is for another device or an earlier rehearsal.
    """
    proof = read_token(read_bytes(token), str(token))
    key = device_key(device_folder())
    if proof.device != key.public_key:
        raise BadInputError.of(
            token, "this token is for another device", "take it to the device it came from"
        )
    if not _is_ours(proof):
        raise BadInputError.of(
            token, "this token does not answer the latest rehearsal", "open the latest rehearsal file again"
        )
    name = next((one.name for one in workspace.settings.devices if one.public_key == key.public_key), "this")
    return _enter(workspace, Device(name, key.public_key, (proof.public_key,)))


def _is_ours(proof: Token) -> bool:
    path = device_folder() / EXPECTED_FILE
    if not path.exists():
        return False
    try:
        return is_expected(proof, from_json(read_bytes(path), Expected))
    except msgspec.MsgspecError:
        raise BadInputError.of(path, "this file is damaged", "start the rehearsal again") from None


def _enter(workspace: Workspace, device: Device) -> Workspace:
    """Save a device, keeping what it has rehearsed before with people who are still key holders."""
    settings = workspace.settings
    known = next((one for one in settings.devices if one.public_key == device.public_key), device)
    current = {holder.public_key for holder in settings.key_holders}
    rehearsed = tuple(sorted({*known.rehearsed_with, *device.rehearsed_with} & current))
    others = tuple(one for one in settings.devices if one.public_key != device.public_key)
    return save_settings(
        workspace, replace(settings, devices=(*others, replace(device, rehearsed_with=rehearsed)))
    )
