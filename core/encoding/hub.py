"""A model from the Hugging Face Hub by its id: safetensors, JSON and vocabulary only, and only where a network is."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from pathlib import Path

from core.encoding.base_models import check_base
from core.errors import UserProblem

PATTERNS = [
    "config.json", "model.safetensors", "model-*-of-*.safetensors", "model.safetensors.index.json", "tokenizer.json",
    "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.txt", "vocab.json", "merges.txt",
    "README.md", "LICENSE*",
]  # fmt: skip
_ID = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(/[A-Za-z0-9][\w.-]{0,95})?")


def from_hub(name: str, revision: str | None = None, destination: Path | None = None) -> Path:
    """Download a BERT-family model of the Hub into `destination`, or a folder that goes with the process.

    UserProblem without a network, for an id that is not there, and for a model without safetensors.
    """
    if not _ID.fullmatch(name) or ".." in name:
        raise UserProblem(f"{name!r} is no model id.", "An id such as google-bert/bert-base-uncased is wanted.")
    folder = destination or _temporary()
    _download(name, revision, folder)
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    check_base(folder)
    return folder


def _download(name: str, revision: str | None, folder: Path) -> None:
    from httpx2 import HTTPError
    from huggingface_hub import errors, snapshot_download

    try:
        snapshot_download(name, revision=revision, local_dir=folder, allow_patterns=PATTERNS)
    except (errors.GatedRepoError, errors.RepositoryNotFoundError, errors.RevisionNotFoundError) as problem:
        revised = f" at {revision}" if revision else ""
        raise UserProblem(
            f"The Hub has no model {name}{revised} that is open to everyone.", "", "Check the id."
        ) from problem
    except (errors.HfHubHTTPError, errors.OfflineModeIsEnabled, HTTPError, OSError) as problem:
        raise UserProblem(
            f"The Hub cannot be reached to load {name}.", "A network is wanted, and HF_HUB_OFFLINE not set.",
            "Or download the model elsewhere and import its folder or a zip of it.",
        ) from problem  # fmt: skip


def _temporary() -> Path:
    folder = tempfile.mkdtemp(prefix="amontillado-hub-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
