"""To whoever hands us a broken or hostile file: one clear message, at its row where it has one."""

import contextlib
import io
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod.kernel.problem import BadInputError
from surveys.xlsform.importing import import_form
from surveys.xlsform.reading import LARGEST_UNPACKED, MOST_ROWS
from tests.surveys.xlsform.forms import excel, form_of, old_excel


def packed(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


GOOD = excel({"survey": [["type", "name", "label"], ["text", "why", "Why?"]]})
BAD = [
    ("form.docx", b"x", "holds no XLSForm"),
    ("form", b"x", "holds no XLSForm"),
    ("form.xlsx", b"", "nothing in this file"),
    ("form.csv", b" \n", "nothing in this file"),
    ("form.xlsx", b"\x00\x01\x02", "not an Excel file"),
    ("form.xls", b"type,name,label", "not an Excel file"),
    ("form.xlsx", GOOD[: len(GOOD) // 2], "broken or protected"),
    ("form.xlsx", b"PK\x03\x04" + b"\xff" * 500, "broken or protected"),
    ("form.xlsx", packed(hello=b"x"), "broken or protected"),
    ("form.xlsx", packed(bomb=bytes(LARGEST_UNPACKED + 1)), "unpacks to"),
    ("form.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000, "broken or protected"),
    ("form.csv", b"survey,,\n,type,name\n\xff\xfe,", "not in UTF-8"),
    ("form.md", b"| survey |\x00", "not a text file"),
    ("form.md", b"# Just a heading", "does not appear to be a valid XLSForm"),
    ("form.csv", b"one,two,three,four,five\n1,2,3,4,5", "sheet named 'survey'"),
    (
        "form.md",
        b"| choices |\n| | list_name | name |\n| | a | b |\n| settings |\n| | t |\n",
        "sheet named 'survey'",
    ),
    ("form.md", form_of("select_one nowhere | q | Q?"), "survey row 2: List name not in choices"),
    ("form.md", form_of("text | why | Why?", "begin_group | g | G"), "survey row 3: Unmatched 'begin_group'"),
    ("form.md", form_of("text | why | Why?", "text | why | Again?"), "survey row 3:"),
    ("form.md", form_of("text | two words | Why?"), "survey row 2:"),
    ("form.md", form_of("text | why | ${nothing}?"), "survey row 2:"),
    ("form.md", form_of("text | why | "), "survey row 2:"),
    ("form.md", form_of("geopoint | p | Where?"), "nothing in this form can be asked"),
    (
        "form.md",
        form_of("text | why | Pam?", columns="type | name | label::Welsh (cy)"),
        "no words in English",
    ),
    ("form.xlsx", excel({"survey": [["type", "type"], ["text", "why"]]}), "Duplicate column header"),
]


@pytest.mark.parametrize(("name", "content", "said"), BAD, ids=[f"{name}-{said}" for name, _, said in BAD])
def test_a_bad_file_is_refused_with_what_is_wrong(name, content, said):
    with pytest.raises(BadInputError) as caught:
        import_form(content, name)
    assert said in str(caught.value)
    assert all(problem.path == name and problem.mend for problem in caught.value.problems)


def test_a_form_beyond_all_measure_is_refused_before_it_is_read():
    rows = [f"text | q{number} | Why?" for number in range(MOST_ROWS + 1)]
    with pytest.raises(BadInputError, match="rows"):
        import_form(form_of(*rows), "form.md")


def test_a_form_with_more_questions_than_a_record_holds_is_refused_in_words():
    rows = [f"select_one yn | q{number} | Question {number}?" for number in range(400)]
    with pytest.raises(BadInputError, match="fit in a sealed record"):
        import_form(form_of(*rows), "form.md")


def test_free_texts_beyond_what_can_be_sealed_are_refused_by_row():
    outcome = import_form(form_of(*(f"text | q{number} | Why {number}?" for number in range(22))), "form.md")
    assert [one.row for one in outcome.refused] == [22, 23]
    assert outcome.questions == 20


def test_an_entity_bomb_inside_an_excel_file_never_opens():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 10}">' for n in range(12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE s [{entities}]><worksheet>&e11;</worksheet>'.encode()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good:
        members = {name: good.read(name) for name in good.namelist()}
    members["xl/worksheets/sheet1.xml"] = bomb
    with pytest.raises(BadInputError, match="broken or protected"):
        import_form(packed(**members), "form.xlsx")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_gives_a_questionnaire_or_a_message_and_never_a_crash(data):
    name, content = data.draw(
        st.sampled_from(
            [
                ("a.xlsx", GOOD),
                ("a.md", form_of("text | why | Why?")),
                ("a.csv", b"survey,,\n,type,name,label\n,text,why,Why"),
            ]
        )
    )
    place = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:place] + data.draw(st.binary(max_size=4)) + content[place + 1 :]
    with contextlib.suppress(BadInputError):
        assert import_form(damaged, name).text.startswith("format: 1\n")


def test_old_excel_files_are_read_too():
    outcome = import_form(
        old_excel({"survey": [["type", "name", "label"], ["text", "why", "Pam ŵyt?"]]}), "a.xls"
    )
    assert "Pam ŵyt?" in outcome.text


@pytest.mark.parametrize(
    "module",
    [
        "surveys.xlsform.importing",
        "surveys.xlsform.exporting",
        "coprod.journeys.asking.imports",
        "coprod.cli.main",
    ],
)
def test_nothing_loads_a_spreadsheet_reader_before_a_form_is_read(module):
    script = f"import sys, {module}; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"pyxform", "openpyxl", "xlrd"} & set(done.stdout.split())
