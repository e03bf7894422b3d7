"""A workspace: one folder on disk for one piece of work."""

import secrets
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from coprod.kernel.contacts import Audience, HelpContact, Nation
from coprod.kernel.files import read_text, write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.released import SmallCounts
from coprod.kernel.tomlfile import load_toml
from coprod.kernel.wording import Language

SETTINGS_FILE = "coprod.toml"
FOLDERS = ("surveys", "boxes", "analysis", "campaigns", "out")
MOST_KEY_HOLDERS = 5


class KeyHolder(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who can open answers, or two people who can together; only the public half of a key is here."""

    name: str
    public_key: Annotated[
        str,
        Meta(
            pattern=r"^age1[02-9ac-hj-np-z]{58}(\+age1[02-9ac-hj-np-z]{58})?$",
            description="copy the whole public key, as `coprod keys show` prints it",
        ),
    ]


class Device(Struct, frozen=True, forbid_unknown_fields=True):
    """A device that may collect answers, and the key holders who proved they can open its boxes."""

    name: str
    public_key: Annotated[
        str, Meta(pattern="^[0-9a-f]{64}$", description="let `coprod keys rehearse` write this line")
    ]
    rehearsed_with: tuple[str, ...] = ()


class MixGoal(Struct, frozen=True, forbid_unknown_fields=True):
    """Who should be on a panel, and how many of them at least."""

    who: Annotated[str, Meta(min_length=3, max_length=120)]
    least: Annotated[int, Meta(ge=1)]


class Quorum(Struct, frozen=True, forbid_unknown_fields=True):
    """How many people must have reviewed a material together, and who should be among them, by its audience.

    Whether a goal of the mix was met is noted for the panel as a whole, never beside an answer.
    """

    young_people: Annotated[int, Meta(ge=5)] = 5
    people: dict[Audience, Annotated[int, Meta(ge=5)]] = {}
    mix: dict[Audience, tuple[MixGoal, ...]] = {}

    def people_for(self, audience: Audience) -> int:
        """Give how many must review a material for an audience together."""
        return self.people.get(audience, self.young_people)

    def mix_for(self, audience: Audience) -> tuple[str, ...]:
        """Give the goals for an audience in words."""
        return tuple(f"at least {goal.least}: {goal.who}" for goal in self.mix.get(audience, ()))


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """What `coprod.toml` says. `small_counts` is chosen once for all surveys of the workspace."""

    format: Literal[1]
    name: str
    nation: Nation
    withdrawal_salt: Annotated[
        str,
        Meta(
            pattern="^[0-9a-f]{32,64}$",
            description="put back the line from a copy; slips already given depend on it",
        ),
    ]
    languages: tuple[Language, ...] = ("en",)
    simulated: bool = False
    opener: str = ""
    safeguarding_lead: str = ""
    open_within_days: Annotated[int, Meta(ge=1, le=28)] = 2
    small_counts: SmallCounts = "bands"
    quorum: Quorum = Quorum()
    key_holders: Annotated[tuple[KeyHolder, ...], Meta(max_length=MOST_KEY_HOLDERS)] = ()
    devices: tuple[Device, ...] = ()
    confirmed: dict[str, date] = {}
    local_contacts: tuple[HelpContact, ...] = ()


class Workspace(Struct, frozen=True):
    """A folder and its settings."""

    root: Path
    settings: Settings

    @property
    def surveys(self) -> Path:
        """Questionnaires of this service."""
        return self.root / "surveys"

    @property
    def boxes(self) -> Path:
        """Sealed answers, and bundles brought in."""
        return self.root / "boxes"

    @property
    def analysis(self) -> Path:
        """Batches, codings and the releases ledger."""
        return self.root / "analysis"

    @property
    def campaigns(self) -> Path:
        """One folder a material."""
        return self.root / "campaigns"

    @property
    def out(self) -> Path:
        """Everything that leaves."""
        return self.root / "out"


def find_workspace(start: Path) -> Workspace | None:
    """Give the workspace that holds `start`, looking upwards, or None."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / SETTINGS_FILE).is_file():
            return load_workspace(folder)
    return None


def here() -> Workspace:
    """Give the workspace of the current folder. Raises BadInputError when there is none."""
    workspace = find_workspace(Path.cwd())
    if workspace is None:
        raise BadInputError.of(
            SETTINGS_FILE, "this folder is in no workspace", "make one with `coprod new DIR`"
        )
    return workspace


def load_workspace(root: Path) -> Workspace:
    """Give the workspace in a folder. Raises BadInputError with every mistake in `coprod.toml`."""
    return Workspace(root.resolve(), load_toml(root / SETTINGS_FILE, Settings).value)


def new_workspace(root: Path, name: str, nation: Nation, *, simulated: bool = False) -> Workspace:
    """Make an empty workspace. Raises BadInputError when the folder already holds something."""
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise BadInputError.of(root, "this folder is not empty", "name a new folder")
    settings = Settings(1, name, nation, secrets.token_hex(16), simulated=simulated)
    for folder in FOLDERS:
        (root / folder).mkdir(parents=True, exist_ok=True)
    write_whole(root / SETTINGS_FILE, resources.files("coprod").joinpath("starting.toml").read_bytes())
    return save_settings(Workspace(root.resolve(), settings), settings)


def save_settings(workspace: Workspace, settings: Settings) -> Workspace:
    """Write settings to `coprod.toml`, keeping a person's own comments, and give the workspace with them."""
    import tomlkit

    path = workspace.root / SETTINGS_FILE
    document = tomlkit.parse(read_text(path))
    wanted: dict[str, Any] = msgspec.to_builtins(settings, builtin_types=(date,))
    for key in [key for key in document if key not in wanted]:
        del document[key]
    for key, value in wanted.items():
        if key not in document or document[key] != value:
            document[key] = _without_gaps(value)
    write_whole(path, _read_back(tomlkit.dumps(document), _without_gaps(wanted)).encode())
    return Workspace(workspace.root, settings)


def _read_back(text: str, wanted: dict[str, Any]) -> str:
    """Give the text if it says what is wanted; else the same settings afresh, without remarks, plain values first.

    A list of tables that becomes a plain list again can end up inside the table above it.
    """
    import tomllib

    import tomlkit

    if tomllib.loads(text) == wanted:
        return text
    ordered = sorted(wanted.items(), key=lambda item: _is_table(item[1]))
    return tomlkit.dumps(dict(ordered))


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(one, dict) for one in value)
    )


def _without_gaps(value: Any) -> Any:
    """Leave out what is not set: TOML has no null."""
    if isinstance(value, dict):
        return {key: _without_gaps(item) for key, item in value.items() if item is not None}
    return [_without_gaps(item) for item in value] if isinstance(value, list | tuple) else value
