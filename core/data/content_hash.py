"""The identity of a data set: SHA-256 over its rows in one canonical form, splits included.

Line numbers and the file they came from are left out, so the same rows read from CSV and from XLSX have one hash. The
order of rows counts, because training depends on it.
"""

from __future__ import annotations

import hashlib
import json

import pandas as pd

FORM = "amontillado-rows/1"
FIELDS = ("split", "text", "text_pair", "label", "id", "group", "weight")


def content_hash(rows: pd.DataFrame) -> str:
    """64 hexadecimal digits for the frame that is stored as rows.parquet."""
    present = [name for name in FIELDS if name in rows]
    digest = hashlib.sha256(json.dumps([FORM, *present]).encode())
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=list).encode
    columns = [rows[name].tolist() for name in present]
    for values in zip(*columns, strict=True):
        digest.update(b"\n" + encode(values).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
