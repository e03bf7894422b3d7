"""Only Content or Text reaches a widget: a plain string would be read as markup."""

import ast
from pathlib import Path

import pytest

import coprod.tui

SOURCES = sorted(Path(coprod.tui.__file__).parent.rglob("*.py"))
DRAWN = {
    "Static",
    "Label",
    "Button",
    "Option",
    "Tab",
    "TabPane",
    "Checkbox",
    "RadioButton",
    "Collapsible",
    "Markdown",
}
SAFE_MAKERS = {"Content", "Text"}
SAFE_METHODS = {"styled", "assemble", "join", "from_markup", "append"}


def _is_safe(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        maker = value.func
        if isinstance(maker, ast.Name):
            return maker.id in SAFE_MAKERS
        if isinstance(maker, ast.Attribute) and maker.attr in SAFE_METHODS:
            return True
    return isinstance(value, ast.Name) and value.id.startswith("content")


def _mistakes(tree: ast.AST) -> list[int]:
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in DRAWN | {"update", "notify"} and node.args and not _is_safe(node.args[0]):
                markup = {one.arg: one.value for one in node.keywords}.get("markup")
                if not (isinstance(markup, ast.Constant) and markup.value is False) and not _is_dict(node):
                    lines.append(node.lineno)
        if isinstance(node, ast.Assign):
            names = [target.attr for target in node.targets if isinstance(target, ast.Attribute)]
            if {"border_title", "border_subtitle", "tooltip"} & set(names) and not _is_safe(node.value):
                lines.append(node.lineno)
    return sorted(lines)


def _is_dict(node: ast.Call) -> bool:
    """`update` of a dict or set is no widget's."""
    return isinstance(node.func, ast.Attribute) and isinstance(node.args[0], ast.Dict | ast.Set)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_no_widget_is_given_a_plain_string(source: Path) -> None:
    assert _mistakes(ast.parse(source.read_text("utf-8"))) == []


def test_the_check_itself_finds_a_plain_string() -> None:
    assert _mistakes(ast.parse("Static(answer)\nx.update(f'{a}')\ny.border_title = name\nnotify(text)")) == [
        1,
        2,
        3,
        4,
    ]
    assert _mistakes(ast.parse("Static(Content(answer))\nx.notify(text, markup=False)")) == []
