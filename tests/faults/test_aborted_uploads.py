"""F11: an upload breaks off at 1, 50 and 99 %; nothing of it stays."""

from __future__ import annotations

import io

import pytest
from fault_ground import Ground
from small_world import reviews

from core.errors import UserProblem
from core.jobs import uploads
from registry import datasets

WHOLE = reviews(60_000).encode()


class Broken(io.RawIOBase):
    """A stream whose connection ends after some bytes."""

    def __init__(self, data: bytes) -> None:
        self._rest = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        block = self._rest.read(size)
        if not block:
            raise ConnectionResetError("the browser went away")
        return block


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_an_upload_that_breaks_off_leaves_nothing(ground: Ground, share: float) -> None:
    with pytest.raises(ConnectionResetError):
        uploads.stage(ground.registry, "broken.csv", Broken(WHOLE[: int(len(WHOLE) * share)]))  # type: ignore[arg-type]
    assert list(ground.registry.home.uploads.iterdir()) == []
    with ground.registry.read() as session:
        assert datasets.listing(session) == ()


def test_an_upload_larger_than_allowed_is_refused_and_leaves_nothing(ground: Ground) -> None:
    with pytest.raises(UserProblem, match="larger than 1 MB"):
        uploads.stage(ground.registry, "large.csv", io.BytesIO(WHOLE), limit_mb=1)
    with pytest.raises(UserProblem, match="is empty"):
        uploads.stage(ground.registry, "empty.csv", io.BytesIO(b""))
    assert list(ground.registry.home.uploads.iterdir()) == []
