"""Two versions of a text beside each other: a questionnaire of pairs, each in an order of its own for each person.

Only what differs is asked about. The order on the screen is drawn for each interview and kept nowhere, so that
neither version wins by coming first.
"""

import difflib
import re
from collections.abc import Sequence
from itertools import zip_longest

from campaigns.materials.material import Material
from campaigns.materials.material_document import material_document
from campaigns.panels.panel import (
    content_note,
    fixed_pages,
    minutes_for,
    note_page,
    questionnaire_name,
    seen_remark,
)
from campaigns.panels.panelwords import filled, panel_words, wording_line
from campaigns.panels.parts import block_words
from coprod.kernel.contacts import HelpContact
from coprod.kernel.problem import RefusedError
from coprod.kernel.text import clean
from coprod.kernel.wording import Wording

MOST_PAIRS = 10
LONGEST_CARD = 280
ALSO_ASKED = ("before-harm", "blame", "harm", "what-could-harm", "like-me", "words-to-change")
FIRST, SECOND = "first", "second"


def pairs_of(
    first: Material, second: Material, contacts: Sequence[HelpContact] | None = None
) -> tuple[tuple[str, str], ...]:
    """Give what differs between two versions, piece by piece: the words of the first and of the second, or empty."""
    one, two = (_pieces(material, contacts) for material in (first, second))
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    return tuple(
        pair
        for tag, start, end, other_start, other_end in matcher.get_opcodes()
        if tag != "equal"
        for pair in zip_longest(one[start:end], two[other_start:other_end], fillvalue="")
    )


def comparison_questionnaire(
    first: Material, second: Material, contacts: Sequence[HelpContact] | None = None, seen: str = ""
) -> str:
    """Give the YAML text of a questionnaire that puts two versions beside each other.

    Raises RefusedError when nothing differs, or more than ten pieces do: nobody weighs that many well.
    """
    pairs = pairs_of(first, second, contacts)
    if not pairs:
        raise RefusedError("the two versions say the same: there is nothing to compare")
    if len(pairs) > MOST_PAIRS:
        reason = f"{len(pairs)} pieces differ, and nobody weighs more than {MOST_PAIRS} pairs well"
        raise RefusedError(f"{reason}: compare versions that are closer, or review each alone")
    words = panel_words().comparison
    title = first.front.title if first.front else material_document(first).title
    also = [page for page in fixed_pages().split("\n\n") if _id(page) in ALSO_ASKED]
    count = str(len(pairs))
    pages = [
        note_page("before-you-read", content_note(first)),
        note_page("how-it-goes", filled(words.start, count=count)),
        *(_pair(pair, number, count) for number, pair in enumerate(pairs, 1)),
        *also,
    ]
    texts = [text for pair in pairs for text in pair]
    head = [
        *seen_remark(seen),
        "format: 1",
        f"survey: {questionnaire_name('compare', title)}",
        f"title: {wording_line(filled(words.title, title=title))}",
        f"made_by: {wording_line(panel_words().unknown_maker)}",
        f"purpose: {wording_line(words.purpose)}",
        f"who_reads: {wording_line(words.who_reads)}",
        f"minutes: {minutes_for(texts, len(pairs) + len(also))}",
        "ages: [11-15, 16-25]",
    ]
    return "\n".join([*head, "pages:", "\n\n".join(pages)]) + "\n"


def _pieces(material: Material, contacts: Sequence[HelpContact] | None) -> list[str]:
    """Give the words of a material in pieces that fit a card: a line, or a sentence of a long one."""
    lines = (
        line.strip()
        for block in material_document(material, contacts).blocks
        for line in clean(block_words(block, material)).split("\n")
    )
    return [
        piece
        for line in lines
        for piece in (re.split(r"(?<=[.!?])\s+", line) if len(line) > LONGEST_CARD else [line])
        if piece
    ]


def _pair(pair: tuple[str, str], number: int, total: str) -> str:
    words = panel_words().comparison
    shown = [Wording(text, text) if text else words.nothing for text in pair]
    choices = zip((FIRST, SECOND, "same", "neither"), (*shown, words.same, words.neither), strict=True)
    lines = [
        f"- ask: {wording_line(filled(words.better, number=str(number), total=total))}",
        f"  id: pair-{number}",
        "  kind: cards",
        "  shuffle: true",
        "  choices:",
    ]
    lines += [f"  - id: {name}\n    label: {wording_line(label)}" for name, label in choices]
    return "\n".join(lines)


def _id(page: str) -> str:
    found = re.search(r"^ {2}id: (\S+)$", page, re.MULTILINE)
    return found[1] if found else ""
