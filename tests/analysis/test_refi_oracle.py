"""What we write is read the same by somebody else's reader: the package pyrefiqda, which knows the published schema.

QualCoder's own importer is not among the tests: it is not on PyPI and needs a screen library. It was run by hand on files
laid out like ours before this was written, not on this module's output.
"""

import warnings
from pathlib import Path
from typing import Any

import pytest

from analysis.codes.coding import Span
from analysis.codes.qdpx import project_to_qdpx
from analysis.codes.refi import codebook_to_qdc

from .test_refi import BOOK, MARKED, SIMULATED, project

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    pyrefiqda = pytest.importorskip("pyrefiqda")


@pytest.fixture
def read(tmp_path: Path) -> Any:
    (tmp_path / "p.qdpx").write_bytes(project_to_qdpx(project(MARKED)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pyrefiqda.RefiProject.load(tmp_path / "p.qdpx", str(tmp_path / "unpacked"))


def plain_guid(guid: Any) -> str:
    return str(getattr(guid, "value", guid)).upper()


def all_codes(codes: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for code in codes:
        found[plain_guid(code.guid)] = code.name
        found |= all_codes(code.code)
    return found


def test_another_reader_finds_every_span_on_the_same_words_with_the_same_code_and_coder(
    read: Any, tmp_path: Path
) -> None:
    names = all_codes(read.code_book.codes.code)
    users = {plain_guid(user.guid): user.name for user in read.users.user}
    found = set()
    for source in read.sources.text_source:
        file = tmp_path / "unpacked" / "sources" / source.plain_text_path.removeprefix("internal://")
        text = file.read_bytes().decode("utf-8")
        assert text == SIMULATED[source.name]
        for selection in source.plain_text_selection:
            words = text[selection.start_position : selection.end_position]
            for coding in selection.coding:
                code = names[plain_guid(coding.code_ref.target_guid)]
                found.add((source.name, words, code, users[plain_guid(coding.creating_user)]))
    ids = {code.id: code.name for code in BOOK.codes}
    expected = set()
    for coder in MARKED:
        for mark in coder.marks:
            text = SIMULATED[mark.response]
            span = mark.span or Span(0, len(text))
            expected.add((mark.response, text[span.start : span.end], ids[mark.code], coder.name))
    assert found == expected
    assert any("💜" in words for _, words, _, _ in found)
    assert any("ŵ" in words for _, words, _, _ in found)


def test_another_reader_finds_the_whole_codebook(tmp_path: Path) -> None:
    (tmp_path / "b.qdc").write_bytes(codebook_to_qdc(BOOK))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = pyrefiqda.RefiCodebook.load(tmp_path / "b.qdc")
    assert sorted(all_codes(book.codes.code).values()) == sorted(code.name for code in BOOK.codes)
