"""A reader finds any behaviour in two guesses: short functions, small modules, no catch-all."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("coprod", "surveys", "analysis", "campaigns")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
LAST_STOPS = {"coprod/cli/main.py"}  # a traceback there could show an answer


def nodes(path: Path) -> Iterator[ast.AST]:
    yield from ast.walk(ast.parse(path.read_text("utf-8")))


def length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_and_its_parts_are_shorter(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert length(node) <= 50, node.name
        if isinstance(node, ast.ClassDef):
            methods = [item for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)]
            assert length(node) <= 200, node.name
            assert len(methods) <= 15, node.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_caught_wholesale(path):
    broad = [
        node
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    ]
    assert not broad or str(path.relative_to(ROOT)) in LAST_STOPS


def test_half_of_all_functions_fit_ten_lines():
    lengths = sorted(
        length(node)
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert lengths[len(lengths) // 2] <= 10
