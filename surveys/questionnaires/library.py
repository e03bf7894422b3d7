"""The ready-made questionnaires, and a service's own."""

from importlib import resources
from pathlib import Path

from msgspec import Struct

from coprod.kernel.files import named_like
from coprod.kernel.problem import BadInputError
from coprod.kernel.yamlfile import nearest

SHIPPED = Path(str(resources.files("surveys"))) / "library"


class Shelved(Struct, frozen=True):
    """A questionnaire file under its name; `own` when it stands in the service's own folder."""

    name: str
    path: Path
    own: bool


def shelf(own: Path | None) -> tuple[Shelved, ...]:
    """Give the questionnaires at hand by name; one in the folder `own` stands in front of a shipped one."""
    found = {path.stem: Shelved(path.stem, path, own=False) for path in SHIPPED.glob("*.yaml")}
    if own is not None and own.is_dir():
        found.update({path.stem: Shelved(path.stem, path, own=True) for path in named_like(own, "*.yaml")})
    return tuple(found[name] for name in sorted(found))


def find_questionnaire(name: str, own: Path | None) -> Path:
    """Give the file of a questionnaire named on the shelf, or of a path that ends in .yaml.

    Raises BadInputError with the nearest name.
    """
    if name.endswith((".yaml", ".yml")):
        return Path(name)
    by_name = {one.name: one.path for one in shelf(own)}
    if name not in by_name:
        raise BadInputError.of(name, "there is no questionnaire of this name", nearest(name, by_name))
    return by_name[name]
