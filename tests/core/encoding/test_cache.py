"""The cache: round trip, growth, cap, damage, several processes at a time."""

from __future__ import annotations

import logging
import multiprocessing
import os
from pathlib import Path

import numpy as np
import pytest

from core.encoding import cache as module
from core.encoding.cache import VectorCache, pack, unpack


def entries(start: int, count: int, width: int = 8) -> dict[bytes, tuple[np.ndarray, int, bool]]:
    rows = range(start, start + count)
    return {b"%08d" % row: (np.full(width, row, np.float32), row % 100, row % 2 == 0) for row in rows}


def close(cache: VectorCache) -> None:
    module._OPEN.pop((os.getpid(), str(cache.folder))).env.close()


def test_round_trip(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "cache")
    cache.put(entries(0, 10))
    close(cache)
    found = cache.get([b"%08d" % row for row in range(20)], 8)
    assert len(found) == 10
    vector, tokens, truncated = found[b"%08d" % 7]
    assert (vector.tolist(), tokens, truncated) == ([7.0] * 8, 7, False)


def test_a_flipped_bit_in_a_value_is_a_missing_value() -> None:
    value = pack((np.arange(4, dtype=np.float32), 5, True))
    assert unpack(value, 4) is not None
    for place in range(len(value)):
        damaged = bytearray(value)
        damaged[place] ^= 1
        assert unpack(bytes(damaged), 4) is None
    assert unpack(value, 3) is None and unpack(b"", 4) is None


def test_it_grows_to_its_cap_and_is_emptied_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "START_BYTES", 256 << 10)
    cache = VectorCache(tmp_path / "cache", max_bytes=2 << 20)
    with caplog.at_level(logging.WARNING):
        for start in range(0, 6000, 500):
            cache.put(entries(start, 500, width=200))
            assert len(cache.get([b"%08d" % row for row in range(start, start + 500)], 200)) == 500
    assert "is emptied" in caplog.text
    assert (tmp_path / "cache" / "data.mdb").stat().st_size <= 2 << 20


def test_more_than_the_cap_at_once_is_not_cached_and_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cache = VectorCache(tmp_path / "cache", max_bytes=128 << 10)
    cache.put(entries(0, 1000, width=384))
    assert cache.get([b"%08d" % 1], 384) == {}
    assert "not cached" in caplog.text


@pytest.mark.parametrize("damage", ["garbage", "cut", "empty"])
def test_a_damaged_file_is_begun_again_with_a_line_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    cache = VectorCache(tmp_path / "cache")
    cache.put(entries(0, 2000))
    close(cache)
    data = tmp_path / "cache" / "data.mdb"
    size = data.stat().st_size
    if damage == "garbage":
        data.write_bytes(os.urandom(size))
    else:
        os.truncate(data, size // 2 if damage == "cut" else 100)
    assert cache.get([b"%08d" % 1], 8) == {}
    assert "begun again" in caplog.text
    cache.put(entries(0, 10))
    assert len(cache.get([b"%08d" % row for row in range(10)], 8)) == 10


def _writer(folder: str, start: int) -> None:
    cache = VectorCache(Path(folder))
    for place in range(start, start + 400, 20):
        cache.put(entries(place, 20, width=384))
        cache.get([b"%08d" % row for row in range(1600)], 384)


def test_processes_write_at_a_time_and_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cache"
    parent = VectorCache(folder)
    parent.put(entries(9000, 5, width=384))
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_writer, args=(str(folder), start)) for start in (0, 400, 800, 1200)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    assert len(parent.get([b"%08d" % row for row in range(1600)], 384)) == 1600


def test_growth_by_another_process_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "START_BYTES", 256 << 10)
    cache = VectorCache(tmp_path / "cache")
    cache.put(entries(0, 5, width=384))
    writer = multiprocessing.get_context("spawn").Process(target=_writer, args=(str(cache.folder), 0))
    writer.start()
    writer.join()
    assert writer.exitcode == 0
    assert len(cache.get([b"%08d" % row for row in range(400)], 384)) == 400
    cache.put(entries(5000, 5, width=384))
    assert len(cache.get([b"%08d" % 5001], 384)) == 1
