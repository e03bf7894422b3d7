"""A material turned into a questionnaire with which a panel of young people reviews it.

The questions follow the five constructs of pretesting messages (comprehension, attraction, acceptance,
involvement, inducement to action; Bertrand 1978, Compass) and add blame, safety and recognition.
"""

import json
import math
import re
from collections.abc import Iterator, Sequence
from importlib import resources

from campaigns.materials.material import Material
from campaigns.materials.material_document import material_document
from campaigns.panels.panelwords import as_data, filled, panel_words, wording_line
from campaigns.panels.parts import MOST_VIEWS, Part, lines_in, parts_of, passages_in, start_of
from campaigns.panels.remark import QUESTIONNAIRE_REMARK
from coprod.kernel.contacts import HelpContact
from coprod.kernel.text import clean_line
from coprod.kernel.wording import Wording

HARM_QUESTION = "harm"
HARM_CHOICES = frozenset({"could-harm", "perhaps"})
MOST_CONTESTED = 5
NOT_KEPT = ("change", "lose", "confusing")
WORDS_A_MINUTE = 110
SECONDS_A_QUESTION = 14
_NEXT = "  "
_SEEN = "# SHA-256 of the words and pictures shown: "


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
    parts = parts_of(material, contacts)
    asked = tuple(dict.fromkeys(clean_line(words) for words in contested))[:MOST_CONTESTED]
    shown = _pages_of(parts)
    fixed = fixed_pages()
    pages = [
        note_page("before-you-read", content_note(material)),
        *shown,
        *(_contested(words, number) for number, words in enumerate(asked, 1)),
        fixed,
    ]
    # Words and lines are marked by few, and only where a part is not kept: they count in nobody's minutes.
    questions = sum("choose-one" in page or "-together" in page for page in shown) + len(asked)
    count = fixed.count("- ask:") + questions
    head = _head(material, minutes_for([part.words for part in parts], count), seen)
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


def _pages_of(parts: Sequence[Part]) -> list[str]:
    """Give the page of each part with the questions that belong to it, or with one for every few parts."""
    groups = math.ceil(len(parts) / MOST_VIEWS)
    ends = {len(parts) * group // groups for group in range(1, groups + 1)} if groups > 1 else set()
    pages: list[str] = []
    first = 1
    for number, part in enumerate(parts, 1):
        pages += _part_pages(part, number, len(parts))
        if number in ends:
            pages.append(_together(parts[first - 1 : number], first))
            first = number + 1
    return pages


def _part_pages(part: Part, number: int, total: int) -> Iterator[str]:
    words = panel_words()
    label = filled(words.part, number=str(number), total=str(total))
    shown = Wording(f"{label.en}\n\n{part.words}", f"{label.cy}\n\n{part.words}")
    yield note_page(f"part-{number}", shown)
    if part.marks == "together":
        return
    ask = filled(words.part_view, number=str(number))
    start = filled(words.part_help, start=start_of(part.words))
    yield _view(f"part-{number}-view", ask, start)
    if part.marks == "words":
        places = enumerate(passages_in(part.words), 1)
        yield from (_marking(passage, number, place) for place, passage in places)
    elif len(lines := lines_in(part.words)) > 1:
        yield _which_lines(lines, number)


def _marking(passage: str, number: int, place: int) -> str:
    """Give the page on which words are marked, for whoever would not keep the part as it is."""
    return "\n".join(
        [
            f"- ask: {wording_line(filled(panel_words().marking, number=str(number)))}",
            f"{_NEXT}id: part-{number}-words{f'-{place}' if place > 1 else ''}",
            f"{_NEXT}kind: highlighter",
            f"{_NEXT}relevant: {_not_kept(number)}",
            f"{_NEXT}passage: {json.dumps(as_data(passage), ensure_ascii=False)}",
        ]
    )


def _which_lines(lines: Sequence[str], number: int) -> str:
    """Give the page on which lines are picked, where a material has more words than one interview can mark."""
    words = panel_words()
    labels = [(f"line-{place}", Wording(line, line)) for place, line in enumerate(lines, 1)]
    ask = filled(words.which_lines, number=str(number))
    return _picking(f"part-{number}-lines", ask, words.why_lines, labels, relevant=_not_kept(number))


def _together(parts: Sequence[Part], first: int) -> str:
    """Give the page on which parts are picked, where a material has too many to be asked about one by one."""
    words = panel_words()
    labels = [
        (f"part-{number}", filled(words.one_part, number=str(number), start=start_of(part.words)))
        for number, part in enumerate(parts, first)
    ]
    return _picking(f"parts-from-{first}-together", words.which_parts, words.why_parts, labels)


def _picking(
    name: str, ask: Wording, why: Wording, labels: Sequence[tuple[str, Wording]], relevant: str = ""
) -> str:
    lines = [f"- ask: {wording_line(ask)}", f"{_NEXT}id: {name}", f"{_NEXT}kind: choose-many"]
    lines += [f"{_NEXT}relevant: {relevant}"] if relevant else []
    lines += [f"{_NEXT}help: {wording_line(why)}", f"{_NEXT}choices:"]
    lines += [f"{_NEXT}- id: {choice}\n{_NEXT}  label: {wording_line(label)}" for choice, label in labels]
    return "\n".join(lines)


def _not_kept(number: int) -> str:
    return json.dumps(" or ".join(f"selected(${{part-{number}-view}}, '{view}')" for view in NOT_KEPT))


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
