"""What the workspace's analysis released, in the shape in which a claim in a material may cite it."""

from campaigns.checking.evidence import is_released
from campaigns.materials.material import Material
from coprod.kernel.released import CitableRelease
from coprod.workspace import Workspace


def cites_releases(material: Material) -> bool:
    """Tell whether a material cites a number that an analysis released."""
    return material.front is not None and any(is_released(claim) for claim in material.front.claims)


def releases_for(workspace: Workspace | None, material: Material) -> dict[str, CitableRelease] | None:
    """Give what a check of a material compares its claims with; nothing is read where it cites nothing released.

    Raises BadInputError when the ledger was edited.
    """
    return citable_releases(workspace) if cites_releases(material) else None


def citable_releases(workspace: Workspace | None) -> dict[str, CitableRelease] | None:
    """Give every release by id; None outside a workspace. Raises BadInputError when the ledger was edited."""
    if workspace is None:
        return None
    # The ledger brings the disclosure rules along, which most checks never need.
    from analysis.publishing.ledger import is_same
    from coprod.journeys.understanding.tables import releases_of

    entries = releases_of(workspace)
    return {
        entry.id: CitableRelease(
            entry.id,
            entry.release.table,
            tuple(
                later.id
                for later in entries[entry.number :]
                if later.release.subject == entry.release.subject
                and not is_same(entry.release, later.release)
            ),
        )
        for entry in entries
    }
