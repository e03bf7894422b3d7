"""What goes to another program comes back the same, span by span; what comes from one cannot harm or mislead."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codes.codebook import Codebook, shipped_codebook
from analysis.codes.coding import Span
from analysis.codes.judgements import Coder, Mark
from analysis.codes.qdpx import Project, project_to_qdpx, qdpx_to_project
from analysis.codes.refi import codebook_to_qdc, qdc_to_codebook
from analysis.inputs import xmlfile, zipfiles
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean

BOOK = shipped_codebook()
DAY = date(2027, 3, 1)
SIMULATED = {
    "r1": "Aros am wythnosau: mae'n ŵyl i'r ŷd — 💜💜 wedyn dim.",
    "r2": "they said <no> & \"no\" again ]]> 'fine'\nsecond line\twith a tab",
    "r3": "👩🏽‍⚕️ was kind",
    "r4": "",
}


def project(coders: tuple[Coder, ...], texts: dict[str, str] | None = None) -> Project:
    return Project("simulated", BOOK, SIMULATED if texts is None else texts, coders, DAY)


def coder(name: str, *marks: Mark) -> Coder:
    return Coder(name, frozenset(marks), frozenset(mark.response for mark in marks))


MARKED = (
    coder("AB", Mark("r1", "waits"), Mark("r1", "gp", Span(37, 39)), Mark("r2", "information", Span(10, 14))),
    coder("CD", Mark("r1", "gp", Span(37, 39)), Mark("r3", "being-listened-to", Span(0, 4)), Mark("r3", "what-helped")),
)  # fmt: skip


def test_the_shipped_codebook_goes_out_and_comes_back_whole() -> None:
    assert qdc_to_codebook(codebook_to_qdc(BOOK), "health-care.qdc").codes == BOOK.codes


def test_answers_codes_and_every_span_come_back_the_same_emoji_and_welsh_included() -> None:
    back = qdpx_to_project(project_to_qdpx(project(MARKED)), "p.qdpx")
    assert back.texts == SIMULATED
    assert back.coders == MARKED
    assert back.codebook.codes == BOOK.codes
    assert back.left_out == ()


texts = st.text(max_size=60).map(clean)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(texts, st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=6))
def test_any_text_and_any_span_come_back(answers: list[tuple[str, int, int]]) -> None:
    said = {f"r{place}": text for place, (text, _, _) in enumerate(answers)}
    marks = []
    for place, (text, first, second) in enumerate(answers):
        start, end = sorted((min(first, len(text)), min(second, len(text))))
        if start < end and (start, end) != (0, len(text)):
            marks.append(Mark(f"r{place}", "waits", Span(start, end)))
    back = qdpx_to_project(project_to_qdpx(project((coder("AB", *marks),) if marks else (), said)), "p.qdpx")
    assert back.texts == said
    assert [one.marks for one in back.coders] == ([frozenset(marks)] if marks else [])


def test_the_same_project_is_the_same_bytes() -> None:
    assert project_to_qdpx(project(MARKED)) == project_to_qdpx(project(MARKED))


def test_every_selection_and_coding_says_who_and_when_which_other_programs_need() -> None:
    with zipfile.ZipFile(io.BytesIO(project_to_qdpx(project(MARKED)))) as archive:
        tree = xmlfile.read_xml(archive.read("project.qde"), "p")
        assert not any(archive.read(name).startswith(b"\xef\xbb\xbf") for name in archive.namelist())
    made = [one for one in tree.iter() if one.tag.endswith(("}PlainTextSelection", "}Coding", "}TextSource"))]
    assert len(made) == 4 + 6 + 6
    assert all(one.get("creationDateTime") == "2027-03-01T00:00:00Z" for one in made)
    users = {one.get("guid") for one in tree.iter() if one.tag.endswith("}User")}
    assert all(one.get("creatingUser") in users for one in made)
    guids = [one.get("guid") for one in tree.iter() if one.get("guid")]
    assert len(guids) == len(set(guids))


@pytest.mark.parametrize(
    "mark", [Mark("r9", "waits"), Mark("r1", "no-such-code"), Mark("r1", "waits", Span(0, 999))]
)
def test_a_mark_that_fits_nothing_stops_the_export(mark: Mark) -> None:
    with pytest.raises(BadInputError, match="no such answer, code or place"):
        project_to_qdpx(project((coder("AB", mark),)))


def test_a_codebook_of_another_program_is_taken_with_what_it_has() -> None:
    """Names that make no id, none or odd colours, no descriptions, small GUIDs."""
    foreign = b"""<?xml version="1.0"?><q:CodeBook xmlns:q="urn:QDA-XML:codebook:1.0" origin="Other 1.0"><q:Codes>
      <q:Code guid="a1" name="Caf\xc3\xa9 &amp; bar" isCodable="true" color="blue"><q:Code guid="a2" name="\xf0\x9f\x92\x9c" isCodable="true"/></q:Code>
      <q:Code guid="a3" name="cafe bar" isCodable="false"><q:Description>Where people eat.</q:Description></q:Code>
    </q:Codes><q:Sets/></q:CodeBook>"""
    codes = qdc_to_codebook(foreign, "other.qdc").codes
    assert [(code.id, code.under, code.kind) for code in codes] == [
        ("caf-bar", "", "code"), ("code", "caf-bar", "code"), ("cafe-bar", "", "group"),
    ]  # fmt: skip
    assert codes[2].definition == "Where people eat."
    assert "no definition" in codes[0].definition


BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><CodeBook>&c;</CodeBook>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><CodeBook>&x;</CodeBook>'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        (b'<!DOCTYPE a SYSTEM "http://x.invalid/a.dtd"><CodeBook/>', "document type"),
        (b"<a>" * 100 + b"</a>" * 100, "too deeply"),
        (b"<CodeBook", "not XML"),
        (b"", "not XML"),
        (b"\xff\xfe<", "not XML"),
        (b"<CodeBook/>", "not a codebook"),
        (b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>', "no codes"),
    ],
)
def test_xml_that_would_grow_reach_outside_or_is_none_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(BadInputError, match=told):
        qdc_to_codebook(content, "x.qdc")


def archive_of(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "/etc/evil", "sources/../../evil", "..\\evil.txt", "C:\\evil.txt", "sources/..\\..\\x"],
)
def test_a_path_that_climbs_out_of_the_archive_is_refused(name: str) -> None:
    with pytest.raises(BadInputError, match="climbs out"):
        qdpx_to_project(archive_of({"project.qde": b"<a/>", name: b"x"}), "p.qdpx")


def test_a_zip_bomb_is_stopped_while_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfiles, "LARGEST_UNPACKED", 1_000_000)
    bomb = archive_of({"project.qde": b"0" * 10_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(BadInputError, match="unpacks to over 1 MB"):
        qdpx_to_project(bomb, "p.qdpx")


def test_an_archive_of_countless_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfiles, "MOST_FILES", 3)
    with pytest.raises(BadInputError, match="over 3 files"):
        qdpx_to_project(archive_of({f"{number}.txt": b"" for number in range(4)}), "p.qdpx")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda _: b"not a zip", "not a whole zip"),
        (lambda whole: whole[: len(whole) // 2], "not a whole zip"),
        (lambda _: archive_of({"other.txt": b"x"}), "no project.qde"),
        (lambda _: archive_of({"project.qde": BOMB}), "document type"),
        (lambda _: archive_of({"project.qde": b"<Project/>"}), "not a project"),
    ],
)
def test_a_project_that_is_none_is_bad_input(spoil: Callable[[bytes], bytes], told: str) -> None:
    with pytest.raises(BadInputError, match=told):
        qdpx_to_project(spoil(project_to_qdpx(project(MARKED))), "p.qdpx")


def changed(old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(project_to_qdpx(project(MARKED)))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert old in files["project.qde"]
    files["project.qde"] = files["project.qde"].replace(old, new)
    return archive_of(files)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b'endPosition="39"', b'endPosition="3900"', "not inside its text"),
        (b'endPosition="39"', b'endPosition="-1"', "not inside its text"),
        (b'startPosition="37"', b'startPosition="many"', "not inside its text"),
        (b"<CodeRef targetGUID", b"<CodeRef target", "not in the codebook"),
    ],
)
def test_a_position_or_code_that_is_not_there_is_told_without_the_text(
    old: bytes, new: bytes, told: str
) -> None:
    with pytest.raises(BadInputError, match=told) as error:
        qdpx_to_project(changed(old, new), "p.qdpx")
    assert "wythnosau" not in str(error.value)


def test_full_names_of_coders_become_initials_none_twice() -> None:
    content = changed(b'name="AB" id="AB"', b'name="Cerys Davies" id="1"')
    assert [one.name for one in qdpx_to_project(content, "p.qdpx").coders] == ["CD", "CDA"]


def test_a_project_of_five_hundred_answers_is_quick_to_write_and_read() -> None:
    said = {f"r{number}": f"simulated answer {number} 💜 about waiting" for number in range(500)}
    marks = [Mark(f"r{number}", "waits", Span(10, 16)) for number in range(500)]
    back = qdpx_to_project(project_to_qdpx(project((coder("AB", *marks),), said)), "p.qdpx")
    assert back.coders[0].marks == set(marks)


def test_no_answer_is_in_a_representation() -> None:
    whole = project(MARKED)
    assert "kind" not in repr(whole) + repr(qdpx_to_project(project_to_qdpx(whole), "p"))


def test_a_codebook_alone_needs_no_answers() -> None:
    book: Codebook = qdpx_to_project(project_to_qdpx(project((), {})), "p.qdpx").codebook
    assert book.codes == BOOK.codes
