"""What a model's ancestors have read: raw text of pre-trainings, and how much of a dataset stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from core.data.corpus.seen import seen
from core.data.corpus.store import open_corpus
from core.data.examples import SPLITS, LabelledData
from core.jobs.ancestry import ancestors
from registry import datasets
from registry.records import DatasetVersion, ModelVersion

if TYPE_CHECKING:
    from registry.session import Registry


def read_before(registry: Registry, base: ModelVersion | None, data: LabelledData) -> list[dict[str, Any]]:
    """For each corpus that `base` or an ancestor was pre-trained on: its spec, and by split read rows of all rows."""
    found = []
    for version in corpora(registry, base):
        corpus = open_corpus(registry.artifacts.local(version.artifact))
        rows = {split: [int(seen(getattr(data, split).texts, corpus).sum()), len(getattr(data, split))]
                for split in SPLITS}  # fmt: skip
        found.append({"corpus": version.spec, "rows": rows})
    return found


def corpora(registry: Registry, base: ModelVersion | None) -> Iterator[DatasetVersion]:
    """The raw texts of all pre-trainings from `base` up to its first ancestor, each once."""
    line = () if base is None else (base, *ancestors(registry, base))
    read = dict.fromkeys(each.dataset_version for each in line if each.method == "pretrain" and each.dataset_version)
    with registry.read() as session:
        yield from (datasets.get(session, corpus) for corpus in read)


def sentences(found: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """What a reader of scores must know: rows that the base had read before."""
    told = []
    for each in found:
        read = {split: rows for split, rows in each["rows"].items() if rows[0]}
        words = ", ".join(f"{rows[0]:,} of {rows[1]:,} {split} rows" for split, rows in read.items())
        if read:
            told.append(f"The base was pre-trained on {each['corpus']}, which holds the text of {words}.")
    return tuple(told)
