"""Opening: sealed rows of several sessions become one pool in which nobody can be told from another."""

import secrets
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.record import Filler, MainRecord, TextRecord
from coprod.kernel.unshown import Unshown
from surveys.boxes.box import Row
from surveys.boxes.keys import Identity
from surveys.boxes.sealing import DamagedError, WrongKeyError, unseal

FEWEST = 5
TOO_FEW = (
    "fewer than 5 young people's answers are here, so they stay sealed; "
    "open them together with another session's that no batch holds yet"
)
WRONG_KEY = ("your key does not open these answers", "ask another key holder, or use your other key")
_chance = secrets.SystemRandom()


class Source(Struct, frozen=True):
    """Rows from one box or bundle, gone through once; None is a damaged one. `name` is for messages."""

    name: str
    rows: Iterable[Row | None]


class Opened(Unshown, frozen=True):
    """What the sources hold, shuffled. `damaged` counts rows that could not be read.

    `for_others` tells that some rows are sealed to other keys only, as when key holders changed during a session.
    """

    mains: tuple[MainRecord, ...]
    texts: tuple[TextRecord, ...]
    damaged: int
    for_others: bool = False


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
    pool = _Pool(identity, withdrawn)
    for source in sources:
        pool.take(source)
    kept = [one for one in pool.records.values() if fits(one)]
    mains = [one for one in kept if isinstance(one, MainRecord)]
    texts = [one for one in kept if isinstance(one, TextRecord)]
    if len(mains) < FEWEST:
        raise RefusedError(TOO_FEW)
    _chance.shuffle(mains)
    _chance.shuffle(texts)
    damaged = pool.lost + len(pool.records) - len(kept)
    return Opened(tuple(mains), tuple(texts), damaged, pool.holds_others)


class _Pool:
    """What is being opened: records by their row's id, and the ids of rows that could not be read."""

    def __init__(self, identity: Identity, withdrawn: frozenset[bytes]) -> None:
        self.records: dict[bytes, MainRecord | TextRecord] = {}
        self._identity = identity
        self._withdrawn = withdrawn
        self._read: set[bytes] = set()
        self._broken: set[bytes] = set()
        self._for_others: set[bytes] = set()
        self._missing = 0

    @property
    def lost(self) -> int:
        """How many rows no source holds whole."""
        return self._missing + len(self._broken - self._read)

    @property
    def holds_others(self) -> bool:
        """Tell whether rows are sealed to other keys only; they may be answers or fillers."""
        return bool(self._for_others - self._read)

    def take(self, source: Source) -> None:
        """Read a source to its end. Raises BadInputError when all of it is for other keys."""
        count = for_others = 0
        for row in source.rows:
            if row is None:
                self._missing += 1
                continue
            count += 1
            if row.tag not in self._withdrawn and row.id not in self._read:
                for_others += not self._is_ours(row)
        if count and for_others == count:
            raise BadInputError.of(source.name, *WRONG_KEY)

    def _is_ours(self, row: Row) -> bool:
        """Keep what a row holds unless it is a filler, and tell whether it was sealed to this key."""
        try:
            record = unseal(row.sealed, self._identity)
        except WrongKeyError:
            self._for_others.add(row.id)
            return False
        except DamagedError:
            self._broken.add(row.id)
            return True
        self._read.add(row.id)
        if not isinstance(record, Filler):
            self.records[row.id] = record
        return True
