from core.pretraining.overfitting import overfitting


def curves(training: list[float], held: list[float]) -> list[dict[str, float]]:
    points = [{"step": float(10 * n), "masked_loss": value} for n, value in enumerate(training, 1)]
    return points + [{"step": float(10 * n), "validation_masked_loss": value} for n, value in enumerate(held, 1)]


def test_learned_by_heart_is_told_with_the_step_that_was_best() -> None:
    found = overfitting(curves([7, 5, 2, 0.5], [7, 6, 6.5, 7.5]))
    assert found is not None and found.told
    assert (found.training, found.first, found.best, found.last) == (0.5, 7, 6, 7.5)
    assert "by heart" in found.sentence and "step 20" in found.sentence


def test_a_holdout_that_gets_better_is_no_overfitting() -> None:
    found = overfitting(curves([7, 5, 4], [7, 6, 5]))
    assert found is not None and not found.told
    assert "5.00 on the holdout, which was 7.00" in found.sentence


def test_a_holdout_that_stays_where_it_was() -> None:
    found = overfitting(curves([7, 5, 4], [6.0, 6.0, 6.01]))
    assert found is not None and not found.told and "did not improve" in found.sentence


def test_without_a_holdout_nothing_is_said() -> None:
    assert overfitting(curves([7, 5], [])) is None and overfitting([]) is None
