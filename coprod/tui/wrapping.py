"""Breaking text into lines of so many cells; needs no Textual."""

import re

from rich.cells import cell_len, chop_cells

LEAST_KEPT = 8  # cells of a shortened part that still tell what it was
# What stands before a line of a list: blanks, then a point, or a mark, a number or a key with blanks after it.
_LEAD = re.compile(r" *(?:• |\S{1,12} {2,})?")


def wrapped(text: str, width: int) -> list[str]:
    """Give text broken into lines of at most `width` cells, between words where that is possible.

    A line that fits keeps its blanks; in one that does not, they run together.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if cell_len(paragraph) <= width:
            lines.append(paragraph)
            continue
        line = ""
        for word in paragraph.split():
            for piece in _pieces(word, width):
                joined = f"{line} {piece}" if line else piece
                if cell_len(joined) <= width:
                    line = joined
                else:
                    lines.append(line)
                    line = piece
        lines.append(line)
    return lines


def hanging(text: str, width: int) -> list[str]:
    """Give text broken as `wrapped` does, with a mark that stands before it out in front of every line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        found = _LEAD.match(paragraph)
        lead = found[0] if found and cell_len(found[0]) <= width // 3 else ""
        first, *rest = wrapped(paragraph[len(lead) :], width - cell_len(lead))
        lines += [lead + first, *(" " * cell_len(lead) + line for line in rest)]
    return lines


def in_one_line(parts: list[str], width: int) -> str:
    """Give parts side by side, at most `width` cells wide.

    Where they are too wide the first goes, then the longest is shortened; where that would leave too little of it, the
    next goes too, so that the last, which tells what is new, stays whole.
    """
    gap = "   "
    if cell_len(gap.join(parts)) > width and len(parts) > 1:
        parts = parts[1:]
    while (over := cell_len(gap.join(parts)) - width) > 0:
        longest = max(parts, key=cell_len)
        if cell_len(longest) - over < LEAST_KEPT and len(parts) > 1:
            parts = parts[1:]
            continue
        kept = chop_cells(longest, max(4, cell_len(longest) - over - 1))[0].rstrip()
        return gap.join(f"{kept}…" if one is longest else one for one in parts)
    return gap.join(parts)


def _pieces(word: str, width: int) -> list[str]:
    return [word] if cell_len(word) <= width else chop_cells(word, max(width, 2))


def filled(text: str, width: int) -> str:
    """Give text with blanks after it to `width` cells; text that is wider stays as it is."""
    return text + " " * max(0, width - cell_len(text))
