"""The published effect sizes come out, on the vectors they were published for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.bias import calibration, lexicon
from core.bias.audited import STATIC, Audited
from core.bias.inputs import Inputs
from core.bias.vectors.static import save_static
from tests.core.bias.measuring import measured


def test_ours_round_to_what_was_published() -> None:
    shown = calibration.table()
    assert shown["list"].tolist() == [f"WEAT {number}" for number in range(1, 11)]
    assert (shown["difference"].abs() <= 0.005).all()
    assert all(name in lexicon.tests() for name in calibration.NAMES)


@pytest.mark.real_data
def test_the_ten_are_what_this_program_computes(shared_data: Path, tmp_path: Path) -> None:
    given = np.load(shared_data / "bias" / "glove840b_weat.npz")
    save_static(tmp_path, [str(word) for word in given["words"]], given["vectors"])
    glove = Audited(tmp_path, STATIC, "glove/1")
    for name, _, ours, p in calibration.TEN:
        head = measured("weat", glove, Inputs(name, lexicon.test(name))).headline
        assert head.value == pytest.approx(ours, abs=1e-5)
        assert head.chance is not None
        assert head.chance.low <= p * 1.01 and p <= head.chance.p * 1.01
