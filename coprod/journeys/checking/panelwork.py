"""Opening a panel and verifying, from what was typed at the desk."""

from datetime import date
from pathlib import Path

from coprod.journeys.checking.comparing import open_comparison
from coprod.journeys.checking.panels import open_panel
from coprod.journeys.checking.releases import verify_path, verify_printed
from coprod.journeys.understanding.reading import KeyTyped, identity_of
from coprod.kernel.panel_result import PanelResult
from coprod.workspace import Workspace


def open_panel_typed(workspace: Workspace, name: str, typed: KeyTyped, today: date) -> PanelResult:
    """Open a panel's sealed reviews and give their result. Raises as `open_panel` does."""
    return open_panel(workspace, name, identity_of(typed), today)


def open_comparison_typed(workspace: Workspace, name: str, typed: KeyTyped, today: date) -> PanelResult:
    """Open the sealed answers to a comparison and give their result. Raises as `open_comparison` does."""
    return open_comparison(workspace, name, identity_of(typed), today)


def verdict_lines(workspace: Workspace, typed: str, today: date) -> tuple[str, ...]:
    """Give whether a file, or a printed code, is signed, as a heading and lines."""
    path = Path(typed.strip()).expanduser()
    if path.is_file() or path.suffix or len(path.parts) > 1:
        verdict = verify_path(workspace, path, today)
    else:
        verdict = verify_printed(workspace, typed, today)
    lines = ["Signed" if verdict.is_signed else "NOT SIGNED", f"{verdict.says}."]
    if verdict.title:
        lines.append(f"{verdict.title}  (code {verdict.code}{f', {verdict.kind}' if verdict.kind else ''})")
    if verdict.simulated:
        lines.append("Simulated: made for a demonstration, never reviewed by young people.")
    if verdict.is_signed and not verdict.kind:
        lines.append("A code can be copied: compare this title, and the words, with what you see.")
    return tuple(lines)
