"""The model card of a mitigated version: README.md with what was done, and every figure before and after."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.training.card import escaped, quoted

TASKS = {"fine_tuned": "text-classification", "pretrained": "feature-extraction"}


def write(folder: Path, name: str, said: Mapping[str, Any], kind: str) -> None:
    """Write README.md, and mitigation.json with the same facts."""
    (folder / "README.md").write_text(card(name, said, kind), encoding="utf-8")
    if kind == "fine_tuned":
        (folder / "training.json").write_text(_json({"mitigation": said}), encoding="utf-8")


def card(name: str, said: Mapping[str, Any], kind: str) -> str:
    """The card as Markdown; everything that a person typed is escaped."""
    parts = (
        _front(said, kind), f"# {escaped(name)}",
        f"{said['title']} ({escaped(said['source'])}) of {escaped(said['parent'])}, with the word sets "
        f"{escaped(said['inputs']['name'])}.",
        escaped(said["says"], 1000), _changes(said["changes"]), _again(said["recoverable"]), _score(said["score"]),
        _listed("## Notes", said["notes"]),
        _listed("## What it does not say", [f"{one['sentence']} ({one['source']})" for one in said["criticisms"]]),
        "## Settings\n\n```json\n" + _json({"settings": said["settings"], "facts": said["facts"]}) + "```",
    )  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def _front(said: Mapping[str, Any], kind: str) -> str:
    lines = ["---", f"base_model: {quoted(said['parent'])}", "tags:", "- amontillado", f"- {quoted(said['name'])}"]
    lines += [f"library_name: transformers\npipeline_tag: {TASKS[kind]}"] if kind in TASKS else []
    return "\n".join([*lines, "---"])


def _changes(changes: list[Mapping[str, Any]]) -> str:
    head = "## Before and after\n\n| Measure | Inputs | Neutral | Before | After | | Given its words |\n"
    rows = [
        f"| {escaped(one['title'])} | {escaped(one['inputs'])} | {number(one['neutral'])} | {number(one['before'])} | "
        f"{number(one['after'])} | {escaped(way(one))} | {'yes' if one['tuned'] else 'no'} |"
        for one in changes
    ]
    return head + "|---|---|---|---|---|---|---|\n" + "\n".join(rows)


def way(one: Mapping[str, Any]) -> str:
    """Which way a figure went, in words."""
    if one["over"] is not None:
        return f"turned round: {one['over']:.3f} beyond neutral"
    return {"towards": "towards neutral", "away": "away from neutral", "unchanged": "unchanged"}.get(
        one["way"], one["note"] or "not known"
    )


def number(value: float | None) -> str:
    """Three digits, or a dash."""
    return "–" if value is None else f"{value:.3f}"


def again(found: Mapping[str, Any] | None) -> str:
    """How well the attribute can still be found, in a sentence; empty where it was not tried."""
    if not found:
        return ""
    before, after = found["before"], found["after"]
    if after["accuracy"] is None:
        return f"Whether the attribute can be found again was not tried. {after['note']}"
    found_again = "Still recoverable" if after["accuracy"] > after["majority"] + 0.05 else "Not found again here"
    old = "" if before["accuracy"] is None else f" ({before['accuracy']:.2f} before)"
    return (
        f"{found_again}: a new classifier finds the attribute in {after['accuracy']:.2f} of 1{old}, sorting into "
        f"two heaps in {after['clusters']:.2f}; guessing reaches {after['majority']:.2f}. {found['said']}, "
        f"n = {after['n']:,}."
    )


def _again(found: Mapping[str, Any] | None) -> str:
    return f"## Can it be found again?\n\n{escaped(again(found), 1000)}" if found else ""


def _score(score: Mapping[str, Any] | None) -> str:
    if not score:
        return ""
    return f"## Task score\n\n{escaped(score.get('verdict') or score.get('problem', ''), 1000)}"


def _listed(head: str, sentences: list[str]) -> str:
    return "\n".join([head, "", *(f"- {escaped(one, 4000)}" for one in sentences)]) if sentences else ""


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"
