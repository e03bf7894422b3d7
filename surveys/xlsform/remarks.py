"""What an import strips, refuses and changes, collected row by row."""

from surveys.xlsform.sheets import Remark, Row


class Remarks:
    """Three lists that grow while a form is read; each thing is told once."""

    def __init__(self) -> None:
        self.stripped: list[Remark] = []
        self.refused: list[Remark] = []
        self.noted: list[Remark] = []
        self._often: dict[str, list[Row]] = {}

    def strip(self, row: Row, what: str) -> None:
        """Say that something in a row could show who somebody is and is taken out."""
        self.stripped.append(Remark(row.sheet, row.number, what))

    def refuse(self, row: Row, what: str) -> None:
        """Say that something in a row cannot be taken."""
        self.refused.append(Remark(row.sheet, row.number, what))

    def note(self, row: Row, what: str) -> None:
        """Say that something in a row is taken, but changed."""
        self.noted.append(Remark(row.sheet, row.number, what))

    def note_once(self, row: Row, what: str) -> None:
        """Say it for the first row only, with how many rows it is about."""
        self._often.setdefault(what, []).append(row)

    def all_noted(self) -> tuple[Remark, ...]:
        """Give every note in the order of the form."""
        often = [
            Remark(rows[0].sheet, rows[0].number, f"{what} ({len(rows)} rows)" if len(rows) > 1 else what)
            for what, rows in self._often.items()
        ]
        return tuple(sorted([*self.noted, *often], key=_in_order))

    def all_stripped(self) -> tuple[Remark, ...]:
        """Give everything taken out in the order of the form."""
        return tuple(sorted(self.stripped, key=_in_order))

    def all_refused(self) -> tuple[Remark, ...]:
        """Give everything not taken in the order of the form."""
        return tuple(sorted(self.refused, key=_in_order))


_SHEETS = ("settings", "survey", "choices")


def _in_order(remark: Remark) -> tuple[int, str, int]:
    place = _SHEETS.index(remark.sheet) if remark.sheet in _SHEETS else len(_SHEETS)
    return (place, remark.sheet, remark.row)
