"""Other people's exports: recognised, brought together with the questionnaire, and without who anybody is."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import polars as pl
import pyreadstat
import pytest

from analysis.inputs.answers import answers_to, counts_of
from analysis.inputs.columns import Column, Keep
from analysis.inputs.identifying import holds_by_content, holds_by_header
from analysis.inputs.mapping import NOT_A_CHOICE, picked_in
from analysis.inputs.responses import Responses, counted_ahead, read_responses
from coprod.cli.main import main
from coprod.journeys.understanding.bringing_in import asked_questionnaire
from coprod.kernel.problem import BadInputError, RefusedError
from surveys.questionnaires.questionnaire import parse_questionnaire

QUESTIONNAIRE = """format: 1
survey: after-a-visit
title: {en: After your visit, cy: Ar ôl dy ymweliad}
made_by: {en: a youth panel}
purpose: {en: To hear how your visit was}
minutes: 5
ages: [11-15, 16-25]
pages:
- ask: {en: Did people listen to you?, cy: A wnaeth pobl wrando arnat?}
  id: listened
  kind: frequency
  sensitive: health
  sensitive_because: it is about care
- ask: {en: Where did you go?, cy: Ble est ti?}
  id: places
  kind: choose-many
  choices:
  - {id: camhs, label: {en: "CAMHS, or a counsellor", cy: CAMHS}}
  - {id: gp, label: {en: Doctor, cy: Meddyg}}
  - {id: ae, label: {en: A&E, cy: Uned frys}}
- ask: {en: How was it overall?}
  id: overall
  kind: number
  low: {en: bad}
  high: {en: good}
- ask: {en: Anything else?}
  id: more
  kind: text
"""
ASKED = (asked_questionnaire(parse_questionnaire(QUESTIONNAIRE, "q.yaml"), "q.yaml", certain=True),)
PLACES = ("camhs", "gp", "ae")
LABELS = ("CAMHS, or a counsellor", "Doctor", "A&E")
ROWS = 24


def table(path: Path, rows: Sequence[Mapping[str, object]], separator: str = ",") -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
    return path


def counts(responses: Responses, question: str) -> dict[str, int]:
    return {count.value: count.number for count in counts_of(answers_to(responses, question)) if count.number}


def taken(responses: Responses, name: str) -> Column:
    return next(one for one in responses.columns if name in (one.name, *one.headers))


def kobo(path: Path) -> Path:
    rows = []
    for row in range(ROWS):
        chosen = PLACES[: row % 4]
        flags = {f"visit/places/{name}": int(name in chosen) if chosen else "" for name in PLACES}
        rows.append(
            {
                "start": "2026-11-01T10:00:00.000+00:00", "deviceid": f"collect:{row:06}",
                "visit/listened": ("never", "always", "")[row % 3], "visit/places": " ".join(chosen), **flags,
                "visit/overall": row % 11, "visit/more": f"Simulated words {row}, and more",
                "how_to_reach_me": f"young{row}@example.org", "age_band": ("11-15", "16-25")[row % 2],
                "_id": 1000 + row, "_uuid": f"6e0{row:05x}-aaaa-bbbb-cccc-0123456789ab",
                "_submission_time": "2026-11-01T10:06:00", "_index": row + 1,
            }
        )  # fmt: skip
    return table(path, rows, ";")


def odk(path: Path) -> Path:
    rows = [
        {
            "SubmissionDate": "2026-11-01T10:06:00.000Z", "visit-listened": ("never", "always")[row % 2],
            "visit-places": " ".join(PLACES[: row % 4]), "meta-instanceID": f"uuid:6e0{row:05x}-aaaa-bbbb-cccc-0123456789ab",
            "KEY": f"uuid:6e0{row:05x}-aaaa-bbbb-cccc-0123456789ab", "SubmitterName": "worker", "DeviceID": f"d{row}",
        }
        for row in range(ROWS)
    ]  # fmt: skip
    return table(path, rows)


def limesurvey(path: Path, *, codes: bool) -> Path:
    question = (
        ("listened", "places[{}]", "more")
        if codes
        else ("Did people listen to you?", "Where did you go? [{}]", "Anything else?")
    )
    meta = (
        ("id", "submitdate", "lastpage", "startlanguage", "token", "ipaddr")
        if codes
        else ("Response ID", "Date submitted", "Last page", "Start language", "Access code", "IP address")
    )
    rows = []
    for row in range(ROWS):
        values = (row + 1, "2026-11-01 10:11:12", 3, "en", f"t{row}x", "192.0.2.7")
        names = PLACES if codes else LABELS
        flags = {
            question[1].format(name): "Yes" if place < row % 4 else "No" for place, name in enumerate(names)
        }
        rows.append(
            {
                **dict(zip(meta, values, strict=True)),
                question[0]: ("Never", "Always")[row % 2],
                **flags,
                question[2]: f"Simulated words {row}",
            }
        )
    return table(path, rows)


def microsoft(path: Path) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(
        [
            "ID",
            "Start time",
            "Completion time",
            "Email",
            "Name",
            "Did people listen to you?",
            "Ble est ti?",
            "Anything else?",
        ]
    )
    for row in range(ROWS):
        chosen = "".join(f"{label};" for label in LABELS[: row % 4])
        page.append(
            [
                row + 1,
                "2026-01-01 10:00:00",
                "2026-01-01 10:05:00",
                "anonymous",
                None,
                ("Never", "Always")[row % 2],
                chosen,
                f"Simulated words {row}",
            ]
        )
    book.save(path)
    return path


def google(path: Path) -> Path:
    rows = [
        {
            "Timestamp": f"2026/11/{row + 1:02} 10:11:12 am GMT", "Username": f"a{row}@example.org",
            "Did people listen to you?": ("Never", "Always")[row % 2],
            "Where did you go?": ", ".join(LABELS[: row % 4]), "Anything else?": f"Simulated, and said {row}",
        }
        for row in range(ROWS)
    ]  # fmt: skip
    return table(path, rows)


EXPORTS = {
    "KoboToolbox or ODK": ("kobo.csv", kobo),
    "ODK Central": ("odk.csv", odk),
    "LimeSurvey": ("lime.csv", lambda path: limesurvey(path, codes=True)),
    "LimeSurvey in full": ("lime-full.csv", lambda path: limesurvey(path, codes=False)),
    "Microsoft Forms": ("forms.xlsx", microsoft),
    "Google Forms": ("google.csv", google),
}


@pytest.mark.parametrize("tool", EXPORTS)
def test_an_export_is_recognised_and_its_questions_are_the_questionnaires(tmp_path: Path, tool: str) -> None:
    name, write = EXPORTS[tool]
    responses = read_responses(write(tmp_path / name), ASKED)
    assert responses.tool.split()[0] in ("KoboToolbox", *tool.split())
    assert set(counts(responses, "listened")) == {"Never", "Always"}
    chosen = {label: ROWS // 4 * (3 - place) for place, label in enumerate(LABELS)}
    assert counts(responses, "places") == chosen
    assert answers_to(responses, "listened").sensitive == "health"
    assert answers_to(responses, "places").sensitive == ""
    assert "example.org" not in str(responses.frame.to_dicts())
    assert "192.0.2.7" not in str(responses.frame.to_dicts())


@pytest.mark.parametrize(
    "tool", ["KoboToolbox or ODK", "LimeSurvey", "LimeSurvey in full", "Microsoft Forms"]
)
def test_without_a_questionnaire_several_answers_are_still_several(tmp_path: Path, tool: str) -> None:
    name, write = EXPORTS[tool]
    responses = read_responses(write(tmp_path / name))
    several = [one for one in responses.columns if one.taken_as == "choose-many"]
    assert [sorted(counts(responses, one.name).values()) for one in several] == [[6, 12, 18]]


def test_google_forms_parts_choices_by_commas_but_sentences_are_not_parted(tmp_path: Path) -> None:
    rows = [
        {"Timestamp": "2026/11/01 10:11:12 am GMT", "Where?": ", ".join(("GP", "Clinic", "School")[: 1 + row % 3]), "Why?": f"Well, because {row}, really"}
        for row in range(ROWS)
    ]  # fmt: skip
    responses = read_responses(table(tmp_path / "g.csv", rows))
    assert counts(responses, "Where?") == {"GP": 24, "Clinic": 16, "School": 8}
    assert taken(responses, "Why?").taken_as == "text"


def test_the_three_ways_to_name_a_column_all_find_it(tmp_path: Path) -> None:
    responses = read_responses(kobo(tmp_path / "kobo.csv"), ASKED)
    for asked in ("overall", "visit/overall", "how was it overall?"):
        assert answers_to(responses, asked).ratings


def test_every_column_is_accounted_for_and_what_is_missing_is_told(tmp_path: Path) -> None:
    path = kobo(tmp_path / "kobo.csv")
    responses = read_responses(path, ASKED)
    headers = set(path.read_text().splitlines()[0].split(";"))
    assert {header for one in responses.columns for header in one.headers} == headers
    assert taken(responses, "age_band").matched == ""
    assert taken(responses, "how_to_reach_me").left_out == "emails"
    assert read_responses(google(tmp_path / "g.csv"), ASKED).not_found == ("overall",)


def test_an_answer_that_is_no_choice_is_counted_apart_never_dropped(tmp_path: Path) -> None:
    rows = [{"listened": "Always", "places": "gp"}] * 20 + [
        {"listened": "Sort of", "places": "gp; the moon"}
    ] * 3
    responses = read_responses(table(tmp_path / "a.csv", rows), ASKED)
    assert counts(responses, "listened") == {"Always": 20, NOT_A_CHOICE: 3}
    assert "none of its choices" in taken(responses, "listened").remark
    assert counts(responses, "places") == {"Doctor": 23, NOT_A_CHOICE: 3}


def test_welsh_labels_and_ids_are_the_same_choice(tmp_path: Path) -> None:
    said = ["camhs", "CAMHS", "CAMHS, or a counsellor", "Meddyg"]
    responses = read_responses(table(tmp_path / "a.csv", [{"Ble est ti?": one} for one in said]), ASKED)
    assert counts(responses, "places") == {LABELS[0]: 3, "Doctor": 1}


def test_a_label_with_a_comma_is_one_choice_beside_others() -> None:
    labels = {"camhs or a counsellor": LABELS[0], "doctor": "Doctor", "a&e": "A&E"}
    assert picked_in("Doctor, CAMHS, or a counsellor, A&E", labels) == ["Doctor", LABELS[0], "A&E"]
    assert picked_in("Doctor;A&E;", labels) == ["Doctor", "A&E"]


def test_a_questionnaire_nobody_named_must_explain_the_file(tmp_path: Path) -> None:
    asked = asked_questionnaire(parse_questionnaire(QUESTIONNAIRE, "q.yaml"), "q.yaml", certain=False)
    path = table(tmp_path / "a.csv", [{"more": "x", "b": "1", "c": "2", "d": "3", "e": "4"}] * 3)
    assert read_responses(path, (asked,)).questionnaire == ""
    assert read_responses(kobo(tmp_path / "kobo.csv"), (asked,)).questionnaire == "q.yaml"


def test_a_named_questionnaire_that_explains_nothing_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.yaml").write_text(QUESTIONNAIRE)
    path = table(tmp_path / "a.csv", [{"b": "1", "c": "2"}])
    assert main(["analysis", "columns", str(path), "--questionnaire", str(tmp_path / "q.yaml")]) == 2
    assert "no column of a.csv answers a question" in capsys.readouterr().err


def spss(path: Path) -> Path:
    frame = pl.DataFrame(
        {
            "v1": [1.0, 2.0, None, 3.0] * 6, "v2": [0.0, 5.0, 10.0, None] * 6, "camhs": [1.0, 0.0] * 12, "gp": [0.0, 1.0] * 12,
            "more": ["words ŵ", "", "more words", None] * 6, "email": [f"a{row}@example.org" for row in range(24)],
        }
    )  # fmt: skip
    pyreadstat.write_sav(
        frame, str(path), column_labels={"v1": "Did people listen to you?", "v2": "How was it overall?"},
        variable_value_labels={"v1": {1.0: "Never", 2.0: "Sometimes", 3.0: "Always", 4.0: "Often"}, "v2": {0.0: "bad", 10.0: "good"}},
    )  # fmt: skip
    return path


def test_spss_labels_become_words_in_their_order_and_a_scale_with_named_ends_stays_numbers(
    tmp_path: Path,
) -> None:
    responses = read_responses(spss(tmp_path / "a.sav"))
    answers = answers_to(responses, "Did people listen to you?")
    assert answers.values == ("Never", "Sometimes", "Always", "Often")
    assert counts(responses, "v1") == {"Never": 6, "Sometimes": 6, "Always": 6}
    assert counts(responses, "v2") == {"0": 6, "5": 6, "10": 6}
    assert answers_to(responses, "v2").ratings
    assert responses.texts("more").to_list()[:4] == ["words ŵ", None, "more words", None]
    assert responses.identifying == ("email",)


def test_spss_is_brought_together_with_the_questionnaire_by_its_labels(tmp_path: Path) -> None:
    responses = read_responses(spss(tmp_path / "a.sav"), ASKED)
    assert taken(responses, "v1").name == "listened"
    assert counts(responses, "listened") == {"Never": 6, "Sometimes": 6, "Always": 6}


def test_a_multiple_response_set_of_spss_is_one_question_with_the_labels_of_its_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing here writes such sets, so the reader's own account of one is put beside a file it read."""
    real = pyreadstat.read_sav

    def with_set(*args: object, **options: object) -> tuple[pl.DataFrame, object]:
        frame, about = real(*args, **options)
        about.mr_sets = {"$where": {"type": "D", "is_dichotomy": True, "counted_value": 2, "label": "Where did you go?", "variable_list": ["p1", "p2"]}}  # fmt: skip
        return frame, about

    frame = pl.DataFrame({"p1": [2.0, 1.0, None, 2.0], "p2": [1.0, 1.0, None, 2.0]})
    pyreadstat.write_sav(frame, str(tmp_path / "a.sav"), column_labels={"p1": "Doctor", "p2": "A&E"})
    monkeypatch.setattr(pyreadstat, "read_sav", with_set)
    responses = read_responses(tmp_path / "a.sav", ASKED)
    assert counts(responses, "places") == {"Doctor": 2, "A&E": 1}
    assert answers_to(responses, "places").states == {"answered": 3, "skipped": 1}


HOLDS = {
    "emails": ["a@b.org", "c.d@example.co.uk"],
    "phone numbers": ["07700 900123", "+44 7700 900123"],
    "addresses and places": ["LS1 4AP", "52.4862, -1.8904"],
    "what identifies a device": ["192.0.2.17", "2001:db8:0:0:0:0:2:1"],
    "numbers given to a person": ["6e012345-aaaa-bbbb-cccc-0123456789ab", "943 476 5919"],
    "dates and times": ["2026-11-01T10:06:00.000Z", "01/11/2026 10:06"],
}


@pytest.mark.parametrize("holds", HOLDS)
def test_what_says_who_somebody_is_is_found_by_what_stands_there_whatever_the_header(holds: str) -> None:
    assert holds_by_content(pl.Series("q7", HOLDS[holds] * 3 + ["", None])) == holds


def test_names_and_ids_are_found_by_their_shape() -> None:
    names = [
        f"{first} {last}" for first in ("Aled", "Priya", "Sam", "Zofia") for last in ("Ab", "Cd", "Efans")
    ]
    assert holds_by_content(pl.Series("q", names)) == "names"
    assert (
        holds_by_content(pl.Series("q", [f"RV-{row:03}" for row in range(12)])) == "numbers given to a person"
    )


@pytest.mark.parametrize(
    "values",
    [
        ["Strongly agree", "Agree"] * 6,
        ["3", "7", "3"] * 4,
        ["It was 10/10, thanks", "ok"] * 6,
        [2.5, 3.25] * 6,
    ],
)
def test_answers_are_not_taken_for_somebody(values: list[object]) -> None:
    assert holds_by_content(pl.Series("q", values)) == ""


@pytest.mark.parametrize(
    "header",
    [
        "What did you think of the location of the service?",
        "Did you know the worker's name before you went there?",
        "Answer",
        "Names of services",
        "How long did you wait?",
        "Who could you email if you needed help at night?",
    ],
)
def test_a_question_about_a_place_or_a_name_is_a_question(header: str) -> None:
    assert holds_by_header(header) == ""


@pytest.mark.parametrize(
    "header",
    [
        "First name",
        "E-mail address",
        "visit/contact/phone_number",
        "startTime",
        "DOB",
        "What is your name?",
        "Cod post",
        "IP address",
        "NHS number",
        "Please give your postcode so that we can compare areas",
    ],
)
def test_a_header_that_asks_who_somebody_is_is_found(header: str) -> None:
    assert holds_by_header(header)


def test_a_code_with_a_tell_tale_name_that_only_says_yes_or_no_stays(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{"Location": row % 2, "text": f"words {row}"} for row in range(12)])
    assert "Location" in read_responses(path).frame.columns


def test_a_kept_column_needs_a_reason_and_is_told(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{"Postcode": "LS1 4AP", "q": "yes"}] * 12)
    with pytest.raises(RefusedError, match="--because"):
        read_responses(path, keep=Keep(("Postcode",)))
    with pytest.raises(BadInputError, match="there is no column `Post`"):
        read_responses(path, keep=Keep(("Post",), "wards"))
    with pytest.raises(BadInputError, match=r"`Postcode` is left out.*--keep"):
        answers_to(read_responses(path), "Postcode")
    kept = read_responses(path, keep=Keep(("Postcode",), "wards are compared"))
    assert counts(kept, "Postcode") == {"LS1 4AP": 12}
    assert taken(kept, "Postcode").kept == "wards are compared"


def test_every_command_leaves_it_out_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path / "a.csv", [{"Email": f"a{row}@b.org", "q": "yes"} for row in range(12)])
    for command in (
        ["tables", str(path), "--question", "Email"],
        ["words", str(path), "--text", "Email"],
    ):
        assert main(["analysis", *command]) == 2
        told = capsys.readouterr()
        assert "left out" in told.err
        assert "a3@b.org" not in told.err + told.out


def test_columns_as_json_names_each_column_with_its_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.yaml").write_text(QUESTIONNAIRE)
    path = kobo(tmp_path / "kobo.csv")
    assert (
        main(
            [
                "analysis",
                "columns",
                str(path),
                "--questionnaire",
                str(tmp_path / "q.yaml"),
                "--format",
                "json",
            ]
        )
        == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert told["tool"] == "KoboToolbox or ODK"
    places = next(one for one in told["columns"] if one["question"] == "places")
    assert places["headers"] == ["visit/places", *(f"visit/places/{name}" for name in PLACES)]


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_counting_ahead_counts_as_one_by_one(tmp_path: Path, kind: str) -> None:
    frame = pl.DataFrame(
        {
            "a": pl.Series(["x", None, "y"] * 8, dtype=pl.Enum(["y", "x", "z"])), "b": [1, 2, None] * 8,
            "c/one": [True, False, None] * 8, "c/two": [True, True, None] * 8, "d": ["yes", " ", "no"] * 8,
        }
    )  # fmt: skip
    path = tmp_path / f"a.{kind}"
    frame.write_parquet(path) if kind == "parquet" else frame.write_csv(path)
    responses = read_responses(path)
    ahead = counted_ahead(responses, responses.closed_columns)
    assert set(ahead.counted) == {"a", "b", "c", "d"}
    for name in ahead.counted:
        assert counts(ahead, name) == counts(responses, name)
    assert counts(ahead, "c") == {"one": 8, "two": 16}
    assert counts(ahead, "d") == {"no": 8, "yes": 8}
    answers = answers_to(responses, "c")
    assert (
        answers.frame.filter(pl.col("state") == "answered")["response"].n_unique()
        == answers.states["answered"]
        == 16
    )


def workbook(**parts: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


def test_two_cells_far_apart_are_not_unrolled_into_a_table_that_fills_the_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"], page["XFD1048576"] = "q", "far"
    book.save(tmp_path / "far.xlsx")
    with pytest.raises(BadInputError, match="reaches to row 1,048,576 and column 16,384"):
        read_responses(tmp_path / "far.xlsx")


def test_a_formula_in_a_workbook_is_its_value_and_never_run(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["q", "n"], ['=HYPERLINK("http://example.org")', "1"], ["plain", "2"]):
        page.append(row)
    book.save(tmp_path / "a.xlsx")
    assert read_responses(tmp_path / "a.xlsx").texts("q").to_list() == [None, "plain"]


BAD = {
    "wide.csv": (",".join(f"c{number}" for number in range(100_000)).encode() + b"\n" + b"1," * 99_999 + b"1\n", "100,000 columns"),
    "no-header.csv": (b"x" * 1_000_000 + b"\nmore\n", "far too long for a column's name"),
    "broken.sav": (b"$FL2" + b"\x01" * 400, "not an SPSS file"),
    "broken.xlsx": (b"PK\x03\x04 and no more", "not an XLSX workbook"),
    "odd.xlsx": (workbook(a="b"), "not an XLSX workbook"),
    "empty.parquet": (b"", "the file is empty"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_clear_message(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content, what = BAD[name]
    (tmp_path / name).write_bytes(content)
    assert main(["analysis", "columns", str(tmp_path / name)]) == 2
    told = capsys.readouterr().err
    assert what in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize(
    "said",
    [
        [],
        ["yes"],
        ["yes", "no"],
        [""] * 12,
        ["yes"] * 12,
        ["Nid oedd neb yn gwrando arna i"] * 12,
        ["x" * 1_000_000, "y"],
    ],
)
def test_few_empty_identical_welsh_and_endless_answers_give_a_table_or_one_message(
    tmp_path: Path, said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["q,n", *(f"{one},1" for one in said)]) + "\n")
    code = main(["analysis", "tables", str(path), "--question", "q"])
    told = capsys.readouterr()
    assert code in {0, 2}
    assert len(told.err.splitlines()) <= 1
    assert "x" * 100 not in told.out + told.err


def test_asking_for_no_table_says_how(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path / "a.csv", [{"q": "yes"}] * 12)
    assert main(["analysis", "tables", str(path)]) == 2
    assert "--all" in capsys.readouterr().err
    assert main(["analysis", "tables", str(path), "--question", "p"]) == 2
    assert "there is no column `p`" in capsys.readouterr().err
