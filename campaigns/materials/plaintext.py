"""Plain text as blocks: paragraphs between blank lines, list items behind bullets, short lines alone."""

import re

from campaigns.materials.blocks import BlockKind, TextBlock

_BULLET = re.compile(r"[ \t]*(?:[-*•–·]|\d{1,2}[.)])[ \t]+")
_FULL_LINE = 55
_MOST_IN_HEADING = 70


def plain_blocks(text: str, start: int = 0) -> tuple[TextBlock, ...]:
    """Give the blocks of plain text from offset `start`. A wrapped line is joined to the one before it."""
    blocks: list[TextBlock] = []
    lines: list[tuple[str, int, bool]] = []
    group = 0
    at = start
    for raw in (*text[start:].split("\n"), ""):
        bullet = _BULLET.match(raw)
        content = raw[bullet.end() :] if bullet else raw.lstrip()
        offset = at + len(raw) - len(content)
        if lines and (not content or bullet or not _goes_on(lines[-1][0], content)):
            blocks.append(_block(lines, group))
            lines = []
        if not content:
            group += 1
        else:
            lines.append((content.rstrip(), offset, bullet is not None))
        at += len(raw) + 1
    return tuple(blocks)


def _goes_on(before: str, line: str) -> bool:
    """Tell whether a line is the wrapped rest of the one before it."""
    return len(before) >= _FULL_LINE or line[0].islower() or before.endswith(",")


def _block(lines: list[tuple[str, int, bool]], group: int) -> TextBlock:
    text = " ".join(content for content, _, _ in lines)
    starts: list[int] = []
    length = 0
    for content, _, _ in lines:
        starts.append(length)
        length += len(content) + 1
    sources = tuple(offset for _, offset, _ in lines)
    if lines[0][2]:
        return TextBlock("item", text, tuple(starts), sources, level=1, group=group)
    is_heading = len(lines) == 1 and len(text) <= _MOST_IN_HEADING and text[-1] not in ".!?,;:\"'”’"
    kind: BlockKind = "heading" if is_heading else "paragraph"
    return TextBlock(kind, text, tuple(starts), sources, level=2 if is_heading else 0)
