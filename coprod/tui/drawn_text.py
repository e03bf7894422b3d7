"""A page that was drawn as text, broken anew for the window it is read in."""

from coprod.tui.widgets.prose import Voice


def preview_lines(text: str) -> tuple[tuple[Voice, str], ...]:
    """Give a drawn text to be wrapped anew: headings without their underlines, paragraphs in one piece."""
    lines: list[tuple[Voice, str]] = []
    for block in text.split("\n\n"):
        first, *rest = block.split("\n")
        if rest and set(rest[-1]) <= {"=", "-"} and rest[-1]:
            lines.append(("heading", " ".join((first, *rest[:-1]))))
        elif any(line.startswith((" ", "- ", "> ", "|")) or "   " in line for line in (first, *rest)):
            lines += [("body", line) for line in (first, *rest)]
        else:
            lines.append(("body", " ".join((first, *rest))))
        lines.append(("body", ""))
    return tuple(lines)
