import pytest

from core.training.epochs import FEWEST, MOST, enough


@pytest.mark.parametrize(
    ("rows", "labels", "epochs"),
    [
        pytest.param(9005, 77, 4, id="1,139 steps wanted, 282 an epoch"),
        pytest.param(4898, 6, 4, id="642 wanted, 154 an epoch"),
        pytest.param(6920, 2, 3, id="614 wanted, 217 an epoch"),
        pytest.param(200, 2, MOST, id="few rows are seen often, but not without end"),
        pytest.param(1_000_000, 2, FEWEST, id="many rows are seen three times at least"),
    ],
)
def test_steps_wanted_by_steps_an_epoch(rows: int, labels: int, epochs: int) -> None:
    assert enough(rows, labels, 32) == epochs


def test_accumulated_batches_make_fewer_steps_and_so_more_epochs() -> None:
    assert enough(4898, 6, 64) == 8


def test_no_rows_do_not_divide_by_zero() -> None:
    assert enough(0, 0, 32) == MOST
