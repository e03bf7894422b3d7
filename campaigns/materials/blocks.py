"""The body of a material as blocks of text, each character with its place in the text it came from."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct, structs

BlockKind = Literal["heading", "paragraph", "item", "quote", "cell", "code", "alt", "front"]


class Style(Struct, frozen=True, gc=False):
    """How the characters from `start` to `end` (exclusive) of a block are set."""

    start: int
    end: int
    strong: bool = False
    emphasis: bool = False
    link: str = ""


class TextBlock(Struct, frozen=True, gc=False):
    """One stretch of text that a reader sees as a unit, without markup.

    `starts` and `sources` are equally long: the run of characters that begins at `starts[n]` stands
    at `sources[n]` in the text the block was read from. `level` is a heading's level or a list's
    depth; `group` tells lists, quotes and tables apart; `entry` numbers items and table rows, `column`
    the cells of a row; `is_header` marks the header row; `link` is a picture's file for kind alt and
    the field for kind front.
    """

    kind: BlockKind
    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]
    styles: tuple[Style, ...] = ()
    level: int = 0
    group: int = 0
    entry: int = 0
    column: int = 0
    is_header: bool = False
    is_ordered: bool = False
    link: str = ""

    def source_of(self, position: int) -> int:
        """Give where the character at `position` stands in the text the block was read from."""
        run = max(bisect_right(self.starts, position) - 1, 0)
        return self.sources[run] + position - self.starts[run]


def markdown_blocks(text: str, start: int) -> tuple[TextBlock, ...]:
    """Give the blocks of Markdown that begins at offset `start` of `text`. HTML is text, never markup."""
    return tuple(_MarkdownReader(text, start).blocks())


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return parser.disable("text_join")


class _MarkdownReader:
    """Walks the tokens of one text and keeps where in the text it stands."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.line_starts = [start]
        body = text[start:]
        position = body.find("\n")
        while position >= 0:
            self.line_starts.append(start + position + 1)
            position = body.find("\n", position + 1)
        self.tokens = _parser().parse(body)
        self.containers: list[tuple[str, int, bool]] = []
        self.group = self.entry = self.column = 0
        self.entries: list[int] = []
        self.in_header = False
        self.cell_from = 0

    def blocks(self) -> Iterator[TextBlock]:
        heading = 0
        for token in self.tokens:
            self._enter_or_leave(token)
            if token.type == "heading_open":
                heading = int(token.tag[1:])
            elif token.type == "heading_close":
                heading = 0
            elif token.type == "inline":
                yield from self._inline(token, heading)
            elif token.type in {"fence", "code_block"} and token.content.strip():
                yield self._code(token)

    def _enter_or_leave(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open" | "table_open":
                self.group += 1
                self.entries.append(self.entry)
                self.entry = 0
                is_ordered = token.type == "ordered_list_open"
                self.containers.append((token.type, self.group, is_ordered))
            case "blockquote_open":
                self.group += 1
                self.containers.append((token.type, self.group, False))
            case "bullet_list_close" | "ordered_list_close" | "table_close":
                self.containers.pop()
                self.entry = self.entries.pop()
            case "blockquote_close":
                self.containers.pop()
            case "list_item_open":
                self.entry += 1
            case "tr_open":
                self.entry += 1
                self.column = self.cell_from = 0
            case "th_open" | "td_open":
                self.column += 1
                self.in_header = token.type == "th_open"
            case _:
                pass

    def _inline(self, token: Token, heading: int) -> Iterator[TextBlock]:
        if not token.content:
            return
        kind = self._kind(heading)
        if kind != "cell" and _is_plain_line(token):
            place = self._place(token.content, (token.map or [0])[0])
            block = self._block(kind, token.content, (0,), (place,))
            yield structs.replace(block, level=heading or self._depth())
            return
        places = self._places(token, is_cell=kind == "cell")
        inline = _InlineReader(token, places)
        block = self._block(kind, inline.text, inline.starts, inline.sources)
        if inline.text.strip():
            yield structs.replace(block, styles=tuple(inline.styles), level=heading or self._depth())
        for alt, file, position in inline.pictures:
            yield structs.replace(
                block, kind="alt", text=alt, starts=(0,), sources=(position,), link=file, level=0
            )

    def _kind(self, heading: int) -> BlockKind:
        if heading:
            return "heading"
        names = {name for name, _, _ in self.containers}
        if "table_open" in names:
            return "cell"
        if "blockquote_open" in names:
            return "quote"
        return "item" if self.containers else "paragraph"

    def _depth(self) -> int:
        return sum(name.endswith("list_open") for name, _, _ in self.containers)

    def _block(
        self, kind: BlockKind, text: str, starts: tuple[int, ...], sources: tuple[int, ...]
    ) -> TextBlock:
        innermost = self.containers[-1] if self.containers else ("", 0, False)
        return TextBlock(
            kind,
            text,
            starts,
            sources,
            group=innermost[1],
            entry=self.entry if self.containers else 0,
            column=self.column if kind == "cell" else 0,
            is_header=kind == "cell" and self.in_header,
            is_ordered=innermost[2],
        )

    def _code(self, token: Token) -> TextBlock:
        first = (token.map or [0])[0] + (token.type == "fence")
        places = self._aligned(token.content.rstrip("\n").split("\n"), first)
        text = token.content.rstrip("\n")
        return self._block("code", text, *_runs(places[: len(text)]))

    def _places(self, token: Token, *, is_cell: bool) -> list[int]:
        """Give the offset in the text of each character of an inline token's content, and of its end."""
        first = (token.map or [0])[0]
        if not is_cell:
            return self._aligned(token.content.split("\n"), first)
        line, line_start = self._line(first)
        at = line.find(token.content, self.cell_from)
        if at >= 0:
            self.cell_from = at + len(token.content)
            return [line_start + at + step for step in range(len(token.content) + 1)]
        return self._unescaped_cell(token.content, line, line_start)

    def _unescaped_cell(self, content: str, line: str, line_start: int) -> list[int]:
        """Give places in a cell in which the parser has read an escaped bar as a bar."""
        at = line.find(content.split("|", 1)[0], self.cell_from)
        places = []
        for character in content:
            at = line.find(character, at)
            places.append(line_start + at)
            at += 1
        self.cell_from = at
        return [*places, line_start + at]

    def _aligned(self, contents: list[str], first: int) -> list[int]:
        """Give places of content lines, each of which is the end (or for headings a part) of its line."""
        places: list[int] = []
        for number, content in enumerate(contents):
            place = self._place(content, first + number)
            places.extend(range(place, place + len(content) + 1))
        return places

    def _place(self, content: str, number: int) -> int:
        """Give the place of content that is the end (or for headings a part) of the line of that number."""
        line, line_start = self._line(number)
        bare, shown = content.strip(), line.rstrip()
        lead = len(content) - len(content.lstrip())
        at = len(shown) - len(bare) if shown.endswith(bare) else max(line.find(bare), 0)
        return line_start + max(at - lead, 0)

    def _line(self, number: int) -> tuple[str, int]:
        start = self.line_starts[number]
        is_last = number + 1 >= len(self.line_starts)
        end = len(self.text) if is_last else self.line_starts[number + 1] - 1
        return self.text[start:end], start


def _is_plain_line(token: Token) -> bool:
    """Tell whether an inline token is one line without any markup, as most are."""
    children = token.children or ()
    return len(children) == 1 and children[0].type == "text" and children[0].content == token.content


class _InlineReader:
    """Reads one inline token: its text without markup, the place of each run, styles and pictures."""

    def __init__(self, token: Token, places: list[int]) -> None:
        self.content = token.content
        self.places = places
        self.at = 0
        self.parts: list[str] = []
        self.length = 0
        self.run_places: list[int] = []
        self.styles: list[Style] = []
        self.pictures: list[tuple[str, str, int]] = []
        self.strong = self.emphasis = 0
        self.link = ""
        for child in token.children or ():
            self._read(child)
        self.text = "".join(self.parts)
        self.starts, self.sources = _runs(self.run_places)

    def _read(self, child: Token) -> None:
        match child.type:
            case "text":
                self._add(child.content, len(child.content))
            case "text_special":
                self._add(child.content, len(child.markup))
            case "softbreak" | "hardbreak":
                self.at = self.content.find("\n", self.at)
                self._add(" ", 1)
                self._skip_blanks()
            case "code_inline":
                self._code(child)
            case "image":
                self._picture(child)
            case "link_open":
                self.link = str(child.attrs.get("href", ""))
                self.at += 1
            case "link_close":
                self.link = ""
                self.at += 1 if child.info == "auto" else _link_tail(self.content, self.at)
            case _:
                self._mark(child)

    def _mark(self, child: Token) -> None:
        self.strong += child.nesting * (child.tag == "strong")
        self.emphasis += child.nesting * (child.tag == "em")
        self.at += len(child.markup)

    def _add(self, text: str, width: int) -> None:
        """Add shown text that takes `width` characters of the content."""
        if not text:
            return
        places = self.places[self.at : self.at + len(text)]
        if width != len(text):
            places = [self.places[self.at]] * len(text)
        if self.strong or self.emphasis or self.link:
            end = self.length + len(text)
            self.styles.append(Style(self.length, end, self.strong > 0, self.emphasis > 0, self.link))
        self.parts.append(text)
        self.run_places.extend(places)
        self.length += len(text)
        self.at += width

    def _skip_blanks(self) -> None:
        while self.at < len(self.content) and self.content[self.at] in " \t":
            self.at += 1

    def _code(self, child: Token) -> None:
        opened = self.at + len(child.markup)
        closes = self.content.find(child.markup, opened + len(child.content))
        raw = self.content[opened:closes].replace("\n", " ")
        self.at = opened + max(raw.find(child.content), 0)
        self._add(child.content, len(child.content))
        self.at = closes + len(child.markup)

    def _picture(self, child: Token) -> None:
        source = str(child.attrs.get("src", ""))
        place = self.places[min(self.at + 2, len(self.places) - 1)]
        self.pictures.append((child.content, source, place))
        self.at = _closing_bracket(self.content, self.at + 1)
        self.at += _link_tail(self.content, self.at)


def _closing_bracket(content: str, opened: int) -> int:
    depth, at = 0, opened
    while at < len(content):
        character = content[at]
        if character == "\\":
            at += 1
        elif character == "[":
            depth += 1
        elif character == "]":
            depth -= 1
            if depth == 0:
                return at
        at += 1
    return len(content)


def _link_tail(content: str, at: int) -> int:
    """Give how many characters `](address "title")` or `][name]` or `]` takes from `at`."""
    opener = content[at + 1 : at + 2]
    if opener not in {"(", "["}:
        return 1
    closer = {"(": ")", "[": "]"}[opener]
    depth, end, quote = 0, at + 1, ""
    while end < len(content):
        character = content[end]
        if character == "\\":
            end += 1
        elif quote:
            quote = "" if character == quote else quote
        elif character in "\"'" and opener == "(" and content[end - 1] in " \n\t":
            quote = character
        elif character == opener:
            depth += 1
        elif character == closer:
            depth -= 1
            if depth == 0:
                return end + 1 - at
        end += 1
    return 1


def _runs(places: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Give the starts of runs in which places go up by one, and the place of each start."""
    if places and places == list(range(places[0], places[0] + len(places))):
        return (0,), (places[0],)
    starts = [number for number, place in enumerate(places) if number == 0 or place != places[number - 1] + 1]
    return tuple(starts) or (0,), tuple(places[start] for start in starts) or (0,)
