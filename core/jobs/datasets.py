"""From a checked upload to a dataset version, and back out: files first, then one transaction; nothing half-saved."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

from core.errors import UserProblem
from core.jobs import uploads
from core.jobs.publish import discard
from core.jobs.uploads import Staged
from registry import datasets
from registry.names import checked_name, new_id
from registry.records import DatasetVersion

if TYPE_CHECKING:
    from core.data.report import Preflight
    from registry.session import Registry

SAVED = ("rows.parquet", "report.json", "rejected.csv")


def save(
    registry: Registry, staged: Staged, preflight: Preflight, *, name: str, description: str = "", who: str
) -> DatasetVersion:
    """Make the next version of the dataset `name`; UserProblem for a blocker of the check, Refused when it exists."""
    name = checked_name(name, "dataset name")
    if not preflight.can_save:
        raise UserProblem(
            f"This file cannot be saved as a dataset: {' '.join(preflight.blockers)}", "", "Mend it and try again."
        )
    identifier = new_id()
    with registry.artifacts.staging() as folder:
        for file in SAVED:
            shutil.copyfile(staged.checked / file, folder / file)
        artifact = registry.artifacts.publish(folder, "datasets", identifier)
    try:
        with registry.begin() as session:
            version = datasets.add(
                session, id=identifier, name=name, description=description, artifact=artifact, who=who,
                **_columns(staged, preflight),
            )  # fmt: skip
    except BaseException:
        discard(registry, (artifact,))
        raise
    uploads.discard(staged)
    return version


def delete(registry: Registry, identifier: str, who: str) -> None:
    """Delete a dataset version that nothing uses, and its files; Refused says what uses it."""
    with registry.begin() as session:
        artifact = datasets.delete(session, identifier, who)
    discard(registry, (artifact,))


def _columns(staged: Staged, preflight: Preflight) -> dict[str, Any]:
    told = json.loads((staged.checked / uploads.MAPPING_FILE).read_text(encoding="utf-8"))
    return {
        "mapping": told["mapping"],
        "source": told["source"],
        "repairs": preflight.repairs,
        "content_hash": preflight.content_hash,
        "problem_type": preflight.problem_type,
        "labels": preflight.labels,
        "rows": preflight.splits,
        "report": preflight.to_json(),
    }
