"""What redaction takes out, what it leaves, and what it never claims. All sentences are made up."""

import random
from pathlib import Path

import pytest

from analysis.publishing.planting import measure, plant_kinds
from analysis.publishing.redaction import CAUTION, Decided, RedactedText, redact
from coprod.cli.main import main

from .simulated_answers import simulated_answers


def one(text: str) -> str:
    return redact([text])[0].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ring me on 07700 900123 after 4", "ring me on [phone] after 4"),
        ("ring +33 6 12 34 56 78", "ring [phone]"),
        ("my email is someone@example.org ok", "my email is [email] ok"),
        ("add me @made_up.name", "add me [handle]"),
        ("my snap is kay_xx99", "my snap is [handle]"),
        ("I live in CF10 1AA", "I live in [postcode]"),
        ("born 3/4/2010", "born [date]"),
        ("born on the 3rd of April 2010", "born on the [date]"),
        ("my NHS number is 943 476 5919", "my NHS number is [number]"),
        ("I am 14", "[age]"),
        ("a 13 year old girl", "a [age] girl"),
        ("I live at 12 Acacia Road near the shop", "I live at [address] near the shop"),
        ("see www.example.org/me", "see [web]"),
        ("its on discord.gg/ab12", "its on [web]"),
        ("0 7 7 0 0 9 0 0 1 2 3", "[phone]"),
        ("kay at example dot com", "[email]"),
        ("insta: zinniarose", "insta: [handle]"),
        ("my snap is broken", "my snap is broken"),
        ("im fourteen", "[age]"),
        ("im in year 9", "im in [age]"),
        ("my birthday is 21st june", "my birthday is [date]"),
        ("i live at 7b elm street", "i live at [address]"),
    ],
)
def test_patterns_are_taken_out_and_marked_by_kind(text: str, expected: str) -> None:
    assert one(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my worker Zinnia was kind", "my worker [worker] was kind"),
        ("my worker zinnia was kind", "my worker [worker] was kind"),
        ("my social worker, Zinnia, rang", "my social worker, [worker], rang"),
        ("There was a man called Brexley there", "There was a man called [name] there"),
        ("he was called brexley", "he was called [name]"),
        ("my name is zinnia", "my name is [name]"),
        ("Mrs Okonjo-Smith helped", "Mrs [name] helped"),
        ("I saw Dr Patelski on the ward", "I saw Dr [doctor] on the ward"),
        ("I told Zinnia’s mum", "I told [name]’s mum"),
        ("sarah is a legend", "[name] is a legend"),
        ("I go to Highfield Academy", "I go to [school]"),
        ("they met at Rosewood House", "they met at [place]"),
        ("i go to highfield academy", "i go to [school]"),
        ("they met at rosewood house", "they met at [place]"),
        ("i go to the brightside project", "i go to the [service]"),
        ("moved me to merthyr tydfil", "moved me to [place]"),
        ("sarahs mum and saraaah", "[name]s mum and [name]"),
        ("sarah jenkins rang", "[name] rang"),
        ("siân from camhs", "[name] from camhs"),
        ("thanks brexley for that", "thanks [name] for that"),
        ("my mate Zinnia and my mate Brexley", "my mate [friend] and my mate [friend 2]"),
        ("my worker Zinnia. I told Zinnia", "my worker [worker]. I told [worker]"),
    ],
)
def test_names_are_found_by_cue_list_and_capital(text: str, expected: str) -> None:
    assert one(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The nurse explained everything and my worker listened",
        "my worker was really kind and she rang me back",
        "CAMHS took ages. I waited on a Monday at A&E with my mum",
        "I waited 45 minutes and it was 10 out of 10",
        "My key worker helped me. She was called out late",
        "the worker gave me time",
        "WHY DID THEY NOT LISTEN TO ME",
        "I’d like Childline and the NHS to talk to each other",
        "Excellent service and the sexual health clinic was near my house",
        "thanks for everything, thanks everyone, the next bus was at the busy road",
        "i was at his mates house and at the drop in centre",
        "waited from 8pm till 1am",
    ],
)
def test_plain_sentences_are_left_alone(text: str) -> None:
    assert one(text) == text


def test_a_name_found_once_is_taken_out_everywhere_in_the_column() -> None:
    texts = ["my worker Zinnia was kind", "zinnia never judged me", "Zinnia"]
    assert [row.text for row in redact(texts)] == [
        "my worker [worker] was kind",
        "[worker] never judged me",
        "[worker]",
    ]


def test_a_word_the_column_writes_small_is_no_name() -> None:
    texts = ["I like the Garden here", "the garden is good", "a garden", "garden"]
    assert redact(texts)[0].text == texts[0]


def test_positions_point_at_what_was_taken_out_of_the_text_as_given() -> None:
    text = "💜 my worker Zinnia rang 07700 900123"
    row = redact([text])[0]
    assert [(text[part.start : part.end], part.kind) for part in row.removed] == [
        ("Zinnia", "name"),
        ("07700 900123", "phone"),
    ]


def test_the_order_of_the_texts_changes_nothing() -> None:
    texts = ["my worker Zinnia", "zinnia rang", "I saw Brexley", None, "", "ok"]
    mixed = list(enumerate(texts))
    random.Random(5).shuffle(mixed)  # noqa: S311  order only
    expected = redact(texts)
    for place, row in zip((place for place, _ in mixed), redact([text for _, text in mixed]), strict=True):
        assert row == expected[place]


def test_one_row_comes_back_for_each_text_even_when_there_is_none() -> None:
    assert [row.text for row in redact([None, "", "fine"])] == ["", "", "fine"]


def test_it_says_that_a_person_must_read() -> None:
    assert "person must read every line" in CAUTION


def test_a_redacted_text_does_not_print_itself() -> None:
    assert "fine" not in repr(redact(["fine"])[0])


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "0" * 100_000, "My worker " * 20_000, "A " * 50_000, "1-" * 50_000]
)
def test_a_very_long_text_does_not_stall(text: str) -> None:
    redact([text])


def test_what_a_person_decided_goes_before_the_rules() -> None:
    text = "my worker Zinnia knows the Brook"
    (before,) = redact([text])
    brook = text.index("Brook")
    name = (before.removed[0].start, before.removed[0].end)
    decided = Decided(stays=(name,), goes=((brook, brook + 5, "service"),))
    first, second = redact([text, f"{text} too"], {text: decided})
    assert first.text == "my worker Zinnia knows the [service]"
    assert second.text == f"{before.text} too"


def test_planted_identifiers_are_found_as_often_as_is_said() -> None:
    """Made-up identifiers in made-up answers; the same hand wrote rules and sentences, so expect less of real ones."""
    found = measure(simulated_answers(300), 480)
    assert {one.kind for one in found} == {one.kind for one in plant_kinds()}
    assert sum(one.found for one in found) / 480 >= 0.95
    assert sum(one.found_small for one in found) / sum(one.planted_small for one in found) >= 0.92
    assert all(one.found >= 0.7 * one.planted for one in found)
    assert measure(simulated_answers(300), 480) == found


def test_a_plant_that_is_not_found_counts_as_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "analysis.publishing.planting.redact", lambda texts: [RedactedText(t, ()) for t in texts]
    )
    assert all(one.found == 0 for one in measure(["fine"], 30))


def test_planting_prints_figures_and_nothing_of_the_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("said\nzebra crossing\nmy worker Zinnia\n", encoding="utf-8")
    before = file.read_bytes()
    assert main(["analysis", "redact", str(file), "--text", "said", "--plant", "200"]) == 0
    printed = capsys.readouterr().out
    assert "phone" in printed
    assert "zebra" not in printed
    assert "expect fewer" in " ".join(printed.split())
    assert file.read_bytes() == before
    assert main(["analysis", "redact", str(file), "--text", "said", "--plant", "2"]) == 2


def test_what_was_decided_is_kept_by_place_and_never_with_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / "w")]) == 0
    monkeypatch.chdir(tmp_path / "w")
    (tmp_path / "w" / "a.csv").write_text(
        "said,n\nmy worker Zinnia knows the brookside,1\nnice,2\n", encoding="utf-8"
    )
    asked = ["analysis", "redact", "a.csv", "--text", "said"]
    assert main([*asked, "--stays", "1:10:16", "--goes", "1:27:36", "--by", "Sam Rees"]) == 0
    assert "my worker Zinnia knows the [removed]" in capsys.readouterr().out
    kept = (tmp_path / "w" / "analysis" / "redactions.jsonl").read_text("utf-8")
    assert "Zinnia" not in kept
    assert "brookside" not in kept
    assert main([*asked, "--undone", "1:10:16", "--by", "Sam Rees"]) == 0
    assert "my worker [worker] knows the [removed]" in capsys.readouterr().out
    assert main([*asked, "--goes", "9:1:2", "--by", "Sam Rees"]) == 2
    assert main([*asked, "--goes", "1:1:2"]) == 3
