"""Quick to start and sealed off: what each part brings along when it is imported alone."""

import pkgutil
import subprocess
import sys

import pytest

import analysis
import campaigns
import coprod.kernel
import surveys

HEAVY = ("polars", "nltk", "sklearn", "scipy", "typst", "textual")


def brought_along(module: str) -> set[str]:
    script = f"import sys, {module}; print(' '.join(name for name in sys.modules if '.' not in name))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def modules_of(package) -> list[str]:
    return [package.__name__] + [
        found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]


def test_the_command_line_starts_without_anything_heavy():
    assert not brought_along("coprod.cli.main") & set(HEAVY)


@pytest.mark.parametrize("module", modules_of(coprod.kernel))
def test_the_kernel_needs_only_msgspec_and_yaml(module):
    assert not brought_along(module) & {
        *HEAVY,
        "surveys",
        "analysis",
        "campaigns",
        "pyrage",
        "cryptography",
        "jinja2",
    }


@pytest.mark.parametrize("module", modules_of(surveys))
def test_asking_never_loads_analysis_or_screens(module):
    assert not brought_along(module) & {*HEAVY, "analysis", "campaigns"}


@pytest.mark.parametrize("package", [analysis, campaigns])
def test_rooms_do_not_see_each_other_or_a_screen(package):
    others = {"analysis", "campaigns", "surveys"} - {package.__name__}
    script = "; ".join(f"import {module}" for module in modules_of(package))
    done = subprocess.run(
        [sys.executable, "-c", f"{script}; import sys; print(' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert not loaded & (others | {"textual", "pyrage"})
