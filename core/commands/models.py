"""`models`: list, show, alias, tag, describe, rename, import, export, verify, delete, gc."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from core.commands.answer import Answer, facts, metric, table
from core.commands.options import Verbs, me, noun, verb, workspace
from core.errors import UserProblem
from registry import models, scores
from registry.records import ModelVersion, RegisteredModel, Score


def add(verbs: Verbs) -> None:
    """Add the noun and its verbs."""
    own = noun(verbs, "models", "Registered models.")
    verb(own, "list", "Every model with its newest version.", list_models)
    for name, help, run in (
        ("show", "One version with its scores.", show),
        ("verify", "Check files and golden rows of a version.", verify),
        ("delete", "Delete a version that nothing needs.", delete),
    ):
        verb(own, name, help, run).add_argument("model", metavar="NAME[/VERSION or @ALIAS]")
    _add_naming(own)
    _add_files(own)


def _add_naming(own: Verbs) -> None:
    alias = verb(own, "alias", "Move an alias to a version, or drop it.", move_alias)
    alias.add_argument("model", metavar="NAME/VERSION")
    alias.add_argument("alias")
    alias.add_argument("--drop", action="store_true")
    alias.add_argument("--why", default="")
    alias.add_argument("--expected", type=int, metavar="VERSION", help="refuse when it is elsewhere (0: nowhere)")
    tag = verb(own, "tag", "Tag a model (NAME) or a version (NAME/VERSION).", tag_model)
    tag.add_argument("model")
    tag.add_argument("tag")
    tag.add_argument("--remove", action="store_true")
    describe = verb(own, "describe", "Change a model's description.", describe_model)
    describe.add_argument("model", metavar="NAME")
    describe.add_argument("description")
    rename = verb(own, "rename", "Rename a model.", rename_model)
    rename.add_argument("model", metavar="NAME")
    rename.add_argument("new_name", metavar="NEW")


def _add_files(own: Verbs) -> None:
    bring = verb(
        own, "import", "Add a model from a zip, a folder or a Hub id, or a table of word vectors.", import_model
    )
    bring.add_argument("source")
    bring.add_argument("--name")
    take = verb(own, "export", "Write a version as a zip.", export)
    take.add_argument("model", metavar="NAME[/VERSION or @ALIAS]")
    take.add_argument("--output", required=True, type=Path, metavar="FILE.zip")
    verb(own, "gc", "Remove what crashed work left behind.", sweep).add_argument(
        "--older-than", type=float, default=24.0, metavar="HOURS"
    )


def list_models(asked: argparse.Namespace) -> Answer:
    """Every model."""
    with workspace().read() as session:
        found = models.listing(session)
    rows = [_row(model) for model in found]
    value = {"models": [replace(model, versions=tuple(map(_short, model.versions))) for model in found]}
    return Answer(value, table(("model", "kind", "method", "versions", "aliases", "by"), rows))


def show(asked: argparse.Namespace) -> Answer:
    """One version."""
    with workspace().read() as session:
        version = models.get(session, asked.model)
        found = scores.of_model(session, version.id)
    return Answer({"model": version, "scores": found}, f"{_facts(version)}\n\n{_scores(found)}")


def verify(asked: argparse.Namespace) -> Answer:
    """Check and tell."""
    from core.jobs import models as service

    found = service.verify(workspace(), asked.model, me())
    return Answer({"verified": found}, str(found))


def delete(asked: argparse.Namespace) -> Answer:
    """Delete a version."""
    from core.jobs import models as service

    version = service.delete(workspace(), asked.model, me())
    return Answer({"deleted": version.spec}, f"Deleted {version.spec}.")


def move_alias(asked: argparse.Namespace) -> Answer:
    """Move or drop an alias."""
    with workspace().begin() as session:
        version = models.get(session, asked.model)
        if asked.drop:
            models.drop_alias(session, version.name, asked.alias, me(), why=asked.why)
            return Answer({"dropped": asked.alias, "model": version.name}, f"{version.name} has no @{asked.alias} now.")
        moved = models.set_alias(
            session, version.name, asked.alias, version.version, me(), why=asked.why, expected=asked.expected
        )
    return Answer({"model": moved}, f"{version.name}@{asked.alias} is {moved.spec} now.")


def tag_model(asked: argparse.Namespace) -> Answer:
    """Put a tag on, or take it off."""
    with workspace().begin() as session:
        (models.untag if asked.remove else models.tag)(session, asked.model, asked.tag, me())
    did = "removed from" if asked.remove else "put on"
    return Answer(
        {"model": asked.model, "tag": asked.tag, "removed": asked.remove}, f"{asked.tag} {did} {asked.model}."
    )


def describe_model(asked: argparse.Namespace) -> Answer:
    """Change the description."""
    with workspace().begin() as session:
        found = models.describe(session, asked.model, asked.description, me())
    return Answer({"model": found.name, "description": found.description}, f"{found.name}: {found.description}")


def rename_model(asked: argparse.Namespace) -> Answer:
    """Rename a model with all its versions."""
    with workspace().begin() as session:
        models.rename(session, asked.model, asked.new_name, me())
        found = models.model(session, asked.new_name)
    return Answer({"model": found.name}, f"{asked.model} is {found.name} now.")


def import_model(asked: argparse.Namespace) -> Answer:
    """Bring a model in."""
    from core.jobs import models as service

    version = service.import_model(workspace(), asked.source, name=asked.name, who=me())
    return Answer({"model": version}, f"Imported {version.spec} ({version.kind}).")


def export(asked: argparse.Namespace) -> Answer:
    """Write a zip."""
    from core.jobs import models as service

    if not asked.output.resolve().parent.is_dir() or asked.output.is_dir():
        raise UserProblem(f"{asked.output} is no place for a file.", "Name a file in a folder that exists.")
    target = service.export(workspace(), asked.model, asked.output)
    return Answer({"output": target, "size": target.stat().st_size}, f"Wrote {target}.")


def sweep(asked: argparse.Namespace) -> Answer:
    """Remove orphans."""
    from core.jobs import gc

    found = gc.sweep(workspace(), asked.older_than * 3600)
    return Answer({"removed": found}, facts({name: f"{count} removed" for name, count in found.items()}))


def _row(model: RegisteredModel) -> tuple[object, ...]:
    newest = model.versions[0]
    aliases = ", ".join(f"@{alias} {item.version}" for item in model.versions for alias in item.aliases)
    return newest.spec, newest.kind, newest.method, len(model.versions), aliases, newest.created_by


def _short(version: ModelVersion) -> ModelVersion:
    return replace(version, artifact=replace(version.artifact, files=()), facts={})


def _facts(version: ModelVersion) -> str:
    return facts(
        {
            "model": version.spec,
            "id": version.id,
            "kind": version.kind,
            "status": version.status,
            "method": version.method,
            "labels": ", ".join(version.labels[:30]),
            "aliases": ", ".join(version.aliases),
            "tags": ", ".join(version.tags),
            "notes": version.notes,
            "size": f"{version.artifact.size / 1e6:.1f} MB in {len(version.artifact.files)} files",
            "run": version.run,
            "by": version.created_by,
            "created": f"{version.created_at:%Y-%m-%d %H:%M:%S} UTC",
        }
    )


def _scores(found: tuple[Score, ...]) -> str:
    rows = [
        (score.split, score.rows, metric(score.metrics.get("f1_macro")), metric(score.metrics.get("accuracy")))
        for score in found
    ]
    return table(("split", "rows", "macro-F1", "accuracy"), rows, "No scores yet.")
