"""`python -m core.data.child VERB`: one piece of work on a hostile file, under limits, JSON in and JSON out.

The limits are set before anything large is imported. Standard output carries lines of JSON only: {"progress": ...} any
number of times, then one of {"result": ...}, {"problem": ...} and {"memory": true}. A defect ends with a traceback on
standard error and code 70.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
import traceback
from collections.abc import Mapping
from typing import Any

VERBS = {
    "parse": "core.data.reading.parse:child",
    "check": "core.data.preflight_child:child",
    "extract": "core.data.corpus.extract:child",
    "corpus": "core.data.corpus.check_child:child",
}
OPEN_FILES = 256
DEFECT = 70


def report(**progress: Any) -> None:
    """Tell the parent how far the work is; the fields are those of core.progress.Progress."""
    _say({"progress": progress})


def main(verb: str) -> int:
    """Do the verb with what stands on standard input; the code to exit with."""
    request = json.load(sys.stdin)
    _limit(request["limits"])
    try:
        module, name = VERBS[verb].split(":")
        answer = getattr(importlib.import_module(module), name)(request["arguments"])
    except MemoryError:
        _say({"memory": True})
    except Exception as error:  # noqa: BLE001  (the border of a process: everything is told, nothing swallowed)
        return _tell(error)
    else:
        _say({"result": answer})
    return 0


def _tell(error: Exception) -> int:
    """Say a user's problem or a lack of memory; leave anything else as a traceback."""
    from core.errors import UserProblem

    if isinstance(error, UserProblem):
        _say({"problem": {"found": error.found, "wanted": error.wanted, "action": error.action}})
        return 0
    if _is_memory(error):
        _say({"memory": True})
        return 0
    traceback.print_exception(error)
    return DEFECT


def _is_memory(error: BaseException | None) -> bool:
    """Whether libraries said in their own ways that memory ran out."""
    while error is not None:
        text = str(error).lower()
        if isinstance(error, MemoryError) or any(
            word in text
            for word in ("out of memory", "malloc of size", "realloc of size", "cannot allocate", "bad_alloc")
        ):
            return True
        error = error.__cause__ or error.__context__
    return False


def _limit(limits: Mapping[str, Any]) -> None:
    memory, cpu, size = int(limits["memory"]), int(limits["cpu_seconds"]), int(limits["file_size"])
    for what, soft, hard in (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, cpu, cpu + 2),
        (resource.RLIMIT_FSIZE, size, size),
        (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, ceiling = resource.getrlimit(what)
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        resource.setrlimit(what, (soft, hard))


def _say(message: Mapping[str, Any]) -> None:
    line = json.dumps(message, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(line.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in VERBS:
        sys.stderr.write(f"one of {', '.join(VERBS)} was wanted\n")
        sys.exit(2)
    os.umask(0o077)
    sys.exit(main(sys.argv[1]))
