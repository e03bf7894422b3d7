"""REFI-QDA, the exchange format of programs for qualitative analysis: codebooks (.qdc) written and read.

Source: QDA-XML 1.0 (www.qdasoftware.org, 18 March 2019). GUIDs are worked out from ids, so that the same codebook is
the same bytes every time. Names are unique in the whole tree, which QualCoder needs and our codebooks promise.
"""

import re
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.codes.codebook import NO_CODE, Code, Codebook, sound
from analysis.inputs.xmlfile import FOREIGN, read_xml
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean, clean_line

CODEBOOK_SPACE = "urn:QDA-XML:codebook:1.0"
PROJECT_SPACE = "urn:QDA-XML:project:1.0"
ORIGIN = "coprod"
GREY = "#888888"
LONGEST_ID = 60
LONGEST_NAME = 120
LONGEST_TEXT = 2000
NO_DEFINITION = "(no definition came with it)"
LINES = (("Id: ", "id"), ("Use it for: ", "include"), ("Not for: ", "exclude"),
         ("Simulated example: ", "simulated_examples"), ("Memo: ", "memo"))  # fmt: skip


def codebook_to_qdc(codebook: Codebook) -> bytes:
    """Give a codebook as the bytes of a .qdc file."""
    root = ET.Element("CodeBook", {"xmlns": CODEBOOK_SPACE, "origin": ORIGIN})
    add_codes(root, codebook)
    return xml_bytes(root)


def qdc_to_codebook(content: bytes, path: Path | str) -> Codebook:
    """Give the codebook in the bytes of a .qdc file, of coprod or another program.

    Raises BadInputError for what is not a codebook of REFI-QDA 1.0 or does not hold together.
    """
    root = read_xml(content, path)
    if root.tag != f"{{{CODEBOOK_SPACE}}}CodeBook":
        raise BadInputError.of(path, "this is not a codebook of REFI-QDA 1.0", "export a .qdc codebook")
    return read_codes(root, CODEBOOK_SPACE, path)[0]


def add_codes(parent: ET.Element, codebook: Codebook) -> None:
    """Add the element `Codes` with every code under the one it belongs under."""
    codes = ET.SubElement(parent, "Codes")
    _add_below(codes, codebook, NO_CODE)


def read_codes(root: ET.Element, space: str, path: Path | str) -> tuple[Codebook, dict[str, str]]:
    """Give the codebook below an element, and the id of each code by its GUID."""
    found: list[Code] = []
    ids: dict[str, str] = {}
    top = root.find(f"{{{space}}}Codes")
    if top is None or not len(top):
        raise BadInputError.of(path, "there are no codes in this file", FOREIGN)
    for element, under in _walk(top, space, NO_CODE, ids):
        guid = element.get("guid", "").upper()
        code = _code(element, space, under, ids[guid])
        found.append(code)
    book = Codebook(
        1, _stem(path), f"read from {clean_line(root.get('origin', 'another program'))}", tuple(found)
    )
    return sound(book, str(path)), ids  # fmt: skip


def guid_of(kind: str, *names: str) -> str:
    """Give the GUID of something by its kind and names, the same every time."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(("coprod", kind, *names)))).upper()


def code_guid(codebook: Codebook, code: str) -> str:
    """Give the GUID of a code."""
    return guid_of("code", codebook.codebook, code)


def xml_bytes(root: ET.Element) -> bytes:
    """Give XML in UTF-8 without a byte-order mark, indented."""
    ET.indent(root)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _add_below(parent: ET.Element, codebook: Codebook, under: str) -> None:
    for code in codebook.codes:
        if code.under == under:
            element = ET.SubElement(
                parent,
                "Code",
                {
                    "guid": code_guid(codebook, code.id),
                    "name": code.name,
                    "isCodable": "false" if code.kind == "group" else "true",
                    "color": code.colour,
                },
            )
            ET.SubElement(element, "Description").text = _description(code)
            _add_below(element, codebook, code.id)


def _description(code: Code) -> str:
    """Give everything a code says as lines that other programs show and coprod reads back."""
    lines = [code.definition]
    for label, field in LINES:
        value = getattr(code, field)
        lines += [label + one for one in (value if isinstance(value, tuple) else (value,)) if one]
    return "\n".join(lines)


def _walk(
    parent: ET.Element, space: str, under: str, ids: dict[str, str]
) -> Iterator[tuple[ET.Element, str]]:
    for element in parent.findall(f"{{{space}}}Code"):
        guid = element.get("guid", "").upper()
        ids[guid] = _id_for(element, space, ids)
        yield element, under
        yield from _walk(element, space, ids[guid], ids)


def _id_for(element: ET.Element, space: str, ids: dict[str, str]) -> str:
    """Give a code's own id where coprod wrote one, or else one from its name that no other code has."""
    own = next((line[4:] for line in _lines(element, space) if line.startswith("Id: ")), "")
    plain = re.sub(r"[^a-z0-9]+", "-", (own or clean_line(element.get("name", ""))).lower()).strip("-")
    stem = (plain if plain[:1].isalpha() else f"code-{plain}".strip("-"))[: LONGEST_ID - 4]
    taken = set(ids.values())
    return next(
        name for name in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if name not in taken
    )


def _code(element: ET.Element, space: str, under: str, code_id: str) -> Code:
    said: dict[str, list[str]] = {field: [] for _, field in LINES}
    definition: list[str] = []
    for line in _lines(element, space):
        label, field = next(((label, field) for label, field in LINES if line.startswith(label)), ("", ""))
        (said[field] if field else definition).append(line.removeprefix(label)[:LONGEST_TEXT])
    colour = element.get("color", GREY)
    return Code(
        code_id,
        clean_line(element.get("name", ""))[:LONGEST_NAME] or code_id,
        "\n".join(definition)[:LONGEST_TEXT] or NO_DEFINITION,
        tuple(said["include"]),
        tuple(said["exclude"]),
        tuple(said["simulated_examples"]),
        colour if re.fullmatch("#[0-9a-fA-F]{6}", colour) else GREY,
        under,
        "group" if element.get("isCodable", "true").lower() in {"false", "0"} else "code",
        " ".join(said["memo"]),
    )


def _lines(element: ET.Element, space: str) -> Sequence[str]:
    described = element.find(f"{{{space}}}Description")
    text = clean((described.text if described is not None else "") or "")
    return [line.strip() for line in text.split("\n") if line.strip()]


def _stem(path: Path | str) -> str:
    return clean_line(Path(path).stem) or "codebook"
