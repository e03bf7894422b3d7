"""A campaign material: what its front matter declares, and its text as blocks with places."""

import re
from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from msgspec import Meta, Struct, structs

from campaigns.materials.blocks import TextBlock, markdown_blocks
from campaigns.materials.parts import TextPart, block_languages, is_title, text_parts
from campaigns.materials.plaintext import plain_blocks
from campaigns.materials.seen import Seen, see
from coprod.kernel.contacts import Audience, Nation
from coprod.kernel.files import decoded, read_bytes
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.wording import Language
from coprod.kernel.yamlfile import Loaded, Steps, load_yaml_text
from coprod.kernel.yamlnodes import Place

LARGEST_MATERIAL = 2_000_000
LARGEST_PART = 20_000_000
LONGEST_LINE = 200_000
BodyReader = Callable[[str, int], tuple[TextBlock, ...]]
_READERS = frozenset({".md", ".txt"})
_WEB_PAGES = frozenset({".html", ".htm"})
_SUBTITLES = frozenset({".srt", ".vtt"})
_UNPACKED = frozenset({".docx", ".pdf"})
ENDINGS = frozenset({*_READERS, *_WEB_PAGES, *_SUBTITLES, *_UNPACKED})
Format = Literal[
    "page",
    "poster-a4",
    "poster-a3",
    "card-square",
    "card-wide",
    "leaflet",
    "large-print",
    "easy-read",
    "bilingual",
    "lesson-pack",
    "slides",
    "slides-bilingual",
    "text",
    "sms",
]
WebAddress = Annotated[
    str,
    Meta(
        pattern=r"^(https://[A-Za-z0-9.-]{3,80}(/[A-Za-z0-9._~/?=&%-]{0,120})?)?$",
        description="write a web address that begins with https://",
    ),
]
Words = Annotated[str, Meta(min_length=1, max_length=2_000)]
_PICTURE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_PICTURE_NAMES = frozenset({".png", ".jpg", ".jpeg"})


class Claim(Struct, frozen=True, forbid_unknown_fields=True):
    """Something the material says is so, and where that comes from.

    `source` is the id of a statement coprod holds (`briefing-2017/all-backgrounds`), a released number
    (`ledger/release-12`), or a citation with its year. `place` and `limits` are needed where ethnicity is named.
    """

    text: Words
    source: Words
    place: str = ""
    limits: str = ""


class ImageBrief(Struct, frozen=True, forbid_unknown_fields=True):
    """A picture that is wanted or used: what it should show, and who agreed to be in it."""

    brief: Words
    source: str = ""
    alt: str = ""
    release: str = ""


class FrontMatter(Struct, frozen=True, forbid_unknown_fields=True):
    """What a material declares about itself.

    `languages` are those of its text, in its order; each begins with its own title (`# …`). `read_by` names
    who read the Welsh; until then it is marked a draft. `more_at` is a web address that is printed as words
    and as a code for a camera.
    """

    format: Literal[1]
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    audience: Audience
    nation: Nation
    languages: tuple[Language, ...] = ("en",)
    formats: tuple[Format, ...] = ("page",)
    message: str = ""
    action: str = ""
    contacts: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    content_note: str = ""
    images: tuple[ImageBrief, ...] = ()
    review_by: date | None = None
    made_by: str = ""
    read_by: str = ""
    more_at: WebAddress = ""


class Material(Struct, frozen=True):
    """One material. Blocks point into `seen.text`; `place` gives the line and column in the file.

    `source` is the whole file as text, without a byte-order mark, its line ends newlines.
    `page_lines` are the first line of each page of a PDF. `front` is None for plain text, to which the rules about front matter do not apply.
    """

    path: str
    source: str
    seen: Seen
    blocks: tuple[TextBlock, ...]
    front: FrontMatter | None
    places: dict[Steps, Place]
    line_starts: tuple[int, ...]
    page_lines: tuple[int, ...] = ()

    def page_of(self, line: int) -> int:
        """Give the page of a PDF that a line stands on, from 1; 0 for everything else."""
        return bisect_right(self.page_lines, line)

    def place(self, offset: int) -> Place:
        """Give the line and column of an offset in `source`."""
        line = bisect_right(self.line_starts, offset)
        return Place(line, offset - self.line_starts[line - 1] + 1)

    def front_place(self, *steps: str | int) -> Place:
        """Give where a part of the front matter stands, or its nearest parent."""
        while steps and steps not in self.places:
            steps = steps[:-1]
        return self.places.get(steps, Place(1, 1))

    @property
    def language(self) -> Language:
        """Give the first language of the material; plain text is read as English."""
        return self.front.languages[0] if self.front and self.front.languages else "en"

    @property
    def welsh(self) -> frozenset[int]:
        """Give the numbers of the blocks that are in Welsh, which no rule about English words may judge."""
        languages = block_languages(self.blocks, self.front.languages if self.front else ("en",))
        return frozenset(number for number, language in enumerate(languages) if language == "cy")

    @property
    def parts(self) -> tuple[TextPart, ...]:
        """Give the text in each language, and in each its easy read where there is one."""
        return text_parts(self.blocks, self.front.languages if self.front else ("en",))


def load_material(path: Path) -> Material:
    """Give the material in a file: Markdown, plain text, a web page, a Word file, a PDF or subtitles.

    Raises BadInputError, each problem with its place, for a file that is missing, empty, too large,
    binary or not UTF-8, for broken front matter, and for pictures that are missing or are none.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS and path.is_file():
        mend = f"save it as one of: {', '.join(sorted(ENDINGS))}"
        raise BadInputError.of(path, f"coprod cannot read `{path.suffix or 'no ending'}` materials", mend)
    raw = read_bytes(path, LARGEST_PART if ending in _UNPACKED else LARGEST_MATERIAL)
    if ending == ".docx":
        return _word_material(raw, str(path))
    if ending == ".pdf":
        return _pdf_material(raw, str(path))
    text = decoded(raw.removeprefix(b"\xef\xbb\xbf"), path)
    if ending not in _READERS:
        return _material_of(text, str(path), None, _other_reader(ending))
    material = parse_material(text, str(path), is_markdown=ending == ".md")
    if material.front is not None:
        _refuse_bad_pictures(material, path.parent)
    return material


def _other_reader(ending: str) -> BodyReader:
    """Give what reads a web page or subtitles; most checks never load it."""
    from campaigns.materials import otherfiles

    return otherfiles.html_blocks if ending in _WEB_PAGES else otherfiles.subtitle_blocks


def parse_material(text: str, path: str, *, is_markdown: bool = True) -> Material:
    """Give the material that a text holds. Raises BadInputError as `load_material` does."""
    front = _front_matter if is_markdown else None
    return _material_of(text, path, front, markdown_blocks if is_markdown else plain_blocks)


def _material_of(text: str, path: str, read_front: "FrontReader | None", read: "BodyReader") -> Material:
    source = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if not source.strip():
        raise BadInputError.of(path, "there is nothing in this file", "write the material's text")
    _refuse_long_lines(source, path)
    seen = see(source)
    front, body_start = read_front(source, seen, path) if read_front else (None, 0)
    body = read(seen.text, body_start)
    if front is not None and not body:
        line = source.count("\n", 0, body_start) + 1
        mend = "write the text below the front matter"
        raise BadInputError(Problem(path, line, 1, "there is no text below the front matter", mend))
    if front is not None:
        _refuse_missing_language(front, body)
    starts = (0, *(found.end() for found in re.finditer("\n", source)))
    declared = () if front is None else _front_blocks(front, seen, starts)
    return Material(
        path,
        source,
        seen,
        (*declared, *body),
        front.value if front else None,
        front.places if front else {},
        starts,
    )


def _word_material(raw: bytes, path: str) -> Material:
    """Give a Word file as a material in which each paragraph is one line."""
    from campaigns.materials.otherfiles import word_blocks, word_paragraphs

    paragraphs = word_paragraphs(raw, path)
    text = "\n".join(paragraph.text for paragraph in paragraphs)

    def read(seen: str, start: int) -> tuple[TextBlock, ...]:
        return word_blocks(paragraphs, seen[start:])

    return _material_of(text, path, None, read)


def _pdf_material(raw: bytes, path: str) -> Material:
    """Give a PDF as plain text with a line for each line that its pages show."""
    from campaigns.materials.pdffile import pdf_pages

    pages = pdf_pages(raw, path)
    first_lines = (1 + sum(text.count("\n") + 1 for text in pages[:number]) for number in range(len(pages)))
    return structs.replace(
        _material_of("\n".join(pages), path, None, plain_blocks), page_lines=tuple(first_lines)
    )


def _refuse_long_lines(source: str, path: str) -> None:
    for number, line in enumerate(source.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            what = f"this line has {len(line):,} characters"
            raise BadInputError(Problem(path, number, 1, what, f"the most is {LONGEST_LINE:,}; break it up"))


FrontReader = Callable[[str, Seen, str], tuple[Loaded[FrontMatter] | None, int]]


def _front_matter(source: str, seen: Seen, path: str) -> tuple[Loaded[FrontMatter] | None, int]:
    """Give the front matter, if there is any, and where the body starts in the seen text."""
    if not source.startswith("---\n") or not re.match(r"---\n\s*(?:#.*\n)*[\w-]+[ \t]*:", source):
        return None, 0
    end = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE).search(source, 4)
    if end is None:
        mend = "write a line `---` where the front matter ends"
        raise BadInputError(Problem(path, 1, 1, "the front matter never ends", mend))
    front = load_yaml_text(source[4 : end.start()], path, FrontMatter, 2)
    _refuse_unusable(front)
    seen_end = bisect_right(seen.offsets, end.end() - 1) if seen.offsets else end.end()
    return front, seen_end


def _refuse_unusable(front: Loaded[FrontMatter]) -> None:
    """Refuse empty or repeated lists, which no reader could act on."""
    problems = []
    for name in ("languages", "formats", "contacts"):
        values: tuple[str, ...] = getattr(front.value, name)
        if name != "contacts" and not values:
            problems.append(front.problem((name,), f"`{name}` is empty", "name at least one"))
        problems.extend(
            front.problem((name, number), f"`{value}` comes twice", "keep one")
            for number, value in enumerate(values)
            if value in values[:number]
        )
    if problems:
        raise BadInputError(*problems)


def _refuse_missing_language(front: Loaded[FrontMatter], body: tuple[TextBlock, ...]) -> None:
    """Refuse a material that names more languages than it has texts."""
    wanted, found = len(front.value.languages), sum(is_title(block) for block in body)
    if wanted > 1 and found != wanted:
        what = f"`languages` names {wanted}, and the text below has {found} title(s)"
        mend = "begin the text of each language with its own title, `# …`, in the order of `languages`"
        raise BadInputError(front.problem(("languages",), what, mend))


def _front_blocks(
    front: Loaded[FrontMatter], seen: Seen, line_starts: tuple[int, ...]
) -> tuple[TextBlock, ...]:
    """Give the wordings in the front matter that readers will see, as blocks of kind front."""
    value = front.value
    wordings: list[tuple[Steps, str]] = [
        (("title",), value.title),
        (("message",), value.message),
        (("action",), value.action),
        (("content_note",), value.content_note),
        *((("claims", number, "text"), claim.text) for number, claim in enumerate(value.claims)),
        *((("images", number, "brief"), image.brief) for number, image in enumerate(value.images)),
        *((("images", number, "alt"), image.alt) for number, image in enumerate(value.images)),
    ]
    return tuple(
        _front_block(steps, text, front.places[steps], seen, line_starts)
        for steps, text in wordings
        if text and steps in front.places
    )


def _front_block(
    steps: Steps, text: str, place: Place, seen: Seen, line_starts: tuple[int, ...]
) -> TextBlock:
    offset = line_starts[place.line - 1] + place.column - 1
    start = bisect_right(seen.offsets, offset - 1) if seen.offsets else offset
    quoted = seen.text[start : start + 1] in {'"', "'"}
    verbatim = seen.text.startswith(text, start + quoted)
    name = ".".join(str(step) for step in steps)
    if verbatim:
        return TextBlock("front", text, (0,), (start + quoted,), link=name)
    # A folded or escaped wording cannot be followed letter by letter: every letter points to its start.
    return TextBlock("front", text, tuple(range(len(text))), (start,) * len(text), link=name)


def _refuse_bad_pictures(material: Material, folder: Path) -> None:
    problems = [
        Problem(material.path, place.line, place.column, what, mend)
        for source, place in _pictures(material)
        for what, mend in _picture_faults(source, folder)
    ]
    if problems:
        raise BadInputError(*problems)


def _pictures(material: Material) -> list[tuple[str, Place]]:
    drawn = [
        (block.link, material.place(material.seen.source_of(block.source_of(0))))
        for block in material.blocks
        if block.kind == "alt"
    ]
    declared = [
        (image.source, material.front_place("images", number, "source"))
        for number, image in enumerate(material.front.images if material.front else ())
        if image.source
    ]
    return drawn + declared


def _picture_faults(source: str, folder: Path) -> list[tuple[str, str]]:
    """Say what is wrong with a picture's file: outside the folder, missing, or no picture."""
    path = PurePosixPath(source)
    if ":" in source or "\\" in source or path.is_absolute() or ".." in path.parts:
        return [(f"the picture `{source}` is outside the material's folder", "put it beside the material")]
    if path.suffix.lower() not in _PICTURE_NAMES:
        return [(f"`{source}` is not a picture coprod can draw", "save it as PNG or JPEG")]
    file = folder / path
    if not file.is_file() or not file.resolve().is_relative_to(folder.resolve()):
        return [(f"there is no picture `{source}`", "put it beside the material, or take it out")]
    with file.open("rb") as handle:
        is_picture = handle.read(8).startswith(_PICTURE_STARTS)
    return [] if is_picture else [(f"`{source}` is not a picture", "save it again as PNG or JPEG")]
