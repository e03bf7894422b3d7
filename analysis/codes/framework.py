"""The framework matrix: cases by codes, with a line for each cell that an analyst types (Gale and others 2013).

One file an analyst, `format: 1`, chained. It exists for linked or imported data only: in a batch no answer has a case.
Lines are the analyst's words; with the cases they belong to they count as raw.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct, structs

from analysis.codes.codebook import Codebook, CodeId, in_tree_order
from analysis.codes.coding import Header, Response
from analysis.codes.judgements import Coder
from coprod.kernel.chain import MEND, Chain, add_lines, read_chain, start_chain
from coprod.kernel.problem import BadInputError
from coprod.kernel.shapes import from_json
from coprod.kernel.text import clean_line

FRAMEWORK_SUFFIX = ".framework"
LONGEST_LINE = 300
TO_WRITE = "(coded: write a line)"


class Summarised(Struct, frozen=True, forbid_unknown_fields=True):
    """A cell's line from this day on; an empty one takes it away. The earlier ones stay in the file."""

    on: date
    case: Response
    code: CodeId
    line: Annotated[str, Meta(max_length=LONGEST_LINE)]


class Framework(Struct, frozen=True):
    """One analyst's file as read."""

    path: Path
    header: Header
    written: tuple[Summarised, ...]
    held: Chain

    def __repr__(self) -> str:
        """Give whose it is and the size only."""
        return f"Framework({self.header.coder}, {len(self.written)} lines)"


class Matrix(Struct, frozen=True):
    """The matrix: the codes' names, and for each case its attributes and its cells, in the order of the codes."""

    attributes: tuple[str, ...]
    codes: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]

    def __repr__(self) -> str:
        """Give the sizes only."""
        return f"Matrix({len(self.rows)} cases, {len(self.codes)} codes)"

    @property
    def table(self) -> tuple[tuple[str, ...], ...]:
        """Give the header and then a row for each case."""
        header = ("case", *self.attributes, *self.codes)
        return (header, *((case, *attributes, *cells) for case, attributes, cells in self.rows))


def open_framework(path: Path, header: Header) -> Framework:
    """Give an analyst's lines; none where there is no file yet. Raises BadInputError for one edited or of other data."""
    if not path.exists():
        return Framework(path, header, (), Chain(()))
    held = read_chain(path)
    try:
        found = from_json(held.lines[0], Header)
        written = tuple(from_json(line, Summarised) for line in held.lines[1:])
    except (msgspec.DecodeError, IndexError):
        raise BadInputError.of(path, "this is not a framework file", MEND) from None
    if found != header:
        raise BadInputError.of(
            path, "these lines are of another version of the file", "go on under other initials"
        )
    return Framework(path, header, written, held)


def write_line(framework: Framework, line: Summarised) -> Framework:
    """Write a cell's line; it is saved when this returns. Raises BadInputError for one of over 300 characters."""
    whole = structs.replace(line, line=clean_line(line.line))
    if len(whole.line) > LONGEST_LINE:
        raise BadInputError.of("line", f"a line has at most {LONGEST_LINE} characters", "say it shorter")
    held = framework.held if framework.path.exists() else start_chain(framework.path, msgspec.json.encode(framework.header))  # fmt: skip
    added = add_lines(framework.path, held, [msgspec.json.encode(whole)])
    return structs.replace(framework, written=(*framework.written, whole), held=added)


def matrix_of(
    framework: Framework, codebook: Codebook, coder: Coder | None, cases: Mapping[str, tuple[str, ...]], attributes: Sequence[str]
) -> Matrix:  # fmt: skip
    """Give the matrix of `cases` (attributes by case) and the codes that are used or written about, in the codebook's order.

    A cell without a line says whether the coder coded the case there and a line is still to be written.
    """
    lines = {(one.case, one.code): one.line for one in framework.written}
    coded = {(mark.response, mark.code) for mark in coder.marks} if coder else set()
    used = {code for _, code in (*lines, *coded)}
    codes = [code for _, code in in_tree_order(codebook.codes) if code.id in used]
    rows = []
    for case, said in cases.items():
        cells = tuple(
            lines.get((case, code.id)) or (TO_WRITE if (case, code.id) in coded else "") for code in codes
        )
        if any(cells):
            rows.append((case, said, cells))
    return Matrix(tuple(attributes), tuple(code.name for code in codes), tuple(rows))
