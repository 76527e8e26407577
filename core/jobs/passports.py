"""The bias passport of a model version, read from the registry: its results, its parent's, its previous version's.

Nothing is written, and nothing is measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from core.bias import found as found_files
from core.bias.found import Found
from core.bias.measures import MEASURES
from core.bias.passport import document, lines, markdown
from core.bias.passport.document import Change, Line, Passport
from core.errors import UserProblem
from core.jobs import auditing
from registry import bias_results, models
from registry.errors import NotFound
from registry.records import BiasResult, ModelVersion

if TYPE_CHECKING:
    from registry.session import Registry

PARENT, PREVIOUS, BOTH = "parent", "previous version", "parent and previous version"
FILE, CARD = "bias_passport.json", "README.md"


def passport(registry: Registry, spec: str) -> Passport:
    """The passport of the version that `spec` names; NotFound where there is none."""
    with registry.read() as session:
        version = models.get(session, spec)
        others = compared(session, version)
        results = bias_results.newest(session, version.id)
        theirs = {one.id: {each.identity: each for each in bias_results.newest(session, one.id)}
                  for one in others.values()}  # fmt: skip
    rows = [_line(registry, version, result, others, theirs) for result in results]
    taken = {result.measure for result in results}
    return Passport(
        version.spec,
        made(version, next((one.spec for role, one in others.items() if role != PREVIOUS), None)),
        lines.ordered(rows, MEASURES),
        lines.missing(MEASURES.values(), taken, _reasons(version)),
        {role: one.spec for role, one in others.items()},
        dict(version.facts.get("mitigation") or {}),
    )


def papers(registry: Registry, version: ModelVersion, card: str) -> dict[str, bytes]:
    """What an exported folder holds beside its own files: the card with the section, and the passport as JSON.

    Empty where nothing was measured.
    """
    found = passport(registry, version.id)
    if not found.lines:
        return {}
    return {CARD: markdown.with_section(card, found).encode(), FILE: document.written(found).encode()}


def compared(session: Any, version: ModelVersion) -> dict[str, ModelVersion]:
    """Role -> version: what this one was made from, and the newest older one of its name; once where they are one."""
    parent = _still(session, version.parent)
    older = [one for one in models.versions_of(session, version.name) if one.version < version.version]
    previous = max(older, key=lambda one: one.version, default=None)
    if parent is not None and previous is not None and parent.id == previous.id:
        return {BOTH: parent}
    found = {PARENT: parent, PREVIOUS: previous}
    return {role: one for role, one in found.items() if one is not None}


def made(version: ModelVersion, parent: str | None) -> str:
    """How the version came to be, as far as it matters here: what it was made from, and by which mitigation."""
    mitigation = version.facts.get("mitigation") or {}
    way = str(mitigation.get("title") or mitigation.get("method") or "") if isinstance(mitigation, Mapping) else ""
    if way:
        return f"{version.spec} was made from {parent or 'a version that is gone'} by {way}."
    return f"{version.spec} was made from {parent}." if parent else ""


def stored(registry: Registry, result: BiasResult) -> Found:
    """A result with its tables."""
    return found_files.read(registry.artifacts.local(result.artifact))


def _line(
    registry: Registry, version: ModelVersion, result: BiasResult, others: Mapping[str, ModelVersion],
    theirs: Mapping[str, Mapping[str, BiasResult]],
) -> Line:  # fmt: skip
    changes = [_change(registry, version, result, role, other, theirs[other.id].get(result.identity))
               for role, other in others.items()]  # fmt: skip
    return lines.line(
        result.id, result.measure, MEASURES.get(result.measure), result.inputs, result.settings,
        Found.from_json(result.found), measured_at=result.created_at.isoformat(timespec="seconds"),
        measured_by=result.created_by, changes=tuple(one for one in changes if one is not None),
    )  # fmt: skip


def _change(
    registry: Registry, version: ModelVersion, result: BiasResult, role: str, other: ModelVersion,
    before: BiasResult | None,
) -> Change | None:  # fmt: skip
    if before is None:
        return None
    return lines.change(other.spec, role, version.spec, stored(registry, before), stored(registry, result))


def _reasons(version: ModelVersion) -> dict[str, str]:
    """Why a measure cannot be taken of this version, by name."""
    found: dict[str, Any] = {}
    for name, measure in MEASURES.items():
        try:
            auditing.fits(version, measure)
        except UserProblem as problem:
            found[name] = str(problem)
    return found


def _still(session: Any, id: str | None) -> ModelVersion | None:
    try:
        return models.get(session, id) if id else None
    except NotFound:
        return None
