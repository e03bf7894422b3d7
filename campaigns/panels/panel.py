"""A material turned into a questionnaire with which a panel of young people reviews it.

The questions follow the five constructs of pretesting messages (comprehension, attraction, acceptance,
involvement, inducement to action; Bertrand 1978, Compass) and add blame, safety and recognition.
"""

import json
import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from campaigns.materials.material import Material
from campaigns.materials.material_document import material_document
from coprod.kernel.contacts import HelpContact
from coprod.kernel.document import (
    BarChart,
    Block,
    Code,
    ContactCard,
    Heading,
    Image,
    ItemList,
    Network,
    Paragraph,
    PathwayMap,
    Quote,
    Table,
    text_of,
)
from coprod.kernel.text import clean, clean_line
from coprod.kernel.wording import Wording
from coprod.kernel.yamlfile import load_yaml_text

HARM_QUESTION = "harm"
HARM_CHOICES = frozenset({"could-harm", "perhaps"})
LONGEST_PART = 600
MOST_VIEWS = 8
MOST_CONTESTED = 5
MOST_MARKED = 60  # as many words as a highlighter takes
MOST_HIGHLIGHTED = 200  # in all: more marks would not fit in one sealed record
LONGEST_LINE = 120
Marks = Literal["none", "words", "lines"]
NOT_KEPT = ("change", "lose", "confusing")
WORDS_A_MINUTE = 110
SECONDS_A_QUESTION = 14
_NEXT = "  "
QUESTIONNAIRE_REMARK = (
    "# Made by coprod from the material beside it. Changing a word here makes it another questionnaire."
)
_SEEN = "# SHA-256 of the words and pictures shown: "


class View(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that could happen to a part."""

    id: str
    label: Wording


class ComparisonWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The wordings around two versions beside each other."""

    title: Wording
    purpose: Wording
    start: Wording
    who_reads: Wording
    better: Wording
    nothing: Wording
    same: Wording
    neither: Wording


class YouSaidWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The wordings of the page that tells a panel what was done."""

    title: Wording
    note: Wording
    thanks: Wording
    harm: Wording
    outcomes: dict[str, Wording]
    disagree: Wording
    how_to_disagree: Wording
    help: Wording


class PanelWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The wordings around a material under review; `{…}` is filled in."""

    format: Literal[1]
    title: Wording
    made_by: Wording
    unknown_maker: Wording
    purpose: Wording
    who_reads: Wording
    content_note: Wording
    usual_note: Wording
    part: Wording
    part_view: Wording
    part_help: Wording
    picture: Wording
    contested: Wording
    marking: Wording
    which_lines: Wording
    views: tuple[View, ...]
    comparison: ComparisonWords
    you_said: YouSaidWords


@cache
def panel_words() -> PanelWords:
    """Give the wordings that come with coprod."""
    text = resources.files("campaigns.panels").joinpath("panel-words.yaml").read_text("utf-8")
    return load_yaml_text(text, "panel-words.yaml", PanelWords).value


def panel_questionnaire(
    material: Material,
    contested: Sequence[str] = (),
    contacts: Sequence[HelpContact] | None = None,
    seen: str = "",
) -> str:
    """Give the YAML text of a questionnaire about a material: its words, part by part, then the questions.

    `contested` are words on which people disagree; each becomes a question. `seen` is the SHA-256 of the
    words and pictures shown; it is kept in the first lines. Every page can be skipped.
    """
    parts = tuple(_parts(material, contacts))
    views = len(parts) <= MOST_VIEWS
    is_short = sum(len(part.split()) for part in parts) <= MOST_HIGHLIGHTED
    marks: Marks = "none" if not views else "words" if is_short else "lines"
    asked = tuple(dict.fromkeys(clean_line(words) for words in contested))[:MOST_CONTESTED]
    fixed = fixed_pages()
    count = fixed.count("- ask:") + len(parts) * views + len(asked)
    pages = [
        note_page("before-you-read", content_note(material)),
        *(
            page
            for number, part in enumerate(parts, 1)
            for page in _part_pages(part, number, len(parts), marks)
        ),
        *(_contested(words, number) for number, words in enumerate(asked, 1)),
        fixed,
    ]
    head = _head(material, minutes_for(parts, count), seen)
    return "\n".join([*head, "pages:", "\n\n".join(pages)]) + "\n"


def fixed_pages() -> str:
    """Give the pages that every review ends with, as they stand in their own file."""
    text = resources.files("campaigns.panels").joinpath("panel-questions.yaml").read_text("utf-8")
    return text.split("\npages:\n", 1)[1].strip("\n")


def seen_in(questionnaire: str) -> str:
    """Give the SHA-256 of what a panel was shown, from the text of its questionnaire; empty where none is kept."""
    found = re.search(rf"^{_SEEN}([0-9a-f]{{64}})$", questionnaire, re.MULTILINE)
    return found[1] if found else ""


def seen_remark(seen: str) -> list[str]:
    """Give the line that keeps what was shown."""
    return [f"{_SEEN}{seen}"] if seen else []


def _head(material: Material, minutes: int, seen: str) -> list[str]:
    words = panel_words()
    title = material.front.title if material.front else material_document(material).title
    maker = material.front.made_by if material.front and material.front.made_by else ""
    makers = Wording(maker, maker) if maker else words.unknown_maker
    return [
        QUESTIONNAIRE_REMARK,
        *seen_remark(seen),
        "format: 1",
        f"survey: {questionnaire_name('panel', title)}",
        f"title: {wording_line(filled(words.title, title=title))}",
        f"made_by: {wording_line(_made_by(words.made_by, makers))}",
        f"purpose: {wording_line(words.purpose)}",
        f"who_reads: {wording_line(words.who_reads)}",
        f"minutes: {minutes}",
        "ages: [11-15, 16-25]",
    ]


def questionnaire_name(kind: str, title: str) -> str:
    """Give what a questionnaire about a material is called: `panel-not-your-fault`."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return f"{kind}-{plain}"[:40].rstrip("-")


def minutes_for(parts: Sequence[str], questions: int) -> int:
    """Give how many minutes reading and answering take, never fewer than two."""
    reading = sum(len(part.split()) for part in parts) / WORDS_A_MINUTE
    return max(2, math.ceil(reading + questions * SECONDS_A_QUESTION / 60))


def _made_by(pattern: Wording, makers: Wording) -> Wording:
    cy = pattern.cy or pattern.en
    return Wording(
        pattern.en.replace("{made_by}", makers.en), cy.replace("{made_by}", makers.cy or makers.en)
    )


def content_note(material: Material) -> Wording:
    """Give what the first page says is coming."""
    words = panel_words()
    note = material.front.content_note if material.front else ""
    usual = words.usual_note
    cy = words.content_note.cy or words.content_note.en
    return Wording(
        words.content_note.en.replace("{note}", note or usual.en),
        cy.replace("{note}", note or usual.cy or usual.en),
    )


def _parts(material: Material, contacts: Sequence[HelpContact] | None) -> Iterator[str]:
    """Give the words of a material in pieces that fit a screen, a new one at each heading."""
    piece: list[str] = []
    for block in material_document(material, contacts).blocks:
        if isinstance(block, Paragraph) and block.role == "caution":
            continue
        words = clean(block_words(block, material)).strip()
        too_long = sum(map(len, piece)) + len(words) > LONGEST_PART
        if piece and (isinstance(block, Heading) or too_long):
            yield "\n\n".join(piece)
            piece = []
        piece += [words] if words else []
    if piece:
        yield "\n\n".join(piece)


def block_words(block: Block, material: Material) -> str:
    """Give the words of a block as a screen of text shows them."""
    match block:
        case Heading() | Paragraph() | Quote():
            return text_of(block.inline)
        case ItemList():
            marks = (f"{n}. " if block.ordered else "- " for n in range(1, len(block.items) + 1))
            return "\n".join(mark + text_of(item) for mark, item in zip(marks, block.items, strict=True))
        case Table() | BarChart() | Network() | PathwayMap():
            return _figure_words(block)
        case Image():
            return panel_words().picture.into(material.language).replace("{alt}", block.alt)
        case ContactCard():
            return "\n".join([block.name, *block.reach, block.note])
        case Code():
            return block.text


def _figure_words(block: Table | BarChart | Network | PathwayMap) -> str:
    if isinstance(block, Network | PathwayMap):
        return f"{block.caption}\n{block.alt}"
    if isinstance(block, BarChart):
        return "\n".join([block.caption, *(f"{bar.label}: {bar.shown}" for bar in block.bars)])
    return "\n".join([block.caption, *("; ".join(row) for row in (block.header, *block.rows))])


def _part_pages(part: str, number: int, total: int, marks: Marks) -> Iterator[str]:
    words = panel_words()
    label = filled(words.part, number=str(number), total=str(total))
    shown = Wording(f"{label.en}\n\n{part}", f"{label.cy}\n\n{part}")
    yield note_page(f"part-{number}", shown)
    if marks == "none":
        return
    ask = filled(words.part_view, number=str(number))
    start = filled(words.part_help, start=_start(part))
    yield _view(f"part-{number}-view", ask, start)
    if marks == "words":
        places = enumerate(_passages(part), 1)
        yield from (_marking(passage, number, place) for place, passage in places)
    elif len(lines := _lines(part)) > 1:
        yield _which_lines(lines, number)


def _marking(passage: str, number: int, place: int) -> str:
    """Give the page on which words are marked, for whoever would not keep the part as it is."""
    return "\n".join(
        [
            f"- ask: {wording_line(filled(panel_words().marking, number=str(number)))}",
            f"{_NEXT}id: part-{number}-words{f'-{place}' if place > 1 else ''}",
            f"{_NEXT}kind: highlighter",
            f"{_NEXT}relevant: {_not_kept(number)}",
            f"{_NEXT}passage: {json.dumps(_as_data(passage), ensure_ascii=False)}",
        ]
    )


def _which_lines(lines: Sequence[str], number: int) -> str:
    """Give the page on which lines are picked, where a material has more words than one interview can mark."""
    choices = (
        f"{_NEXT}- id: line-{place}\n{_NEXT}  label: {wording_line(Wording(line, line))}"
        for place, line in enumerate(lines, 1)
    )
    return "\n".join(
        [
            f"- ask: {wording_line(filled(panel_words().which_lines, number=str(number)))}",
            f"{_NEXT}id: part-{number}-lines",
            f"{_NEXT}kind: choose-many",
            f"{_NEXT}relevant: {_not_kept(number)}",
            f"{_NEXT}choices:",
            *choices,
        ]
    )


def _not_kept(number: int) -> str:
    return json.dumps(" or ".join(f"selected(${{part-{number}-view}}, '{view}')" for view in NOT_KEPT))


def _lines(part: str) -> tuple[str, ...]:
    """Give the lines of a part, a long one sentence by sentence; each once."""
    lines = (line.strip() for line in part.split("\n"))
    pieces = (
        piece
        for line in lines
        for piece in (re.split(r"(?<=[.!?])\s+", line) if len(line) > LONGEST_LINE else [line])
    )
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


def _passages(part: str) -> Iterator[str]:
    """Give the words of a part in pieces that a highlighter takes, whole lines where they fit."""
    piece: list[str] = []
    for line in part.split("\n"):
        words = line.split()
        if piece and len(piece) + len(words) > MOST_MARKED:
            yield " ".join(piece)
            piece = []
        while len(words) > MOST_MARKED:
            yield " ".join(words[:MOST_MARKED])
            words = words[MOST_MARKED:]
        piece += words
    if piece:
        yield " ".join(piece)


def _start(part: str) -> str:
    words = part.split()
    return " ".join(words[:8]) + ("…" if len(words) > 8 else "")


def _contested(words: str, number: int) -> str:
    return _view(f"words-{number}", filled(panel_words().contested, words=words), None)


def note_page(name: str, words: Wording) -> str:
    """Give a page that only says something, as YAML."""
    return f"- ask: {wording_line(words)}\n{_NEXT}id: {name}\n{_NEXT}kind: note"


def _view(name: str, ask: Wording, help_words: Wording | None) -> str:
    lines = [f"- ask: {wording_line(ask)}", f"{_NEXT}id: {name}", f"{_NEXT}kind: choose-one"]
    lines += [f"{_NEXT}help: {wording_line(help_words)}"] if help_words else []
    lines += [f"{_NEXT}choices:"]
    lines += [
        f"{_NEXT}- id: {view.id}\n{_NEXT}  label: {wording_line(view.label)}" for view in panel_words().views
    ]
    return "\n".join(lines)


def filled(pattern: Wording, **values: str) -> Wording:
    """Give a wording with its `{…}` filled in, in both languages."""
    en, cy = pattern.en, pattern.cy or pattern.en
    for name, value in values.items():
        en, cy = en.replace(f"{{{name}}}", value), cy.replace(f"{{{name}}}", value)
    return Wording(en, cy)


def wording_line(words: Wording) -> str:
    """Give a wording as one line of YAML. A material's words are data: nothing in them can be YAML or logic."""
    parts = {"en": words.en, "cy": words.cy or words.en}
    return json.dumps({name: _as_data(text) for name, text in parts.items()}, ensure_ascii=False)


def _as_data(text: str) -> str:
    return clean(text).replace("${", "$ {")
