"""REFI-QDA projects (.qdpx): answers with everybody's codes on them, for other programs, and theirs for us.

A .qdpx holds what young people wrote. Whoever calls `project_to_qdpx` has passed `analysis.publishing.raw`.
Each answer is a text of its own, named by its response id. A code on a whole answer is a selection of all of it.
Positions count code points from 0, end exclusive, as QualCoder reads them. What a machine suggested is not in it.
Attributes are variables, and each answer with them a case.
"""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from analysis.codes.attributes import Attribute
from analysis.codes.codebook import Codebook
from analysis.codes.coding import Span
from analysis.codes.judgements import Coder, Mark
from analysis.codes.refi import (
    ORIGIN,
    PROJECT_SPACE,
    add_codes,
    code_guid,
    guid_of,
    read_codes,
    xml_bytes,
)
from analysis.inputs.xmlfile import FOREIGN, read_xml
from analysis.inputs.zipfiles import unpacked
from coprod.kernel.files import decoded
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.text import clean, clean_line

PROJECT_FILE = "project.qde"
INTERNAL = "internal://"
EPOCH = (1980, 1, 1, 0, 0, 0)
INITIALS = 4
MOST_PROBLEMS = 20


class Project(Struct, frozen=True):
    """Answers by response id, the codebook, and each coder's marks. `on` is the day it was put together.

    Every mark carries that day: which day each was made stays in the coders' own files.
    """

    name: str
    codebook: Codebook
    texts: Mapping[str, str]
    coders: tuple[Coder, ...]
    on: date
    attributes: tuple[Attribute, ...] = ()

    def __repr__(self) -> str:
        """Give the sizes only: a representation may land in a log, and answers may not."""
        return f"Project({len(self.texts)} answers, {len(self.coders)} coders)"


class ReadProject(Struct, frozen=True):
    """A project from another program: as `Project`, and what was left out of it, in words."""

    codebook: Codebook
    texts: Mapping[str, str]
    coders: tuple[Coder, ...]
    left_out: tuple[str, ...]

    def __repr__(self) -> str:
        """Give the sizes only."""
        return f"ReadProject({len(self.texts)} answers, {len(self.coders)} coders)"


def project_to_qdpx(project: Project) -> bytes:
    """Give the bytes of a .qdpx file; the same project gives the same bytes.

    Raises BadInputError for a mark on an answer that is not there, outside its answer, or of a code that is not there.
    """
    _refuse_misplaced(project)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, PROJECT_FILE, xml_bytes(_tree(project)))
        for response, text in project.texts.items():
            _put(archive, f"sources/{_text_guid(project, response)}.txt", text.encode())
    return target.getvalue()


def qdpx_to_project(content: bytes, path: Path | str) -> ReadProject:
    """Give what coprod can use of the bytes of a .qdpx file: texts, codes, and who marked what.

    Coders' names become initials. Pictures, recordings and PDF files are left out and counted.
    Raises BadInputError for an archive that is unsafe or damaged, and for positions outside a text.
    """
    files = unpacked(content, path)
    if PROJECT_FILE not in files:
        raise BadInputError.of(path, f"there is no {PROJECT_FILE} in this archive", "give a .qdpx project")
    root = read_xml(files[PROJECT_FILE], f"{path}/{PROJECT_FILE}")
    book_element = root.find(_tag("CodeBook"))
    if root.tag != _tag("Project") or book_element is None:
        raise BadInputError.of(path, "this is not a project of REFI-QDA 1.0 with a codebook", FOREIGN)
    codebook, ids = read_codes(book_element, PROJECT_SPACE, path)
    sources = root.find(_tag("Sources"))
    reading = _Reading(str(path), files, ids, _initials(root))
    for source in sources if sources is not None else ():
        reading.take(source)
    if reading.problems:
        raise BadInputError(*reading.problems[:MOST_PROBLEMS])
    variables = len(root.findall(f"{_tag('Variables')}/{_tag('Variable')}"))
    apart = (f"{variables} attributes of the answers",) if variables else ()
    return ReadProject(codebook, reading.texts, reading.coders(), (*reading.left_out(), *apart))


def _refuse_misplaced(project: Project) -> None:
    codes = {code.id for code in project.codebook.codes}
    for coder in project.coders:
        for mark in coder.marks:
            text = project.texts.get(mark.response)
            if text is None or mark.code not in codes or (mark.span and mark.span.end > len(text)):
                raise BadInputError.of(
                    project.name,
                    f"{coder.name} coded `{mark.code}` in {mark.response}, where no such answer, code or place is",
                    "give the data and the codebook that were coded",
                )


def _tree(project: Project) -> ET.Element:
    day = f"{project.on.isoformat()}T00:00:00Z"
    names = [coder.name for coder in project.coders] or [ORIGIN]
    users = {name: guid_of("user", name) for name in names}
    root = ET.Element(
        "Project",
        {
            "xmlns": PROJECT_SPACE,
            "name": project.name,
            "origin": ORIGIN,
            "creatingUserGUID": users[names[0]],
            "creationDateTime": day,
        },
    )
    listed = ET.SubElement(root, "Users")
    for name, guid in users.items():
        ET.SubElement(listed, "User", {"guid": guid, "name": name, "id": name})
    add_codes(ET.SubElement(root, "CodeBook"), project.codebook)
    if project.texts and project.attributes:
        _add_cases(root, project)
    if project.texts:
        _add_sources(ET.SubElement(root, "Sources"), project, users, day)
    if project.codebook.memo:
        ET.SubElement(root, "Description").text = project.codebook.memo
    return root


def _add_cases(root: ET.Element, project: Project) -> None:
    """Add each attribute as a variable and each answer as a case; what is not known of a case has no value."""
    variables = ET.SubElement(root, "Variables")
    for one in project.attributes:
        kind = "Integer" if one.whole else "Text"
        named = {"guid": _variable_guid(project, one), "name": one.name, "typeOfVariable": kind}
        ET.SubElement(variables, "Variable", named)
    cases = ET.SubElement(root, "Cases")
    for response in project.texts:
        case = ET.SubElement(cases, "Case", {"guid": guid_of("case", project.name, response), "name": response})  # fmt: skip
        for one in project.attributes:
            if response in one.values:
                value = ET.SubElement(case, "VariableValue")
                ET.SubElement(value, "VariableRef", {"targetGUID": _variable_guid(project, one)})
                ET.SubElement(value, "IntegerValue" if one.whole else "TextValue").text = str(one.values[response])  # fmt: skip
        ET.SubElement(case, "SourceRef", {"targetGUID": _text_guid(project, response)})


def _add_sources(parent: ET.Element, project: Project, users: Mapping[str, str], day: str) -> None:
    marks: dict[str, dict[tuple[str, Span | None], list[str]]] = {}
    for coder in project.coders:
        for mark in coder.marks:
            marks.setdefault(mark.response, {}).setdefault((coder.name, mark.span), []).append(mark.code)
    for response, text in project.texts.items():
        guid = _text_guid(project, response)
        made = {"creatingUser": next(iter(users.values())), "creationDateTime": day}
        path = {"guid": guid, "name": response, "plainTextPath": f"{INTERNAL}{guid}.txt"}
        source = ET.SubElement(parent, "TextSource", {**path, **made})
        here = marks.get(response, {})
        for name, span in sorted(here, key=lambda key: (key[1] or Span(0, len(text)), key[0])):
            start, end = (span.start, span.end) if span else (0, len(text))
            place = (guid, name, str(start), str(end), "" if span else "whole")
            by = {"creatingUser": users[name], "creationDateTime": day}
            selection = ET.SubElement(source, "PlainTextSelection", {
                "guid": guid_of("selection", *place), "name": f"{response} {start}-{end}",
                "startPosition": str(start), "endPosition": str(end), **by,
            })  # fmt: skip
            for code in sorted(here[name, span]):
                coding = ET.SubElement(selection, "Coding", {"guid": guid_of("coding", *place, code), **by})
                ET.SubElement(coding, "CodeRef", {"targetGUID": code_guid(project.codebook, code)})


def _text_guid(project: Project, response: str) -> str:
    return guid_of("text", project.name, response)


def _variable_guid(project: Project, attribute: Attribute) -> str:
    return guid_of("variable", project.name, attribute.name)


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def _tag(name: str) -> str:
    return f"{{{PROJECT_SPACE}}}{name}"


def _initials(root: ET.Element) -> dict[str, str]:
    """Give initials for each user's GUID, none twice."""
    given: dict[str, str] = {}
    for user in root.iterfind(f"{_tag('Users')}/{_tag('User')}"):
        words = re.findall(r"[A-Za-z]+", user.get("name", ""))
        short = words[0].upper() if len(words) == 1 and words[0].isupper() else "".join(word[0] for word in words).upper()  # fmt: skip
        given[user.get("guid", "").upper()] = _unused(short[:INITIALS] or "X", given.values())
    return given


def _unused(short: str, taken: Iterable[str]) -> str:
    """Give initials nobody has yet, by a letter more where somebody has."""
    used = set(taken)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    tries = (short, *(f"{short[: INITIALS - 1]}{letter}" for letter in letters),
             *(f"{one}{two}{three}" for one in letters for two in letters for three in letters))  # fmt: skip
    return next(one for one in tries if one not in used)


class _Reading:
    """Collects what can be used of a project's sources, and what is wrong with it."""

    def __init__(
        self, path: str, files: Mapping[str, bytes], ids: Mapping[str, str], initials: Mapping[str, str]
    ) -> None:
        self.path, self.files, self.ids, self.initials = path, files, ids, initials
        self.texts: dict[str, str] = {}
        self.marks: dict[str, set[Mark]] = {}
        self.problems: list[Problem] = []
        self.skipped = 0

    def take(self, source: ET.Element) -> None:
        """Take a text with what is marked in it; count anything else."""
        written = self._text(source) if source.tag == _tag("TextSource") else None
        if written is None:
            self.skipped += 1
            return
        response = self._response(source)
        self.texts[response] = clean(written)
        if self.texts[response] != written:
            self._complain(
                response, "holds characters coprod takes out, so positions after them would be wrong"
            )
            return
        for selection in source.iterfind(_tag("PlainTextSelection")):
            self._take_codings(selection, response, self._span(selection, response))
        self._take_codings(source, response, None)

    def coders(self) -> tuple[Coder, ...]:
        """Give each coder with what they marked; an answer with a mark counts as judged."""
        return tuple(
            Coder(name, frozenset(marks), frozenset(mark.response for mark in marks))
            for name, marks in sorted(self.marks.items())
        )

    def left_out(self) -> tuple[str, ...]:
        """Say what was not taken."""
        return (f"{self.skipped} sources that are not plain text",) if self.skipped else ()

    def _text(self, source: ET.Element) -> str | None:
        inside = source.find(_tag("PlainTextContent"))
        if inside is not None:
            return inside.text or ""
        name = source.get("plainTextPath", "").removeprefix(INTERNAL)
        raw = next((self.files[at] for at in (f"sources/{name}", f"Sources/{name}", name) if at in self.files), None)  # fmt: skip
        if raw is None:
            return None
        return decoded(raw.removeprefix(b"\xef\xbb\xbf"), f"{self.path}/{name}").replace("\r\n", "\n")

    def _response(self, source: ET.Element) -> str:
        """Give a response id: the source's own name where it can be one, else a number."""
        name = source.get("name", "")
        if re.fullmatch("[a-z0-9-]{1,64}", name) and name not in self.texts:
            return name
        return next(one for one in (f"text-{number}" for number in range(len(self.texts) + 1, 10**9)) if one not in self.texts)  # fmt: skip

    def _span(self, selection: ET.Element, response: str) -> Span | None:
        """Give a selection's place, or None when it is the whole answer."""
        length = len(self.texts[response])
        start, end = (_whole(selection.get(name, "")) for name in ("startPosition", "endPosition"))
        if not 0 <= start < end <= length:
            self._complain(response, "has a selection that is not inside its text")
            return None
        return None if (start, end) == (0, length) else Span(start, end)

    def _take_codings(self, parent: ET.Element, response: str, span: Span | None) -> None:
        for coding in parent.iterfind(_tag("Coding")):
            target = coding.find(_tag("CodeRef"))
            code = self.ids.get((target.get("targetGUID", "") if target is not None else "").upper())
            if code is None:
                self._complain(response, "has a coding whose code is not in the codebook")
                continue
            user = (coding.get("creatingUser") or parent.get("creatingUser") or "").upper()
            self.marks.setdefault(self.initials.get(user, "X"), set()).add(Mark(response, code, span))

    def _complain(self, response: str, what: str) -> None:
        self.problems.append(Problem(self.path, 1, 1, f"{clean_line(response)} {what}", FOREIGN))


def _whole(number: str) -> int:
    return int(number) if re.fullmatch(r"\d{1,12}", number) else -1
