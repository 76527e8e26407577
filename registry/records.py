"""What queries return: frozen values that outlive the session they came from.

No ORM row leaves a session. Times are UTC and aware. Ids are 32 hexadecimal digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

RunStatus = Literal["queued", "running", "finished", "failed", "cancelled"]
StopRequest = Literal["discard", "keep_best"]
ModelKind = Literal["pretrained", "fine_tuned", "static_vectors"]
RAW_TEXT = "raw_text"  # the problem type of a dataset version that holds no labels: a corpus for pre-training
FINAL: tuple[RunStatus, ...] = ("finished", "failed", "cancelled")


@dataclass(frozen=True)
class Artifact:
    """Files in the artifact store: `key` names the folder, `digest` is the SHA-256 of the manifest."""

    key: str
    digest: str
    size: int
    files: tuple[tuple[str, int, str], ...]  # (path in the folder, bytes, SHA-256)


@dataclass(frozen=True)
class DatasetVersion:
    """One immutable version of labelled rows or, as `raw_text`, of a corpus; `report` is what it was saved with.

    Of raw text `rows` counts sentences, `labels` is empty and `mapping` holds the options it was cut with.
    """

    id: str
    name: str
    version: int
    description: str
    content_hash: str
    problem_type: str
    labels: tuple[str, ...]
    rows: Mapping[str, int]  # split -> rows
    mapping: Mapping[str, Any]
    repairs: tuple[str, ...]
    report: Mapping[str, Any]
    source: str  # file name as uploaded
    artifact: Artifact
    created_at: datetime
    created_by: str

    @property
    def spec(self) -> str:
        return f"{self.name}/{self.version}"

    @property
    def is_raw_text(self) -> bool:
        """Whether this is a corpus without labels."""
        return self.problem_type == RAW_TEXT


@dataclass(frozen=True)
class ModelVersion:
    """One immutable version of a registered model."""

    id: str
    name: str
    version: int
    kind: ModelKind
    method: str  # "" for a pretrained model
    labels: tuple[str, ...]
    problem_type: str  # "" for a pretrained model
    parent: str | None  # id of the version it was trained from
    dataset_version: str | None
    run: str | None
    parameters: Mapping[str, Any]
    facts: Mapping[str, Any]  # layers, hidden size, vocabulary, training summary, calibration, ...
    digest: str
    artifact: Artifact
    status: Literal["ready", "corrupt"]
    notes: str
    tags: tuple[str, ...]
    aliases: tuple[str, ...]
    created_at: datetime
    created_by: str

    @property
    def spec(self) -> str:
        return f"{self.name}/{self.version}"


@dataclass(frozen=True)
class RegisteredModel:
    """A name with its versions, newest first."""

    name: str
    description: str
    tags: tuple[str, ...]
    versions: tuple[ModelVersion, ...]
    created_at: datetime
    created_by: str
    id: str = ""


@dataclass(frozen=True)
class Score:
    """How one model version did on one split of one dataset version."""

    id: str
    model_version: str
    dataset_version: str
    split: str
    rows: int
    evaluation_hash: str  # content of the rows scored and the version of the metric code: only equal hashes compare
    metrics: Mapping[str, Any]  # name -> {"value", "low", "high"}
    details: Mapping[str, Any]  # per class, confusion, calibration bins, baselines
    artifact: Artifact | None  # predictions.parquet: row_id, target, one prob column a label
    created_at: datetime
    created_by: str


@dataclass(frozen=True)
class BiasResult:
    """What one bias measure found on one model version."""

    id: str
    model_version: str
    run: str | None
    measure: str
    identity: str  # of measure, its version, inputs and settings: only results of equal identity compare
    inputs: Mapping[str, Any]  # name, word sets, rows, source, digest
    settings: Mapping[str, Any]  # seed among them
    found: Mapping[str, Any]  # core.bias.found.Found without its tables
    artifact: Artifact  # found.json and its tables as parquet
    created_at: datetime
    created_by: str
    number: int = 0


@dataclass(frozen=True)
class Run:
    """One piece of long work. `attempt` is the fencing token: only the process that holds it may write."""

    id: str
    kind: str
    title: str
    config: Mapping[str, Any]
    status: RunStatus
    attempt: int
    max_attempts: int
    stop_request: StopRequest | None
    progress: Mapping[str, Any]  # core.progress.Progress as a dict, without metrics
    result: Mapping[str, Any]
    error: str  # one sentence for a person
    error_kind: str  # "" | "user" | "out_of_memory" | "lost" | "defect"
    log: str | None  # the last 64 KiB; None in a listing, which leaves it where it is
    worker: str
    heartbeat_at: datetime | None
    lease_until: datetime | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    created_by: str
    position: int | None  # place in the queue, 1 = next, None when not queued
    failures: int = 0  # attempts that ended badly; at max_attempts the run is failed
    not_before: datetime | None = None  # a queued run waits at least until then
    number: int = 0  # the order in which runs were submitted

    @property
    def over(self) -> bool:
        return self.status in FINAL


@dataclass(frozen=True)
class Measurement:
    """One point of a run's curves."""

    step: int
    epoch: float | None
    at: datetime
    metrics: Mapping[str, float]


@dataclass(frozen=True)
class Event:
    """One line of the audit trail."""

    at: datetime
    who: str
    what: str
    noun: str
    target: str
    details: Mapping[str, Any]
