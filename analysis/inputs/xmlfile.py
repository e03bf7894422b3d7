"""XML from other programs, read into a tree without a chance to grow, to nest without end or to reach outside."""

import xml.etree.ElementTree as ET
from pathlib import Path
from xml.parsers import expat

from coprod.kernel.problem import BadInputError, Problem

DEEPEST = 60
MOST_ELEMENTS = 3_000_000
FOREIGN = "export it again from the program it came from"


def read_xml(content: bytes, path: Path | str) -> ET.Element:
    """Give the root of XML bytes, its tags written `{namespace}name`.

    Raises BadInputError for what is not XML, for a document type or entity declaration (the ways to blow a small
    file up or to read another one), for more than 60 levels, and for more than 3 million elements.
    """
    reader = _Reader(str(path))
    try:
        reader.parser.Parse(content, True)  # noqa: FBT003  expat takes no keyword
    except expat.ExpatError as error:
        what = f"this is not XML: {expat.ErrorString(error.code)}"
        raise BadInputError(Problem(str(path), error.lineno, error.offset + 1, what, FOREIGN)) from None
    return reader.builder.close()


class _Reader:
    """Builds the tree as the parser meets each part, and counts."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.builder = ET.TreeBuilder()
        self.depth = self.elements = 0
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._declared
        self.parser.EntityDeclHandler = self._declared
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.builder.data

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST or self.elements > MOST_ELEMENTS:
            self._refuse("this nests too deeply or holds too much to be a codebook or project")
        self.builder.start(f"{{{tag}" if "}" in tag else tag, attributes)

    def _end(self, tag: str) -> None:
        self.depth -= 1
        self.builder.end(f"{{{tag}" if "}" in tag else tag)

    def _declared(self, *_: object) -> None:
        self._refuse("this declares a document type or an entity, which no codebook or project needs")

    def _refuse(self, what: str) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        raise BadInputError(Problem(self.path, line, column, what, FOREIGN))
