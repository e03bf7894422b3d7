"""What a check says: findings, mentions, and where they stand."""

from msgspec import Struct

from campaigns.checking.reading import Reading
from campaigns.checking.rules import SEVERITIES, Severity


class Finding(Struct, frozen=True, gc=False):
    """One thing to look at. Lines and columns count from 1, in code points; ends are exclusive.

    Something missing from the whole text stands at 1:1 to 1:1 with an empty `text`. `because` says,
    for a mention, why it is none; `page` is that of a PDF, 0 elsewhere; `category` is the pack or "structure".
    """

    rule: str
    severity: Severity
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    message: str
    instead: str
    source: str
    category: str
    because: str = ""
    page: int = 0

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Give the key that sorts findings by place, then weight."""
        return (self.line, self.column, SEVERITIES.index(self.severity), self.rule)


class Spot(Struct, frozen=True, gc=False):
    """A part of a block, from `start` to `end`; block -1 is the whole text."""

    block: int = -1
    start: int = 0
    end: int = 0


WHOLE_TEXT = Spot()


def whole_block(reading: Reading, number: int) -> Spot:
    """Give the spot that is all of a block."""
    return Spot(number, 0, len(reading.blocks[number].text))


class Saying(Struct, frozen=True, gc=False):
    """What a finding says, without its place."""

    rule: str
    severity: Severity
    message: str
    instead: str
    source: str
    category: str


def finding_at(reading: Reading, spot: Spot, saying: Saying, because: str = "") -> Finding:
    """Give a finding with the place of a spot in the file, markup between its letters included."""
    line = column = end_line = end_column = 1
    text = ""
    if spot.block >= 0 and spot.end > spot.start:
        material, block = reading.material, reading.blocks[spot.block]
        begins = material.seen.source_of(block.source_of(spot.start))
        ends = material.seen.source_of(block.source_of(spot.end - 1)) + 1
        first, last = material.place(begins), material.place(ends)
        line, column, end_line, end_column = first.line, first.column, last.line, last.column
        text = block.text[spot.start : spot.end]
    return Finding(
        saying.rule,
        saying.severity,
        line,
        column,
        end_line,
        end_column,
        text,
        saying.message,
        saying.instead,
        saying.source,
        saying.category,
        because,
        reading.material.page_of(line) if text else 0,
    )
