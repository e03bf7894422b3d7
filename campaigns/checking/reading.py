"""One analysis of a material that every rule reads: folded text, sentences, quotations, headings above."""

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property, lru_cache, reduce
from itertools import chain
from operator import or_
from typing import TYPE_CHECKING

from campaigns.checking.concepts import words_in
from campaigns.checking.wordsigns import SIGNS
from campaigns.materials.blocks import TextBlock
from campaigns.materials.material import Material

if TYPE_CHECKING:
    from campaigns.checking.context import Cue, PlaceInText

_QUOTATION = re.compile(
    r"“[^”\n]{1,600}”|‘(?:[^’\n]|’(?=\w)){1,600}’(?!\w)|\"[^\"\n]{1,600}\"|«[^»\n]{1,600}»"
    r"|'(?<![\w']')(?=\S)(?:[^'\n]|'(?=\w)){1,600}(?<=\S)'(?!\w)"  # every choice begins with a mark: quick to pass over
)
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9£]|\s*$)")
FARTHEST = 400
_NOT_AN_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|al|Dr|Mr|Mrs|Ms|Prof|St|No|p|pp|approx|Det|Insp|Sgt)|\b[A-Z])\.$"
)
_LONGEST_NOT_AN_END = len("approx.")
_BLANKS = re.compile(r"\s*")
_PICTURE_HEADING = re.compile(
    r"^[# ]*(?:the |our )?(?:images?|pictures?|photos?|photographs?|visuals?|illustrations?|artwork)"
    r"(?: (?:briefs?|lists?|ideas?|directions?|wanted|for .{1,80}|to use.{0,40}))?:?$"
)
_PICTURE_LABEL = re.compile(
    r"^(?:image|picture|photo|visual|illustration|alt text)s?(?: brief| idea| \d{1,2})?:"
)
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁɡһӏвкмтнАЕОРСУХІЈЅВКМТНαοενικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdghlbkmtnaeopcyxijsbkmtnaoevikptuxabezhikmnoptyx",
)
_FOLDS: dict[int, str | int | None] = {
    **{ord(character): "'" for character in "‘’‛′ʼ"},
    **{ord(character): '"' for character in "“”„‟″«»"},
    **{ord(character): "-" for character in "‐‑‒–−"},
    **{ord(character): " " for character in "\t\u00a0\u2002\u2003\u2007\u2009\u200a\u202f"},
    **_LOOKALIKES,
}


def fold(text: str) -> str:
    """Give text as rules read it, letter for letter: small letters, no accents, one kind of quote mark,
    hyphen and space, and Latin letters for those of other scripts that look the same.
    """
    folded = text.translate(_FOLDS)
    if folded.isascii():
        return folded.lower()
    return "".join(_folded_letter(letter) for letter in folded)


def _folded_letter(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    base = unicodedata.normalize("NFKD", letter)[0].lower()
    return base if len(base) == 1 else letter


class Reading:
    """A material read once. `text` is all blocks folded, one a line; `starts` is where each begins in it."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.blocks = material.blocks
        self.folded = tuple(fold(block.text) for block in self.blocks)
        self.text = "\n".join(self.folded)
        starts, at = [], 0
        for line in self.folded:
            starts.append(at)
            at += len(line) + 1
        self.starts = tuple(starts)
        self._sentences: dict[int, tuple[tuple[int, int], ...]] = {}
        self._words: dict[int, tuple[list[str], ...]] = {}
        self._signs: dict[int, int] = {}
        self.initials: dict[str, tuple[int, int]] = {}
        self.exact_definitions: frozenset[int] | None = None
        self._lead_ins: dict[int, int | None] = {}
        self._headers: dict[int, dict[int, str]] = {}
        self._quotations: dict[int, tuple[tuple[int, int], ...]] = {}
        self.places: dict[int, PlaceInText] = {}
        self.cues: dict[tuple[int, int, int], tuple[tuple[Cue, ...], str]] = {}

    def block_text(self, number: int) -> str:
        """Give a block's folded text."""
        return self.folded[number]

    def sentences(self, number: int) -> tuple[tuple[int, int], ...]:
        """Give where each sentence of a block starts and ends, in positions of the block."""
        if number not in self._sentences:
            self._sentences[number] = sentences_in(self.blocks[number].text)
        return self._sentences[number]

    def sentence_words(self, number: int) -> tuple[list[str], ...]:
        """Give the words of each sentence of a block."""
        if number not in self._words:
            text = self.folded[number]
            self._words[number] = tuple(words_in(text, *sentence) for sentence in self.sentences(number))
        return self._words[number]

    def signs(self, number: int) -> int:
        """Give the signs of a block's words (see `campaigns.checking.wordsigns`)."""
        if number not in self._signs:
            self._signs[number] = SIGNS.among(chain.from_iterable(self.sentence_words(number)))
        return self._signs[number]

    @cached_property
    def body_signs(self) -> int:
        """Give the signs of all words of the body."""
        return reduce(or_, map(self.signs, self.body), 0)

    def sentence_at(self, number: int, position: int) -> tuple[int, int]:
        """Give the sentence of a block that holds a position of the block."""
        sentences = self.sentences(number)
        start, end = sentences[max(bisect_right(sentences, (position, len(self.text))) - 1, 0)]
        return start, max(end, min(position + 1, len(self.blocks[number].text)))

    def around(self, number: int, start: int, end: int) -> tuple[int, int]:
        """Give the sentence that holds a stretch of a block, at most `FARTHEST` letters away on each side."""
        opened, closed = self.sentence_at(number, start)
        return max(opened, start - FARTHEST), max(end, min(closed, end + FARTHEST))

    def quotations(self, number: int) -> tuple[tuple[int, int], ...]:
        """Give where text in quotation marks starts and ends in a block, marks included."""
        if number not in self._quotations:
            found = _QUOTATION.finditer(self.blocks[number].text)
            self._quotations[number] = tuple(match.span() for match in found)
        return self._quotations[number]

    def quotations_near(self, number: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Give the quotations that hold or touch a stretch of a block. They never overlap each other."""
        quotations = self.quotations(number)
        first = max(bisect_right(quotations, (start, -1)) - 1, 0)
        last = bisect_right(quotations, (end, -1))
        return quotations[first:last]

    def headers(self, group: int) -> dict[int, str]:
        """Give the folded header of each column of a table."""
        if not self._headers:
            for place, block in enumerate(self.blocks):
                if block.kind == "cell" and block.is_header:
                    self._headers.setdefault(block.group, {})[block.column] = self.folded[place]
        return self._headers.get(group, {})

    @cached_property
    def above(self) -> tuple[tuple[int, ...], ...]:
        """Give for each block the numbers of the headings it stands under, outermost first."""
        chain: list[int] = []
        result = []
        for number, block in enumerate(self.blocks):
            if block.kind == "heading":
                chain = [one for one in chain if self.blocks[one].level < block.level]
            result.append(tuple(chain))
            if block.kind == "heading":
                chain.append(number)
        return tuple(result)

    @cached_property
    def body(self) -> tuple[int, ...]:
        """Give the numbers of the blocks that readers see as running text: no front matter, no pictures.

        Welsh is left out: what counts and compares English words can say nothing true about it.
        """
        welsh = self.material.welsh
        return tuple(
            number
            for number, block in enumerate(self.blocks)
            if block.kind not in {"front", "alt"} and number not in welsh
        )

    @cached_property
    def body_text(self) -> str:
        """Give the folded text of the body, one block a line."""
        return "\n".join(self.block_text(number) for number in self.body)

    def lead_in(self, number: int) -> int | None:
        """Give the paragraph that introduces the list a block stands in, if it ends in a colon."""
        group = self.blocks[number].group
        if self.blocks[number].kind not in {"item", "quote"}:
            return None
        if group not in self._lead_ins:
            self._lead_ins[group] = _found_lead_in(self.blocks, number, group)
        return self._lead_ins[group]


def is_picture(reading: Reading, number: int) -> bool:
    """Tell whether a block says what a picture shows or should show."""
    block = reading.blocks[number]
    if block.kind == "alt" or (block.kind == "front" and block.link.startswith("images.")):
        return True
    if _PICTURE_LABEL.match(reading.folded[number]):
        return True
    return any(_PICTURE_HEADING.match(reading.folded[above]) for above in reading.above[number])


def _found_lead_in(blocks: tuple[TextBlock, ...], number: int, group: int) -> int | None:
    first = number
    while first > 0 and _same_list(blocks[first - 1], group):
        first -= 1
    before = first - 1
    if before < 0 or blocks[before].kind not in {"paragraph", "item", "heading"}:
        return None
    return before if blocks[before].text.rstrip().endswith((":", "…", "...")) else None


def _same_list(block: TextBlock, group: int) -> bool:
    return block.kind in {"item", "quote"} and block.group == group


@lru_cache(maxsize=4096)
def sentences_in(text: str) -> tuple[tuple[int, int], ...]:
    """Give where each sentence starts and ends. Abbreviations, initials and decimals end none."""
    found: list[tuple[int, int]] = []
    start, last = 0, len(text.rstrip())
    for match in _SENTENCE_END.finditer(text):
        end = match.end()
        if end < last and text[end - 1] == ".":
            before = max(start, end - _LONGEST_NOT_AN_END)
            if _NOT_AN_END.search(text, before, end):
                continue
        found.append((start, end))
        start = end + 1 if text[end + 1 : end + 2].isalnum() else _after_blanks(text, end)
    if start < last:
        found.append((start, len(text)))
    return tuple(found) or ((0, len(text)),)


def _after_blanks(text: str, position: int) -> int:
    """Give the first place from a position on that is not blank."""
    blanks = _BLANKS.match(text, position)
    return blanks.end() if blanks else position
