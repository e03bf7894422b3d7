"""A codebook goes to Taguette and comes back, codes under codes."""

import pytest

from analysis.codes.codebook import shipped_codebook
from analysis.codes.matrix import taguette_csv
from analysis.codes.taguette import taguette_codebook
from coprod.kernel.problem import BadInputError


def test_what_went_to_taguette_comes_back_under_the_same_codes() -> None:
    book, back = shipped_codebook(), taguette_codebook(taguette_csv(shipped_codebook()), "book.csv")
    names = {code.id: code.name for code in book.codes} | {"": ""}
    back_names = {code.id: code.name for code in back.codes} | {"": ""}
    assert {(code.name, names[code.under]) for code in book.codes} == {
        (code.name, back_names[code.under]) for code in back.codes
    }


def test_tags_without_paths_or_descriptions_are_taken() -> None:
    book = taguette_codebook("tag\nŵyl 💜\nWaits\n".encode(), "tags.csv")
    assert [code.name for code in book.codes] == ["ŵyl 💜", "Waits"]


@pytest.mark.parametrize(
    "content", [b"", b"code,colour\na,b\n", b"tag\n", b"tag\nWaits\nWAITS\n", b"\xff\xfe"]
)
def test_what_is_no_codebook_is_told(content: bytes) -> None:
    with pytest.raises(BadInputError):
        taguette_codebook(content, "x.csv")
