"""The check of raw text in a child process with limits on memory and time; its progress comes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from core.data.corpus.check import check
from core.data.corpus.extract_child import tell_parent
from core.data.corpus.extraction.contract import Extracted
from core.data.corpus.options import CorpusOptions
from core.data.corpus.report import CorpusReport
from core.data.sandbox import Limits, run_child
from core.progress import Progress

LIMITS = Limits(memory=1_500_000_000, cpu_seconds=3_600, wall_seconds=7_200.0, file_size=8_000_000_000)


def check_in_child(
    extracted: Extracted,
    options: CorpusOptions,
    *,
    out: Path,
    tokenizer: Path | None = None,
    limits: Limits = LIMITS,
    on_progress: Callable[[Progress], None] | None = None,
) -> CorpusReport:
    """`check` in a child process; raises UserProblem where its limits are reached."""
    shutil.rmtree(out, ignore_errors=True)
    arguments = {
        "extracted": extracted.to_json(),
        "options": options.to_json(),
        "out": str(out.resolve()),
        "tokenizer": str(tokenizer.resolve()) if tokenizer else None,
    }
    return CorpusReport.from_json(run_child("corpus", arguments, limits=limits, on_progress=on_progress))


def child(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The verb `corpus` of the child process: plain values in and out."""
    tokenizer = arguments.get("tokenizer")
    return check(
        Extracted.from_json(arguments["extracted"]),
        CorpusOptions.from_json(arguments["options"]),
        out=Path(arguments["out"]),
        tokenizer=Path(tokenizer) if tokenizer else None,
        report=tell_parent,
    ).to_json()
