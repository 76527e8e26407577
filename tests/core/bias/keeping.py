"""Results kept against registered versions without measuring anything: how tests fill a registry."""

from __future__ import annotations

from typing import Any

from core.bias import found as found_files
from core.bias.found import Found
from registry import bias_results, models
from registry.names import new_id
from registry.records import BiasResult, ModelVersion
from registry.session import Registry


def keep(
    registry: Registry, spec: str, found: Found, *, measure: str = "weat", inputs: str = "WEAT 6", identity: str = "",
    **settings: Any,
) -> BiasResult:  # fmt: skip
    """Store `found` as a result of `spec`; its identity is that of measure and inputs' name unless one is given."""
    with registry.artifacts.staging() as folder:
        found_files.write(found, folder)
        artifact = registry.artifacts.publish(folder, "bias", new_id())
    words = {"targets": {"Men": ["he"], "Women": ["she"]}, "attributes": {"Work": ["desk"], "Home": ["bed"]}}
    given = {"name": inputs, "words": {"name": inputs, **words}, "rows": None, "source": "own", "digest": "0" * 64}
    with registry.begin() as session:
        return bias_results.add(
            session, model_version=models.get(session, spec).id, run=None, measure=measure,
            identity=identity or f"{measure}-{inputs}", inputs=given, settings=settings, found=found.to_json(),
            artifact=artifact, who="ada",
        )  # fmt: skip


def version(registry: Registry, like: str, name: str, parent: str | None = None, **facts: Any) -> ModelVersion:
    """The next version of `name` with the files of `like`, made from `parent` where one is named."""
    with registry.begin() as session:
        old = models.get(session, like)
        return models.add(
            session, name=name, kind=old.kind, method=old.method, labels=old.labels, problem_type=old.problem_type,
            parent=models.get(session, parent).id if parent else None, dataset_version=None, run=None, parameters={},
            facts={**old.facts, **facts}, digest=old.digest, artifact=old.artifact, notes="", who="ada",
        )  # fmt: skip
