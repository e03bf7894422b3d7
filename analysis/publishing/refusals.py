"""What is refused beside earlier releases by a plain rule, before anything is worked out."""

from collections.abc import Iterator, Sequence

from analysis.publishing.disclosure import NOT_SHOWN
from analysis.publishing.ledger import Entry, Release, is_signed
from analysis.publishing.told import total_range

LEAST_CHANGED = 5


def refused_unaudited(new: Release, past: Sequence[Entry], entries: Sequence[Entry]) -> tuple[str, ...]:
    """Give all that plainly speaks against a release; `past` are those of all entries that count the same question."""
    return (*_unproven_change(new, past), *_nothing_shown(new, past), *_closed_ring(new, entries))


def _unproven_change(new: Release, past: Sequence[Entry]) -> Iterator[str]:
    """Refuse a table shown before from other data, unless five came or went for certain or two people sign it."""
    earlier = [
        entry for entry in past if entry.release.subject == new.subject and entry.release.data != new.data
    ]
    if not earlier or is_signed(new.reissue):
        return
    for entry in earlier:
        old_range, new_range = total_range(entry.release), total_range(new)
        if new_range[0] - old_range[1] < LEAST_CHANGED and old_range[0] - new_range[1] < LEAST_CHANGED:
            yield (
                f"this table was released from other data as {entry.id}; if only a few people came or went, the "
                "difference would show what they answered; release it again only when at least 5 were added or removed "
                "at once, with --reissue REASON and two --signed NAME"
            )
            return


def _nothing_shown(new: Release, past: Sequence[Entry]) -> Iterator[str]:
    """Refuse a table of nothing but hidden counts beside one of other data: only few tables are held back whole."""
    earlier = [entry.id for entry in past if entry.release.subject == new.subject]
    if earlier and all(cell.shown == NOT_SHOWN for cell in new.table.cells):
        yield (
            f"nothing of this table may be shown, and even that would tell something beside {earlier[-1]}; "
            "leave it out, or wait for more"
        )


def _closed_ring(new: Release, entries: Sequence[Entry]) -> Iterator[str]:
    """Refuse a breakdown that closes a ring: of three questions by each other, or of more, however long."""
    pairs = {
        frozenset((one.release.table.question, one.release.by))
        for one in entries
        if one.release.by and one.release.data == new.data
    }
    if not new.by or frozenset((new.table.question, new.by)) in pairs:
        return
    reached, way = [new.table.question], {new.table.question: ""}
    for here in reached:
        for there in sorted({name for pair in pairs if here in pair for name in pair} - way.keys()):
            way[there] = here
            reached.append(there)
    if new.by in way:
        ring = [new.by]
        while ring[-1] != new.table.question:
            ring.append(way[ring[-1]])
        yield (
            f"{', '.join(f'`{one}`' for one in ring)} would be broken down by each other in a ring, and such tables "
            "together tell more than can be checked; leave one of them out"
        )
