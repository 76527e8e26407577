"""Who was made from whom, over any number of steps."""

from __future__ import annotations

from pathlib import Path

from core.jobs import ancestry
from core.jobs.workspace import open_workspace
from registry import models
from registry.home import Home


def test_parents_grandparents_siblings_and_strangers(home: Path) -> None:
    registry = open_workspace(Home.at(home))
    with registry.begin() as session:
        first = models.get(session, "all-MiniLM-L6-v2")

        def add(name: str, parent: str | None):  # noqa: ANN202
            return models.add(
                session, name=name, kind="fine_tuned", method="full", labels=("a", "b"), problem_type="single_label",
                parent=parent, dataset_version=None, run=None, parameters={}, facts={}, digest=name,
                artifact=first.artifact, notes="", who="ada",
            )  # fmt: skip

        child = add("child", first.id)
        grandchild, sibling, stranger = add("grandchild", child.id), add("sibling", first.id), add("stranger", None)
    assert [each.name for each in ancestry.ancestors(registry, grandchild)] == ["child", "all-MiniLM-L6-v2"]
    assert ancestry.related(registry, first, grandchild) and ancestry.related(registry, grandchild, sibling)
    assert ancestry.related(registry, first, first) and not ancestry.related(registry, stranger, grandchild)
    assert ancestry.in_order(registry, grandchild, first) == (first, grandchild)
    assert ancestry.in_order(registry, first, grandchild) == (first, grandchild)
    assert ancestry.in_order(registry, stranger, first) == (stranger, first)
    registry.close()
