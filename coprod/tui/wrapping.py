"""Breaking text into lines of so many cells; needs no Textual."""

from rich.cells import cell_len, chop_cells


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


def _pieces(word: str, width: int) -> list[str]:
    return [word] if cell_len(word) <= width else chop_cells(word, max(width, 2))


def filled(text: str, width: int) -> str:
    """Give text with blanks after it to `width` cells; text that is wider stays as it is."""
    return text + " " * max(0, width - cell_len(text))
