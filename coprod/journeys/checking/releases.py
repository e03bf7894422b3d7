"""A material's way out of a workspace: what to decide, signing off, releasing into `out/`, verifying."""

from datetime import date
from pathlib import Path

from msgspec import Struct

from campaigns.checking.check import CheckResult
from campaigns.materials.material import load_material
from campaigns.panels.panelfile import RESULT_FILE, load_panel_result
from campaigns.releasing.gate import Case, checked, fingerprint
from campaigns.releasing.release import Released, release, sign_off
from campaigns.releasing.signing import SigningKey, load_approvers
from campaigns.releasing.signoff import (
    SIGNOFF_FILE,
    Decisions,
    SignOff,
    comment_id,
    load_signoff,
    signoff_bytes,
)
from campaigns.releasing.verify import Verdict, verify_code, verify_file
from coprod.journeys.checking.panels import MATERIAL_FILE, material_folder, registry_of
from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import load_yaml
from coprod.workspace import Workspace

DECISIONS_FILE = "decisions.yaml"
THEMES_FOLDER = "themes"
LARGEST_FILE = 100_000_000


class ReleasedFiles(Struct, frozen=True):
    """Where the files of a release are, and the code printed on them."""

    paths: tuple[Path, ...]
    code: str


def case_of(workspace: Workspace, name: str, theme: str = "harbour") -> Case:
    """Give a material of a workspace with all that speaks for or against it. Raises BadInputError for mistakes."""
    folder = material_folder(workspace, name)
    settings = workspace.settings
    return Case(
        material=load_material(folder / MATERIAL_FILE),
        folder=folder,
        registry=registry_of(workspace),
        confirmed=settings.confirmed,
        panel=load_panel_result(folder / RESULT_FILE),
        service=settings.name,
        theme=theme,
        themes=workspace.campaigns / THEMES_FOLDER,
        quorum=settings.quorum.young_people,
        simulated=settings.simulated,
    )


def start_decisions(workspace: Workspace, name: str, today: date) -> Path:
    """Write the file in which a team decides: every comment and every warning with room for an answer.

    Raises BadInputError when the file is there already: what people wrote is never replaced.
    """
    case = case_of(workspace, name)
    path = case.folder / DECISIONS_FILE
    if path.exists():
        raise BadInputError.of(path, "this file is there already", "fill it in, or move it away first")
    write_whole(path, decisions_text(case, checked(case, today), today).encode())
    return path


def decisions_text(case: Case, check: CheckResult, today: date) -> str:
    """Give the text of a decisions file with everything that needs an answer; a person fills in the rest."""
    lines = [
        "# Fill in every empty line, then: coprod campaigns signoff",
        "format: 1",
        'approver: ""            # who answers for this material',
        f'safeguarding: {{name: "", on: {today}}}   # the adult who checked that it is safe',
        f'facts: {{name: "", on: {today}}}          # the adult who checked that it is true',
    ]
    comments = case.panel.comments if case.panel else ()
    lines += ["comments:"] if comments else ["comments: []"]
    for comment in comments:
        lines += [
            f"# asked: {clean_line(comment.about)}",
            f"# said: {clean_line(comment.text)}",
            f"- comment: {comment_id(comment)}",
            '  outcome: ""           # done, partly or not',
            '  reason: ""            # in plain words, at least 20 letters; the panel will read it',
        ]
    if case.panel and case.panel.harm_raised:
        lines += [
            "# Somebody said this could harm someone. What did you do about it?",
            'harm: {reason: "", by: ""}',
        ]
    warnings = [finding for finding in check.findings if finding.severity == "warn"]
    lines += ["waivers:"] if warnings else ["waivers: []"]
    for finding in warnings:
        lines += [
            f"# line {finding.line}: {clean_line(finding.text)}: {clean_line(finding.message)}",
            "# Mend it and delete these lines, or say why it stays, until when, and which two people say so.",
            f'- {{finding: {fingerprint(case, finding)}, reason: "", expires: {today}, by: []}}',
        ]
    return "\n".join(lines) + "\n"


def load_decisions(path: Path) -> Decisions:
    """Give the decisions in a file. Raises BadInputError with every line that is not filled in."""
    return load_yaml(path, Decisions).value


def sign_material(
    workspace: Workspace,
    name: str,
    decisions: Decisions,
    key: SigningKey,
    today: date,
    theme: str = "harbour",
) -> SignOff:
    """Sign a material off and write its `signoff.json`. Raises RefusedError with every reason against it."""
    case = case_of(workspace, name, theme)
    approvers = load_approvers(workspace.campaigns)
    if key.public_key not in {approver.public_key for approver in approvers}:
        raise RefusedError(
            "this key belongs to no approver of this workspace: `coprod campaigns approver` names one"
        )
    signoff = sign_off(case, decisions, key, today)
    write_whole(case.folder / SIGNOFF_FILE, signoff_bytes(signoff))
    return signoff


def release_material(workspace: Workspace, name: str, today: date) -> ReleasedFiles:
    """Draw a signed material into `out/NAME/`. Raises RefusedError with every reason against it; then nothing is written."""
    case = case_of(workspace, name)
    signoff = load_signoff(case.folder / SIGNOFF_FILE)
    released = release(case, signoff, load_approvers(workspace.campaigns), today)
    return ReleasedFiles(_written(workspace.out / name, name, released), released.code)


def _written(folder: Path, name: str, released: Released) -> tuple[Path, ...]:
    files = released.named(name)
    for file_name, content in files.items():
        write_whole(folder / file_name, content)
    return tuple(folder / file_name for file_name in files)


def signoffs_of(workspace: Workspace) -> tuple[SignOff, ...]:
    """Give every sign-off of a workspace. Raises BadInputError for one that was edited."""
    found = (load_signoff(path) for path in sorted(workspace.campaigns.glob(f"*/{SIGNOFF_FILE}")))
    return tuple(signoff for signoff in found if signoff is not None)


def verify_path(workspace: Workspace, path: Path, today: date) -> Verdict:
    """Give what the workspace's sign-offs say about a file."""
    content = read_bytes(path, LARGEST_FILE)
    return verify_file(content, signoffs_of(workspace), load_approvers(workspace.campaigns), today)


def verify_printed(workspace: Workspace, code: str, today: date) -> Verdict:
    """Give what the workspace's sign-offs say about a printed code."""
    return verify_code(code, signoffs_of(workspace), load_approvers(workspace.campaigns), today)
