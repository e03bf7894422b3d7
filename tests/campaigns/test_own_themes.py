"""A team's own look promises that its colours can be read, its fonts have every letter, and nothing else is opened."""

import io
import shutil
import zipfile
from datetime import timedelta

import pikepdf
import pptx
import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from msgspec.structs import replace

from campaigns.releasing.release import release, sign_off
from campaigns.render import draw
from campaigns.render.drawing import Permit
from campaigns.render.glyphs import font_files
from campaigns.render.look import look_named, own_look
from campaigns.render.theme import theme_source
from coprod.kernel.problem import BadInputError, RefusedError
from tests.campaigns.sample_cases import APPROVERS, KEY, TODAY, case_in, decided, good_folder
from tests.campaigns.sample_documents import poster
from tests.campaigns.test_drawing import png, structure

PERMIT = Permit("0" * 64)
LOGO = '\nlogo: {file: logo.png, alt: "Riverside, a made-up service"}\n'


@pytest.fixture
def themes(tmp_path):
    """Give a folder with the theme `riverside`: its own logo, and a font that is one of ours by another name."""
    folder = tmp_path / "themes"
    folder.mkdir()
    (folder / "logo.png").write_bytes(png(40, 20))
    lexend = next(file for file in font_files() if file.name.startswith("Lexend"))
    font = TTFont(str(lexend))
    for record in font["name"].names:
        if record.nameID in {1, 4, 6, 16, 25}:
            record.string = "Riverside Letters" if record.nameID in {1, 4, 16} else "RiversideLetters"
    font.save(folder / "letters.ttf")
    text = theme_source("harbour").replace("theme: harbour", "theme: riverside") + LOGO
    (folder / "riverside.yaml").write_text(text + "fonts: {heading: letters.ttf}\n", "utf-8")
    return folder


def change(themes, old, new):
    path = themes / "riverside.yaml"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def refusal(themes):
    with pytest.raises(BadInputError) as refused:
        own_look(themes / "riverside.yaml")
    return str(refused.value)


@pytest.mark.parametrize(
    "kind", ["poster-a4", "poster-a3", "leaflet", "large-print", "bilingual", "easy-read"]
)
def test_logo_and_font_are_in_every_pdf_and_the_logo_has_its_words(themes, kind):
    content = draw(poster(), kind, None, look_named("riverside", themes), PERMIT)
    assert content == draw(poster(), kind, None, look_named("riverside", themes), PERMIT)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        alternatives = [str(node.get("/Alt", "")) for node in structure(pdf)]
        names = {str(font.BaseFont) for font in pdf.objects if is_font(font)}
    assert ("Riverside, a made-up service" in alternatives) or kind == "easy-read"
    assert any("Riverside" in name for name in names)


def test_slides_show_the_logo_with_its_words_beside_the_footer_and_their_colours_under_the_names_programs_know(
    themes,
):
    change(themes, 'accent: "#ffc145"', 'accent: "#ffc146"')
    content = draw(poster(), "slides", None, look_named("riverside", themes), PERMIT)
    for slide in pptx.Presentation(io.BytesIO(content)).slides:
        (logo,) = (shape for shape in slide.shapes if shape.name == "Logo")
        (foot,) = (shape for shape in slide.shapes if shape.name == "Footer")
        assert logo.element.xpath(".//p:cNvPr/@descr") == ["Riverside, a made-up service"]
        assert foot.left + foot.width <= logo.left
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b'<a:accent1><a:srgbClr val="FFC146"/>' in parts.read("ppt/theme/theme1.xml")


def is_font(thing):
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/BaseFont" in thing


@pytest.mark.parametrize("kind", ["card-square", "card-wide"])
def test_cards_and_pages_show_the_logo(themes, kind):
    own = draw(poster(), kind, None, look_named("riverside", themes), PERMIT)
    assert own != draw(poster(), kind, None, "harbour", PERMIT)
    page = draw(poster(), "page", None, look_named("riverside", themes), PERMIT).decode()
    assert 'alt="Riverside, a made-up service"' in page


def test_colours_that_are_hard_to_read_are_refused_with_every_pair(themes):
    change(themes, 'on_hero: "#ffffff"', 'on_hero: "#456"'.replace("#456", "#445566"))
    assert "`on_hero` on `hero` has a contrast of" in refusal(themes)


def test_a_logo_without_words_is_refused(themes):
    change(themes, '"Riverside, a made-up service"', '" "')
    assert "no words for people who do not see it" in refusal(themes)


@pytest.mark.parametrize("name", ["../logo.png", "/etc/passwd", "linked.png", "https://a.example/x.png"])
def test_nothing_outside_the_themes_folder_is_opened(themes, name):
    (themes / "linked.png").symlink_to(themes.parent / "elsewhere.png")
    (themes.parent / "elsewhere.png").write_bytes(png())
    shutil.copy(themes / "logo.png", themes.parent / "logo.png")
    change(themes, "file: logo.png", f'file: "{name}"')
    assert "own folder" in refusal(themes)


@pytest.mark.parametrize(
    "content", [b"", b"not a font", b"\x00\x01\x00\x00" + bytes(100), b"OTTO" + bytes(8), b"<svg/>"]
)
def test_a_file_that_is_no_font_is_refused(themes, content):
    (themes / "letters.ttf").write_bytes(content)
    assert "not a TTF or OTF font" in refusal(themes)


def test_a_font_without_welsh_letters_is_refused_and_says_which(themes):
    font = TTFont(str(themes / "letters.ttf"))
    cutter = subset.Subsetter()
    cutter.populate(unicodes=[code for code in font.getBestCmap() if code not in {ord("ŵ"), ord("ŷ")}])
    cutter.subset(font)
    font.save(themes / "letters.ttf")
    assert "this font lacks ŵŷ" in refusal(themes)


def test_a_name_there_is_not_is_refused_and_a_shipped_one_cannot_be_hidden(themes):
    with pytest.raises(BadInputError, match=r"no theme `riversid`.*riverside"):
        look_named("riversid", themes)
    shutil.copy(themes / "riverside.yaml", themes / "harbour.yaml")
    with pytest.raises(BadInputError, match="coprod ships a theme of this name"):
        look_named("harbour", themes)


@pytest.mark.parametrize("file", ["riverside.yaml", "logo.png", "letters.ttf"])
def test_a_sign_off_binds_the_theme_its_logo_and_its_fonts(tmp_path, themes, file):
    folder = good_folder(tmp_path / "campaigns")
    case = replace(case_in(folder), theme="riverside", themes=themes)
    signoff = sign_off(case, decided(), KEY, TODAY)
    assert release(case, signoff, APPROVERS, TODAY + timedelta(days=1)).files
    changed = {
        "riverside.yaml": lambda: change(themes, "circles", "rays"),
        "logo.png": lambda: (themes / "logo.png").write_bytes(png(41, 20)),
        "letters.ttf": lambda: shutil.copy(
            next(one for one in font_files() if one.name.startswith("Lexend")), themes / "letters.ttf"
        ),
    }[file]
    changed()
    with pytest.raises(RefusedError, match="has changed since the sign-off"):
        release(case, signoff, APPROVERS, TODAY + timedelta(days=1))
