"""What else is known of whoever wrote stands beside their answer, only where it may, and nothing of it runs or is lost."""

import io
import re
import warnings
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from analysis.codes.attributes import Attribute, attributes_of
from analysis.codes.codebook import shipped_codebook
from analysis.codes.qdpx import Project, project_to_qdpx
from analysis.inputs.batchfile import ChoiceInfo, QuestionInfo, SurveyInfo, batch_to_parquet
from analysis.inputs.responses import read_responses
from analysis.publishing.raw import RAW_FILE, read_raw
from coprod.cli.main import main
from coprod.kernel.problem import BadInputError
from coprod.kernel.record import Chosen, Declined, MainRecord, Rated, Reply, TextRecord, Wrote
from coprod.workspace import new_workspace

from .test_refi import DAY, MARKED, SIMULATED, project

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    pyrefiqda = pytest.importorskip("pyrefiqda")

RAW = ("--raw", "--reason", "supervision", "--signed", "Ana Clerk", "--signed", "Bo Lead")
AREAS = ["=cmd()", "Llŷn 💜", None]
SHA = "a" * 64


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = new_workspace(tmp_path / "w", "Riverside", "england", simulated=True)
    monkeypatch.chdir(made.root)
    pl.DataFrame(
        {
            "said": ["aros ŵythnos 💜", "they were kind", "gone"],
            "area": AREAS,
            "age": ["17", None, "-3"],
            "Waits": ["long", "short", "01"],
            "email": ["a@example.org", "b@example.org", "c@example.org"],
        }
    ).write_csv("linked.csv")
    path = Path("linked.csv")
    assert (
        main(["analysis", "code", "give", str(path), "--text", "said", "--by", "AB", "row-1", "waits"]) == 0
    )
    return path


def export(file: Path, to: str, *options: str, text: str = "said") -> int:
    return main(["analysis", "export", str(file), "--text", text, "-o", to, *options])


def with_columns(*names: str) -> list[str]:
    return [word for name in names for word in ("--attribute", name)]


def test_a_csv_has_the_attributes_beside_each_answer_and_no_cell_runs(file: Path) -> None:
    assert export(file, "out.csv", *with_columns("area", "age", "Waits"), *RAW) == 0
    rows = pl.read_csv("out.csv", infer_schema=False)
    assert rows.columns[:6] == ["response", "coder", "text", "area", "age", "Waits (attribute)"]
    assert rows["area"].to_list() == ["'=cmd()", "Llŷn 💜", None]
    assert rows["age"].to_list() == ["17", None, "-3"]
    assert rows["Waits (attribute)"].to_list() == ["long", "short", "01"]
    assert rows["Waits"].to_list() == ["1", None, None]


def test_a_workbook_has_them_too_and_says_that_it_is_raw(file: Path) -> None:
    assert export(file, "out.xlsx", *with_columns("area", "age"), *RAW) == 0
    book = openpyxl.load_workbook(io.BytesIO(Path("out.xlsx").read_bytes()))
    notes, sheet = book.worksheets
    assert "RAW" in notes["A2"].value
    head, *rows = [row[:5] for row in sheet.iter_rows(values_only=True)]
    assert head == ("response", "coder", "text", "area", "age")
    assert rows == [
        ("row-1", "AB", "aros ŵythnos 💜", "'=cmd()", 17),
        ("row-2", None, "they were kind", "Llŷn 💜", None),
        ("row-3", None, "gone", None, -3),
    ]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    assert [one.what for one in read_raw(Path("analysis", RAW_FILE))] == ["out.xlsx"]


def test_columns_that_share_a_name_are_told_apart(file: Path) -> None:
    added = ("add", "text-code", "--name", "text", "--definition", "About texts.", "--under", "how-it-was")
    coded = ("--text", "said", "--by", "AB")
    assert main(["analysis", "code", added[0], str(file), *coded, *added[1:]]) == 0
    assert export(file, "out.csv", *with_columns("Waits"), *RAW) == 0
    columns = pl.read_csv("out.csv", infer_schema=False).columns
    assert {"text", "text (code)", "Waits", "Waits (attribute)"} < set(columns)


@pytest.mark.parametrize("to", ["out.csv", "out.xlsx", "out.qdpx"])
@pytest.mark.parametrize("options", [(), RAW[:1], RAW[:5], RAW[1:]])
def test_they_leave_only_on_two_names_and_a_reason(options: tuple[str, ...], to: str, file: Path) -> None:
    assert export(file, to, *with_columns("area"), *options) == 3
    assert not Path(to).exists()


@pytest.mark.parametrize("to", ["out.csv", "out.qdpx"])
def test_a_column_left_out_because_it_may_name_somebody_needs_keep_and_a_reason(
    to: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(file, to, *with_columns("email"), *RAW) == 2
    assert "left out" in capsys.readouterr().err
    assert not Path(to).exists()
    kept = ("--keep", "email", "--because", "they asked to be named")
    assert export(file, to, *with_columns("email"), *kept, *RAW) == 0


def test_the_framework_matrix_leaves_it_out_as_well(file: Path) -> None:
    asked = ["--text", "said", "--by", "AB", "-o", "m.csv", *with_columns("email"), *RAW]
    assert main(["analysis", "framework", "export", str(file), *asked]) == 2
    assert not Path("m.csv").exists()


@pytest.mark.parametrize(
    ("to", "name", "told"),
    [
        ("out.csv", "none", "no column"),
        ("out.csv", "said", "the text itself"),
        ("out.qdc", "area", "a codebook holds no answers"),
    ],
)
def test_what_cannot_stand_beside_an_answer_is_told(
    to: str, name: str, told: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(file, to, *with_columns(name), *RAW) == 2
    assert told in capsys.readouterr().err
    assert not Path(to).exists()


def test_attributes_without_a_coded_question_are_told(file: Path) -> None:
    assert main(["analysis", "export", str(file), "-o", "o.csv", *with_columns("area"), *RAW]) == 2


def batch(*, linked: bool) -> bytes:
    choices = (ChoiceInfo("gp", "Doctor"), ChoiceInfo("ae", "A&E"))
    questions = (
        QuestionInfo("where", "Where?", "choose-many", choices),
        QuestionInfo("best", "Which was best?", "choose-one", choices),
        QuestionInfo("safe", "How safe?", "number"),
        QuestionInfo("more", "Anything else?", "text"),
    )
    replies: tuple[dict[str, Reply], ...] = (
        {"where": Chosen(("gp", "ae")), "best": Declined(), "safe": Rated(7), "more": Wrote()},
        {"where": Chosen(("gp",)), "best": Chosen(("ae",)), "safe": Declined(), "more": Wrote()},
    )
    mains = [
        MainRecord(SHA, one, {"more": f"words {number}"} if linked else {})
        for number, one in enumerate(replies)
    ]
    texts = (
        [] if linked else [TextRecord(SHA, "more", f"words {number}", may_quote=True) for number in (0, 1)]
    )
    return batch_to_parquet(mains, texts, [SurveyInfo(SHA, "S", questions)], simulated=True)


@pytest.mark.usefixtures("file")
def test_linked_closed_answers_of_a_batch_stand_beside_their_own_words() -> None:
    Path("b.parquet").write_bytes(batch(linked=True))
    response = pl.read_parquet("b.parquet").filter(pl.col("text").is_not_null())["response"][0]
    coded = ("--text", "more", "--by", "AB", response)
    assert main(["analysis", "code", "read", "b.parquet", *coded]) == 0
    asked = with_columns("where", "best", "safe")
    assert export(Path("b.parquet"), "b.csv", *asked, *RAW, text="more") == 0
    found = pl.read_csv("b.csv", infer_schema=False).sort("text").select("text", "where", "best", "safe")
    assert found.rows() == [
        ("words 0", "Doctor; A&E", "I'd rather not say", "7"),
        ("words 1", "Doctor", "A&E", None),
    ]


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize("to", ["b.csv", "b.xlsx", "b.qdpx"])
def test_words_kept_apart_from_their_writer_get_nothing_set_beside_them(
    to: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("b.parquet").write_bytes(batch(linked=False))
    assert export(Path("b.parquet"), to, *with_columns("safe"), *RAW, text="more") == 3
    assert "kept apart" in capsys.readouterr().err
    assert not Path(to).exists()


def test_a_free_text_of_a_batch_is_no_attribute(tmp_path: Path) -> None:
    (tmp_path / "b.parquet").write_bytes(batch(linked=True))
    with pytest.raises(BadInputError, match="closed question"):
        attributes_of(read_responses(tmp_path / "b.parquet"), "more", ["more"])


KNOWN = (
    Attribute("Ardal ŵ 💜", {"r1": "Llŷn 👩🏽‍⚕️", "r2": '<no> & "so" ]]>\nsecond'}),
    Attribute("age", {"r1": 17, "r3": -3}),
)


def read_back(folder: Path) -> Any:
    whole = Project("simulated", shipped_codebook(), SIMULATED, MARKED, DAY, KNOWN)
    (folder / "p.qdpx").write_bytes(project_to_qdpx(whole))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pyrefiqda.RefiProject.load(folder / "p.qdpx", str(folder / "unpacked"))


def plain_guid(guid: Any) -> str:
    return str(getattr(guid, "value", guid)).upper()


def test_another_reader_finds_the_same_variables_and_values_emoji_and_welsh_included(tmp_path: Path) -> None:
    read = read_back(tmp_path)
    variables = {plain_guid(one.guid): one for one in read.variables.variable}
    kinds = {one.name: one.type_of_variable.value for one in variables.values()}
    assert kinds == {"Ardal ŵ 💜": "Text", "age": "Integer"}
    sources = {plain_guid(one.guid): one.name for one in read.sources.text_source}
    found: dict[str, dict[str, object]] = {name: {} for name, _ in kinds.items()}
    for case in read.cases.case:
        assert [sources[plain_guid(ref.target_guid)] for ref in case.source_ref] == [case.name]
        for value in case.variable_value:
            name = variables[plain_guid(value.variable_ref.target_guid)].name
            held = value.integer_value if kinds[name] == "Integer" else value.text_value
            found[name][case.name] = held
    assert found == {one.name: dict(one.values) for one in KNOWN}
    assert [case.name for case in read.cases.case] == list(SIMULATED)


def test_elements_stand_in_the_order_of_the_published_schema(tmp_path: Path) -> None:
    import xml.etree.ElementTree as ET
    import zipfile

    models = pyrefiqda.models.project
    read_back(tmp_path)
    with zipfile.ZipFile(tmp_path / "p.qdpx") as archive:
        root = ET.fromstring(archive.read("project.qde"))  # noqa: S314  our own file
    space = "{urn:QDA-XML:project:1.0}"
    checked = [(root, models.ProjectType)]
    checked += [(one, models.CaseType) for one in root.iter(f"{space}Case")]
    checked += [(one, models.VariableValueType) for one in root.iter(f"{space}VariableValue")]
    for element, model in checked:
        order = list(model.model_fields)
        names = [
            re.sub("(?<=[a-z])(?=[A-Z])", "_", child.tag.removeprefix(space)).lower() for child in element
        ]
        places = [order.index(name) for name in names]
        assert places == sorted(places)


def test_a_project_without_attributes_has_no_cases_and_one_with_them_tells_what_an_import_leaves(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert b"Case" not in project_to_qdpx(project(()))
    assert export(file, "out.qdpx", *with_columns("area", "age"), *RAW) == 0
    assert main(["analysis", "import", "out.qdpx", "-o", "taken"]) == 0
    printed = capsys.readouterr()
    assert "2 attributes" in printed.out + printed.err


def test_no_value_is_in_a_representation() -> None:
    assert "Llŷn" not in repr(KNOWN[0])
