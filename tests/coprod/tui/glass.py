"""What a person would see: the characters a program has left on a terminal's glass."""

import re
import unicodedata
from codecs import getincrementaldecoder

_PIECE = re.compile(
    r"\x1b\[(?P<mode>[<>=?]?)(?P<numbers>[\d;:]*)[ -/]*(?P<act>[@-~])"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x1b[P_^X].*?\x1b\\"
    r"|\x1b[()*+#%][ -~]"
    r"|\x1b[ -/]*[0-Z\\^-~]"
    r"|(?P<plain>[^\x1b])",
    re.DOTALL,
)


class Glass:
    """Knows the codes that move and wipe, passes over colours and modes, and keeps one character a cell."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._left = ""
        self._row = self._column = 0
        self._cells: list[list[str]] = []
        self._wipe()

    def feed(self, data: bytes) -> None:
        """Take what a program wrote; half a code at its end waits for the rest."""
        text = self._left + self._decode(data)
        position = 0
        while found := _PIECE.match(text, position):
            position = found.end()
            if found["act"]:
                self._obey(found["act"], found["numbers"], is_mode=bool(found["mode"]))
            elif found["plain"]:
                self._put(found["plain"])
        self._left = text[position:]

    @property
    def text(self) -> str:
        return "\n".join("".join(row).rstrip() for row in self._cells)

    def _wipe(self) -> None:
        self._cells = [[" "] * self.columns for _ in range(self.rows)]

    def _obey(self, act: str, numbers: str, *, is_mode: bool) -> None:
        given = [int(number) if number else 0 for number in re.split("[;:]", numbers)]
        if is_mode:
            if given[0] in {47, 1047, 1049}:
                self._wipe()
        elif act in "Hf":
            self._row, self._column = max(given[0], 1) - 1, max((*given, 1)[1], 1) - 1
        elif act in "ABCD":
            distance = max(given[0], 1)
            self._row += {"A": -distance, "B": distance}.get(act, 0)
            self._column += {"C": distance, "D": -distance}.get(act, 0)
        elif act == "J":
            self._wipe()
        elif act == "K":
            row = self._cells[min(self._row, self.rows - 1)]
            row[self._column :] = [" "] * (self.columns - self._column)

    def _put(self, character: str) -> None:
        if character == "\n":
            self._next_row()
        elif character == "\r":
            self._column = 0
        elif character == "\b":
            self._column = max(self._column - 1, 0)
        elif character.isprintable():
            self._draw(character)

    def _draw(self, character: str) -> None:
        if unicodedata.combining(character):
            return
        if self._column >= self.columns:
            self._column = 0
            self._next_row()
        width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        row = self._cells[min(max(self._row, 0), self.rows - 1)]
        cells = [character, *[""] * (width - 1)]
        row[self._column : self._column + width] = cells[: self.columns - self._column]
        self._column += width

    def _next_row(self) -> None:
        self._row += 1
        if self._row >= self.rows:
            self._cells = [*self._cells[1:], [" "] * self.columns]
            self._row = self.rows - 1
