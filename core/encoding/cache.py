"""Vectors that were computed once, on disk: an LMDB store that several processes read and write at a time.

The cache is never the truth: a damaged store is thrown away and begun again, a full one is emptied, a disk without
room is worked without; each with a line in the log. Every value carries a checksum.
"""

from __future__ import annotations

import logging
import os
import shutil
import struct
import threading
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import lmdb
import numpy as np

LOG = logging.getLogger(__name__)
START_BYTES = 64 << 20
MAX_BYTES = 2 << 30
_HEAD = struct.Struct("<IIB3x")  # CRC-32 of what follows it, tokens, truncated
_OPEN: dict[tuple[int, str], VectorStore] = {}
_OPENING = threading.Lock()

Entry = tuple[np.ndarray, int, bool]  # vector (H,) float32, pieces seen, truncated


def pack(entry: Entry) -> bytes:
    vector, tokens, truncated = entry
    body = _HEAD.pack(0, tokens, truncated)[4:] + np.ascontiguousarray(vector, dtype="<f4").tobytes()
    return struct.pack("<I", zlib.crc32(body)) + body


def unpack(value: bytes, width: int) -> Entry | None:
    """The entry, or None when its checksum or size is wrong."""
    if len(value) != _HEAD.size + 4 * width or zlib.crc32(value[4:]) != struct.unpack_from("<I", value)[0]:
        return None
    _, tokens, truncated = _HEAD.unpack_from(value)
    return np.frombuffer(value, "<f4", offset=_HEAD.size), tokens, bool(truncated)


class VectorStore:
    """One open LMDB environment; LMDB wants exactly one a process and folder, see `VectorCache`."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self.folder, self.max_bytes = folder, max_bytes
        self.lock = threading.RLock()
        self.env = self._opened()

    def read(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        with self.lock:
            try:
                return self._read(keys)
            except lmdb.MapResizedError:
                self.env.set_mapsize(0)
                return self._read(keys)
            except lmdb.Error as problem:
                self.rebuild(problem)
                return {}

    def write(self, items: Mapping[bytes, bytes]) -> None:
        with self.lock:
            try:
                self._write(items)
            except lmdb.DiskError as problem:
                LOG.warning("vectors are not cached: the disk has no room (%s)", problem)
            except lmdb.Error as problem:
                if _no_room(problem):
                    LOG.warning("vectors are not cached: %s", problem)
                else:
                    self.rebuild(problem)

    def rebuild(self, problem: Exception) -> None:
        LOG.warning("the cache of vectors in %s is damaged (%s) and is begun again", self.folder, problem)
        self.env.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.env = self._environment()

    def _read(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        with self.env.begin() as transaction:
            found = ((key, transaction.get(key)) for key in keys)
            return {key: value for key, value in found if value is not None}

    def _write(self, items: Mapping[bytes, bytes]) -> None:
        while True:
            try:
                with self.env.begin(write=True) as transaction:
                    for key, value in items.items():
                        transaction.put(key, value)
                return
            except lmdb.MapResizedError:
                self.env.set_mapsize(0)
            except lmdb.MapFullError:
                if not self._grow():
                    return

    def _grow(self) -> bool:
        """Double the store, or empty it when it has reached its cap; False when the write must be given up."""
        size = self.env.info()["map_size"]
        if size < self.max_bytes:
            self.env.set_mapsize(min(2 * size, self.max_bytes))
            return True
        if self.env.stat()["entries"] == 0:
            LOG.warning("vectors are not cached: one batch is larger than the cache's cap of %d bytes", self.max_bytes)
            return False
        LOG.warning("the cache of vectors in %s has reached %d bytes and is emptied", self.folder, self.max_bytes)
        with self.env.begin(write=True) as transaction:
            transaction.drop(self.env.open_db(), delete=False)
        return True

    def _opened(self) -> Any:
        try:
            env = self._environment()
            _check_whole(env, self.folder)
            return env
        except lmdb.Error as problem:
            LOG.warning("the cache of vectors in %s is damaged (%s) and is begun again", self.folder, problem)
            shutil.rmtree(self.folder, ignore_errors=True)
            return self._environment()

    def _environment(self) -> Any:
        self.folder.mkdir(parents=True, exist_ok=True)
        size = min(START_BYTES, self.max_bytes)
        return lmdb.open(str(self.folder), map_size=size, metasync=False, sync=False, max_readers=512, lock=True)


def _check_whole(env: Any, folder: Path) -> None:
    """A file shorter than its pages would kill the process on the first read of what is missing."""
    wanted = (env.info()["last_pgno"] + 1) * env.stat()["psize"]
    if (folder / "data.mdb").stat().st_size < wanted:
        env.close()
        raise lmdb.CorruptedError("the file is shorter than its pages")


def _no_room(problem: Exception) -> bool:
    return isinstance(problem, (lmdb.MapFullError, lmdb.ReadonlyError, lmdb.ReadersFullError))


class VectorCache:
    """Cached vectors in a folder, at most `max_bytes` on disk; safe between threads, processes and after a fork."""

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self.folder, self.max_bytes = Path(folder).resolve(), max_bytes

    def get(self, keys: Sequence[bytes], width: int) -> dict[bytes, Entry]:
        """The entries that are there and whole, by key."""
        found = ((key, unpack(value, width)) for key, value in self._store().read(keys).items())
        return {key: entry for key, entry in found if entry is not None}

    def put(self, entries: Mapping[bytes, Entry]) -> None:
        self._store().write({key: pack(entry) for key, entry in entries.items()})

    def _store(self) -> VectorStore:
        with _OPENING:
            place = (os.getpid(), str(self.folder))
            if place not in _OPEN:
                _OPEN[place] = VectorStore(self.folder, self.max_bytes)
            return _OPEN[place]
