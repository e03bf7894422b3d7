"""Every reader of a report finds what concerns them, and nobody can take out who is missing."""

import re
from pathlib import Path

import pytest

from analysis.codes.codebook import shipped_codebook
from analysis.reports.audiences import concerns, load_audiences, shipped_audiences
from analysis.reports.involvement import (
    NOT_WRITTEN,
    STARTED,
    Done,
    Involvement,
    KnownLocally,
    involvement_statement,
    known_words,
    load_involvement,
)
from analysis.reports.missing import NOT_TYPED, NOTHING_KNOWN, missing_blocks
from analysis.reports.parts import Attended
from coprod.kernel.document import Heading, Paragraph, Table, text_of
from coprod.kernel.problem import BadInputError

SERIES = {
    "health-commissioners", "health-staff", "police", "police-commissioners", "social-workers",
    "childrens-commissioners", "schools", "multi-agency",
}  # fmt: skip
LIBRARY = Path(__file__).parents[2] / "surveys" / "library"


def paragraphs(*sessions: Attended) -> str:
    blocks = missing_blocks("about 35", sessions, ())
    return " ".join(text_of(block.inline) for block in blocks if isinstance(block, Paragraph))


def test_every_audience_of_the_briefing_series_is_there() -> None:
    assert {one.id for one in shipped_audiences().audiences} == SERIES
    assert [one.id for one in shipped_audiences().audiences if one.briefing == "held"] == [
        "health-commissioners"
    ]


@pytest.mark.parametrize("audience", shipped_audiences().audiences, ids=lambda one: one.id)
def test_what_concerns_an_audience_is_asked_somewhere_and_coded_somewhere(audience) -> None:  # type: ignore[no-untyped-def]
    asked = {
        name
        for path in LIBRARY.glob("*.yaml")
        for name in re.findall(r"^  id: (\S+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert set(audience.questions) <= asked
    assert set(audience.codes) <= {code.id for code in shipped_codebook().codes}
    assert audience.take_with_you


def test_a_question_asked_in_two_wordings_still_concerns_who_it_concerned() -> None:
    assert concerns("wait", ("wait",))
    assert concerns("wait-0a1b2c", ("wait",))
    assert not concerns("wait-length", ("wait",))


def test_an_audience_that_stands_twice_is_named_with_its_line(tmp_path: Path) -> None:
    one = "- {id: police, name: police, messages: [{statement: briefing-2017/peers}]}\n"
    path = tmp_path / "audiences.yaml"
    path.write_text(f"format: 1\naudiences:\n{one}{one}", "utf-8")
    with pytest.raises(BadInputError, match=r"audiences.yaml:4:\d+: `police` stands twice"):
        load_audiences(path)


def test_who_is_missing_is_said_in_words_drawn_from_rounded_numbers_only() -> None:
    assert "most came" in paragraphs(
        Attended("a", "about 30", "about 25"), Attended("b", "about 25", "about 20")
    )
    assert "about half came" in paragraphs(Attended("a", "about 40", "about 20"))
    assert "Too few were invited" in paragraphs(Attended("a", "fewer than 10", "fewer than 10"))
    assert "cannot say who is missing" in paragraphs(Attended("a", NOT_TYPED, NOT_TYPED))
    assert NOTHING_KNOWN in paragraphs()


def test_a_number_known_locally_never_points_at_a_few() -> None:
    known = (
        KnownLocally("Boys and young men", "Service return", 3, "few"),
        KnownLocally("All of them", "Service return", 118),
    )
    shown = known_words(Involvement(known_locally=known))
    assert [one.known for one in shown] == ["fewer than 10", "about 120"]
    blocks = list(missing_blocks("about 35", (), shown))
    assert isinstance(blocks[0], Heading)
    assert any(isinstance(block, Table) and "locally" in block.caption for block in blocks)


def test_the_statement_of_involvement_has_its_five_items_and_says_what_nobody_wrote() -> None:
    items = involvement_statement(Involvement(), Done())
    assert len(items) == 5
    assert NOT_WRITTEN in items[0].said
    filled = involvement_statement(Involvement(aim="To hear."), Done(methods=("They answered.",)))
    assert filled[0].said == ("To hear.",)
    assert filled[1].said == ("They answered.",)


def test_the_file_to_fill_in_is_sound_as_it_is_given(tmp_path: Path) -> None:
    path = tmp_path / "involvement.yaml"
    path.write_text(STARTED, "utf-8")
    assert load_involvement(path) == Involvement()


def test_who_was_left_out_is_said_even_where_nobody_counted_who_was_invited() -> None:
    sessions = (Attended("autumn", NOT_TYPED, NOT_TYPED, ("fewer than 10: no interpreter",)),)
    table = next(one for one in missing_blocks("about 35", sessions, ()) if isinstance(one, Table))
    assert table.rows == (("autumn", NOT_TYPED, NOT_TYPED, "fewer than 10: no interpreter"),)
