"""Opening a panel and verifying, from what was typed at the desk."""

from datetime import date
from pathlib import Path

from campaigns.releasing.verify import Verdict
from coprod.journeys.checking.comparing import open_comparison
from coprod.journeys.checking.panels import open_panel
from coprod.journeys.checking.releases import verify_elsewhere, verify_path, verify_printed
from coprod.journeys.understanding.reading import KeyTyped, identity_of
from coprod.kernel.panel_result import PanelResult
from coprod.workspace import Workspace


def open_panel_typed(workspace: Workspace, name: str, typed: KeyTyped, today: date) -> PanelResult:
    """Open a panel's sealed reviews and give their result. Raises as `open_panel` does."""
    return open_panel(workspace, name, identity_of(typed), today)


def open_comparison_typed(workspace: Workspace, name: str, typed: KeyTyped, today: date) -> PanelResult:
    """Open the sealed answers to a comparison and give their result. Raises as `open_comparison` does."""
    return open_comparison(workspace, name, identity_of(typed), today)


def verdict_lines(
    workspace: Workspace, typed: str, today: date, elsewhere: tuple[str, str] = ("", "")
) -> tuple[str, ...]:
    """Give whether a file, or a printed code, is signed, as a heading and lines.

    `elsewhere` is a sign-off sent from another device, and the public key that its approver read out; both may
    be empty. Raises BadInputError where a file cannot be read.
    """
    path = Path(typed.strip()).expanduser()
    is_file = path.is_file() or bool(path.suffix) or len(path.parts) > 1
    signoff, key = (one.strip() for one in elsewhere)
    if signoff:
        file, code = (path, "") if is_file else (None, typed.strip())
        verdict = verify_elsewhere(Path(signoff).expanduser(), file, code, key, today)
    else:
        verdict = (
            verify_path(workspace, path, today)
            if is_file
            else verify_printed(workspace, typed.strip(), today)
        )
    return _told(verdict)


def _told(verdict: Verdict) -> tuple[str, ...]:
    says = f"{verdict.says[0].upper()}{verdict.says[1:]}."
    lines = ["Signed" if verdict.is_signed else "NOT SIGNED", says]
    if verdict.title:
        lines.append(f"{verdict.title}  (code {verdict.code}{f', {verdict.kind}' if verdict.kind else ''})")
    if verdict.simulated:
        lines.append("Simulated: made for a demonstration, never reviewed by young people.")
    if verdict.is_signed and not verdict.kind:
        lines.append("A code can be copied: compare this title, and the words, with what you see.")
    return tuple(lines)
