"""Short texts side by side, each in a frame as high as the longest."""

from itertools import zip_longest

from textual.content import Content

from coprod.tui.widgets.board import Line, filled, wrapped
from coprod.tui.widgets.shown import Shown

NARROWEST = 24
GAP = "  "


def card_lines(choices: tuple[Shown, ...], caret: int, width: int) -> list[Line]:
    """Give the cards in one row of frames; nothing where they would be too narrow to read."""
    each = (width - len(GAP) * (len(choices) - 1)) // max(1, len(choices))
    if each < NARROWEST:
        return []
    texts = [_text(number, choice, each - 4) for number, choice in enumerate(choices, 1)]
    rows = [
        ["across"] * len(choices),
        *zip_longest(*texts, fillvalue=""),
        ["below"] * len(choices),
    ]
    carets = ["▸" if position == caret else " " for position in range(len(choices))]
    touch = tuple(
        (position * (each + len(GAP)), position * (each + len(GAP)) + each, choice.id)
        for position, choice in enumerate(choices)
    )
    lines = []
    for at, row in enumerate(rows):
        parts = [
            _piece(text, choice, each, carets[position] if at == 1 else " ", is_edge=at in {0, len(rows) - 1})
            for position, (text, choice) in enumerate(zip(row, choices, strict=True))
        ]
        joined = [part for piece in parts for part in (piece, Content(GAP))][:-1]
        lines.append(Line(Content.assemble(*joined), touch))
    return lines


def _text(number: int, choice: Shown, width: int) -> list[str]:
    return [f"{number}  {'●' if choice.chosen else '○'}", "", *wrapped(choice.label, width), ""]


def _piece(text: str, choice: Shown, width: int, caret: str, *, is_edge: bool) -> Content:
    tl, tr, bl, br, across, down = "┏┓┗┛━┃" if choice.chosen else "╭╮╰╯─│"
    frame, ink = ("bold $accent", "bold $ink") if choice.chosen else ("$mark", "$ink")
    if is_edge:
        left, right = (tl, tr) if text == "across" else (bl, br)
        return Content.styled(f"{left}{across * (width - 2)}{right}", frame)
    side = Content.styled(down, frame)
    middle = Content.styled(f"{caret}{filled(text, width - 4)} ", ink)
    return Content.assemble(side, middle, side)
