"""What a batch promises to the young people in it and to the analyst who opens it."""

from pathlib import Path

import polars as pl
import pytest

from analysis.inputs.batchfile import (
    SCHEMA,
    ChoiceInfo,
    QuestionInfo,
    SurveyInfo,
    batch_to_parquet,
    is_batch,
    read_batch_parquet,
    record_fits,
)
from coprod.kernel.problem import BadInputError
from coprod.kernel.record import Chosen, Declined, MainRecord, NotShown, Rated, Skipped, TextRecord, Wrote

FIRST, SECOND = "a" * 64, "b" * 64
YES_NO = (ChoiceInfo("yes", "Yes"), ChoiceInfo("no", "No"))
LISTENED = QuestionInfo("listened", "Did people listen to you?", "choose-one", YES_NO, "health")
PLACES = QuestionInfo("places", "Where have you been?", "choose-many", YES_NO)
SAFE = QuestionInfo("safe", "How safe did you feel?", "number")
MORE = QuestionInfo("more", "Anything else?", "text")
SURVEY = SurveyInfo(FIRST, "After a visit", (LISTENED, PLACES, SAFE, MORE))


def mains(count: int) -> list[MainRecord]:
    return [
        MainRecord(
            FIRST,
            {"listened": Chosen(("yes",)), "places": Skipped(), "safe": Rated(number % 11), "more": Wrote()},
        )
        for number in range(count)
    ]


def test_a_batch_gives_back_every_reply_in_the_documented_shape() -> None:
    texts = [TextRecord(FIRST, "more", "They rang me back", may_quote=True)]
    batch = read_batch_parquet(batch_to_parquet(mains(6), texts, [SURVEY], simulated=True))
    assert batch.frame.schema == SCHEMA
    assert batch.about.simulated
    assert batch.about.titles == ("After a visit",)
    main = batch.frame.filter(pl.col("record") == "main")
    assert main["response"].n_unique() == 6
    assert main.group_by("question").len()["len"].to_list() == [6, 6, 6, 6]
    written = batch.frame.filter(pl.col("record") == "text")
    assert written.select("question", "text", "may_quote").rows() == [("more", "They rang me back", True)]


def test_a_free_text_shares_no_id_with_any_other_answer() -> None:
    """An analyst with the whole batch cannot join words to who wrote them."""
    texts = [TextRecord(FIRST, "more", f"words {number}", may_quote=False) for number in range(20)]
    frame = read_batch_parquet(batch_to_parquet(mains(20), texts, [SURVEY], simulated=True)).frame
    ids = frame.group_by("record").agg(pl.col("response").unique())
    main, text = (set(ids.filter(pl.col("record") == kind)["response"][0]) for kind in ("main", "text"))
    assert len(text) == 20
    assert not main & text


def test_the_order_of_interviews_is_not_kept() -> None:
    """The order in a batch follows ids made at opening, so no one can count back to a seat in the room."""
    records = [MainRecord(FIRST, {"safe": Rated(number)}) for number in range(11)]
    orders = set()
    for _ in range(5):
        frame = read_batch_parquet(batch_to_parquet(records, [], [SURVEY], simulated=True)).frame
        assert frame["response"].is_sorted()
        orders.add(tuple(frame.filter(pl.col("question") == "safe")["number"].to_list()))
    assert len(orders) > 1


def test_there_is_no_column_for_a_clock_a_device_or_a_sequence() -> None:
    assert list(SCHEMA) == [
        "record",
        "response",
        "question",
        "reply",
        "choices",
        "number",
        "text",
        "may_quote",
    ]


def test_only_questions_with_the_same_id_and_wording_are_pooled() -> None:
    reworded = QuestionInfo("listened", "Did they listen?", "choose-one", YES_NO)
    other = SurveyInfo(SECOND, "Second visit", (reworded, PLACES))
    records = [*mains(3), MainRecord(SECOND, {"listened": Chosen(("no",)), "places": Declined()})]
    about = read_batch_parquet(batch_to_parquet(records, [], [other, SURVEY], simulated=False)).about
    listened = [pooled for pooled in about.questions if pooled.question.id == "listened"]
    assert len({pooled.key for pooled in listened}) == 2
    places = [pooled for pooled in about.questions if pooled.question.id == "places"]
    assert [pooled.questionnaires for pooled in places] == [(FIRST, SECOND)]


def test_a_question_called_sensitive_in_one_questionnaire_is_sensitive_in_the_pool() -> None:
    again = SurveyInfo(
        SECOND, "Second visit", (QuestionInfo("listened", LISTENED.wording, "choose-one", YES_NO),)
    )
    about = read_batch_parquet(batch_to_parquet(mains(1), [], [SURVEY, again], simulated=False)).about
    assert about.questions[0].question.sensitive == "health"


def test_keys_and_order_of_questions_do_not_depend_on_the_order_of_questionnaires() -> None:
    other = SurveyInfo(SECOND, "Second", (QuestionInfo("listened", "Did they listen?", "number"),))
    first = read_batch_parquet(batch_to_parquet([], [], [SURVEY, other], simulated=False)).about
    second = read_batch_parquet(batch_to_parquet([], [], [other, SURVEY], simulated=False)).about
    assert first == second


def test_a_reply_not_recorded_is_not_shown_rather_than_skipped() -> None:
    frame = read_batch_parquet(batch_to_parquet([MainRecord(FIRST, {})], [], [SURVEY], simulated=False)).frame
    assert set(frame["reply"]) == {"not-shown"}


@pytest.mark.parametrize(
    "record",
    [
        MainRecord("c" * 64, {}),
        MainRecord(FIRST, {"nobody-asked": Skipped()}),
        MainRecord(FIRST, {"listened": Chosen(("maybe",))}),
        MainRecord(FIRST, {"listened": Chosen(("yes", "no"))}),
        MainRecord(FIRST, {"listened": Chosen(())}),
        MainRecord(FIRST, {"places": Chosen(("yes", "yes"))}),
        MainRecord(FIRST, {"safe": Rated(11)}),
        MainRecord(FIRST, {"listened": Rated(1)}),
        MainRecord(FIRST, {"listened": Wrote()}),
        MainRecord(FIRST, {}, linked={"listened": "words"}),
        TextRecord(FIRST, "safe", "words", may_quote=True),
    ],
)
def test_a_forged_record_is_refused_without_repeating_what_it_says(record: MainRecord | TextRecord) -> None:
    """Anyone with the public key can seal bytes; only what the interview could have made gets in."""
    assert not record_fits(record, [SURVEY])
    given = ([record], []) if isinstance(record, MainRecord) else ([], [record])
    with pytest.raises(BadInputError) as refusal:
        batch_to_parquet(*given, [SURVEY], simulated=False)
    assert "words" not in str(refusal.value)


def test_words_are_cleaned_of_anything_that_could_steer_a_screen() -> None:
    texts = [TextRecord(FIRST, "more", "hello\x1b[2Jthere\u202e", may_quote=False)]
    frame = read_batch_parquet(batch_to_parquet([], texts, [SURVEY], simulated=False)).frame
    assert frame["text"].to_list() == ["hello[2Jthere"]


@pytest.mark.parametrize("content", [b"", b"PAR1 nonsense", b"a,b\n1,2\n"])
def test_damaged_or_foreign_bytes_are_one_clear_message(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(content)
    assert not is_batch(tmp_path / "a.parquet")
    with pytest.raises(BadInputError, match="not a batch"):
        read_batch_parquet(content)


def test_a_linked_text_stays_beside_its_reply_and_nothing_else_does() -> None:
    record = MainRecord(FIRST, {"more": Wrote(), "listened": NotShown()}, linked={"more": "a reason"})
    frame = read_batch_parquet(batch_to_parquet([record], [], [SURVEY], simulated=False)).frame
    assert frame.filter(pl.col("text").is_not_null())["question"].to_list() == ["more"]


def test_a_batch_does_not_print_its_answers() -> None:
    batch = read_batch_parquet(batch_to_parquet(mains(2), [], [SURVEY], simulated=False))
    assert "yes" not in repr(batch)
