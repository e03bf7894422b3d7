"""Opening: sealed rows of several sessions become one pool in which nobody can be told from another."""

import secrets
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.record import Filler, MainRecord, Record, TextRecord
from coprod.kernel.unshown import Unshown
from surveys.box import Row
from surveys.keys import Identity
from surveys.sealing import DamagedError, WrongKeyError, unseal

FEWEST = 5
TOO_FEW = (
    "fewer than 5 young people's answers are here, so they stay sealed; "
    "open them together with another session's"
)
WRONG_KEY = ("your key does not open these answers", "ask another key holder, or use your other key")
_chance = secrets.SystemRandom()


class Source(Struct, frozen=True):
    """Rows from one box or bundle. `name` is for messages; `damaged` rows were left out before."""

    name: str
    rows: tuple[Row, ...]
    damaged: int = 0


class Opened(Unshown, frozen=True):
    """What the sources hold, shuffled. `damaged` counts rows that could not be read."""

    mains: tuple[MainRecord, ...]
    texts: tuple[TextRecord, ...]
    damaged: int


def open_sources(
    sources: Sequence[Source],
    withdrawn: frozenset[bytes],
    identity: Identity,
    fits: Callable[[MainRecord | TextRecord], bool],
) -> Opened:
    """Give the records of all sources together, without fillers, duplicates and withdrawn ones.

    A withdrawn row is never even decrypted. `fits` tells whether a record belongs to a questionnaire
    that was asked; others count as damaged. Damage never stops the rest. Raises BadInputError when
    the key opens nothing of a source, and RefusedError when fewer than 5 main records are there.
    """
    records: dict[bytes, MainRecord | TextRecord | Filler] = {}
    broken: set[bytes] = set()
    for source in sources:
        for row in _readable(source, withdrawn, identity, broken):
            records |= row
    kept = [one for one in records.values() if not isinstance(one, Filler) and fits(one)]
    mains = [one for one in kept if isinstance(one, MainRecord)]
    texts = [one for one in kept if isinstance(one, TextRecord)]
    if len(mains) < FEWEST:
        raise RefusedError(TOO_FEW)
    _chance.shuffle(mains)
    _chance.shuffle(texts)
    unfit = sum(not isinstance(one, Filler) and not fits(one) for one in records.values())
    lost = sum(source.damaged for source in sources) + len(broken - records.keys()) + unfit
    return Opened(tuple(mains), tuple(texts), lost)


def _readable(
    source: Source, withdrawn: frozenset[bytes], identity: Identity, broken: set[bytes]
) -> Iterator[dict[bytes, Record]]:
    """Give each record of a source by its row's id; ids of rows that cannot be read go into `broken`."""
    for_others = 0
    for row in source.rows:
        if row.tag in withdrawn:
            continue
        try:
            yield {row.id: unseal(row.sealed, identity)}
        except WrongKeyError:
            for_others += 1
            broken.add(row.id)
        except DamagedError:
            broken.add(row.id)
    if source.rows and for_others == len(source.rows):
        raise BadInputError.of(source.name, *WRONG_KEY)
