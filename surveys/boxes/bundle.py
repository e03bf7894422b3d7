"""The bundle: one session's sealed rows, ready to travel, signed by the device that collected them."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from coprod.kernel.files import reading, write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.shapes import from_json
from surveys.boxes.box import ID_BYTES, TAG_BYTES, Row
from surveys.boxes.boxfile import flatten_times
from surveys.boxes.device import DeviceKey, is_signed
from surveys.boxes.sealing import SLOT_SIZES
from surveys.boxes.session import SessionPlan
from surveys.questionnaires.questionnaire import questionnaire_hash

FIRST_LINE = b"format: 1 coprod bundle of sealed answers\n"
LONGEST_LINE = 1_000
LONGEST_HEADER = 500_000_000
Hex32 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
HexTag = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]


class Entry(Struct, frozen=True, array_like=True):
    """One row of the manifest: bytes of its slot, and the SHA-256 of id, tag and slot."""

    size: Annotated[int, Meta(ge=0, le=SLOT_SIZES[-1])]
    sha256: Hex32


class BundleHeader(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a bundle says in the open. `manifest` has an entry for each row, in the order they follow.

    `questionnaires` holds the exact text of each questionnaire asked, by its SHA-256.
    """

    format: Literal[1] = 1
    device: Hex32
    plan: SessionPlan
    questionnaires: dict[Hex32, str]
    tombstones: tuple[HexTag, ...]
    manifest: tuple[Entry, ...]


class Bundle(Struct, frozen=True):
    """A bundle whose signature fits. `body` is where its rows begin in the file, in bytes."""

    header: BundleHeader
    path: Path
    body: int

    def each_row(self) -> Iterator[Row | None]:
        """Give each row as it was signed, or None for one that is damaged or missing."""
        with reading(self.path) as file:
            file.seek(self.body)
            for entry in self.header.manifest:
                yield _intact_row(file.read(ID_BYTES + TAG_BYTES + entry.size), entry)

    @property
    def tombstones(self) -> frozenset[bytes]:
        """Tags whose records are withdrawn."""
        return frozenset(bytes.fromhex(tag) for tag in self.header.tombstones)


def bundle_bytes(
    plan: SessionPlan,
    questionnaires: dict[str, str],
    rows: Sequence[Row],
    tombstones: Iterable[bytes],
    key: DeviceKey,
) -> bytes:
    """Give a bundle: a readable line, a signature, a JSON header, then the rows in the order of their ids.

    Nothing in it is compressed and nothing says when it was made.
    """
    ordered = sorted(rows, key=lambda row: row.id)
    header = msgspec.json.encode(
        BundleHeader(
            device=key.public_key,
            plan=plan,
            questionnaires=questionnaires,
            tombstones=tuple(sorted(tag.hex() for tag in tombstones)),
            manifest=tuple(_entry(row) for row in ordered),
        )
    )
    signature = key.sign(FIRST_LINE + header).hex().encode()
    return b"".join((FIRST_LINE, signature, b"\n", header, b"\n", *map(_row_bytes, ordered)))


def write_bundle(path: Path, content: bytes) -> None:
    """Write a bundle whole, its times flattened. Raises BadInputError when the disk does not take it."""
    write_whole(path, content)
    flatten_times(path)


def rows_hash(rows: Iterable[Row]) -> str:
    """Give the SHA-256 of sealed rows, whatever their order: the same as long as nothing was saved or taken back."""
    return hashlib.sha256(b"".join(map(_row_bytes, sorted(rows, key=lambda row: row.id)))).hexdigest()


def read_bundle(path: Path, known_devices: Sequence[str]) -> Bundle:
    """Give a bundle signed by one of the known devices (public keys, hex); its rows stay on the disk.

    Raises BadInputError when it is no bundle, of a newer format, of an unknown device, or changed
    since it was signed.
    """
    with reading(path) as file:
        _check_first_line(file.readline(LONGEST_LINE), path)
        signature = file.readline(LONGEST_LINE).removesuffix(b"\n")
        plain_header = file.readline(LONGEST_HEADER).removesuffix(b"\n")
        body = file.tell()
    header = _signed_header(plain_header, signature, path, known_devices)
    if any(questionnaire_hash(text) != sha for sha, text in header.questionnaires.items()):
        raise _changed(path)
    return Bundle(header, path, body)


def _check_first_line(first: bytes, path: Path) -> None:
    if first == FIRST_LINE:
        return
    if first.startswith(b"format: ") and b"coprod bundle" in first:
        raise BadInputError.of(path, "this bundle has a newer format", "update coprod to read it")
    raise BadInputError.of(path, "this is not a bundle", "name a file made by `coprod surveys bundle`")


def _signed_header(plain: bytes, signature: bytes, path: Path, known_devices: Sequence[str]) -> BundleHeader:
    try:
        header = from_json(plain, BundleHeader)
        signed = is_signed(FIRST_LINE + plain, bytes.fromhex(signature.decode()), header.device)
    except (msgspec.MsgspecError, ValueError):
        raise _changed(path) from None
    if not signed:
        raise _changed(path)
    if header.device not in known_devices:
        raise BadInputError.of(
            path,
            "it was signed by a device that this workspace does not know",
            "rehearse with that device first: `coprod keys rehearse`",
        )
    return header


def _changed(path: Path) -> BadInputError:
    return BadInputError.of(
        path, "this bundle was changed after it was signed", "ask for it again from the device that made it"
    )


def _row_bytes(row: Row) -> bytes:
    return row.id + row.tag + row.sealed


def _entry(row: Row) -> Entry:
    return Entry(len(row.sealed), hashlib.sha256(_row_bytes(row)).hexdigest())


def _intact_row(piece: bytes, entry: Entry) -> Row | None:
    row = Row(piece[:ID_BYTES], piece[ID_BYTES : ID_BYTES + TAG_BYTES], piece[ID_BYTES + TAG_BYTES :])
    return row if _entry(row) == entry else None
