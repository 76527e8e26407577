from core.pretraining.phases import Phase, phases


def planned(**changes: object) -> tuple[Phase, ...]:
    usual = {"epochs": 4, "max_length": 128, "short_share": 0.0, "head_steps": 0, "frozen_encoder": False}
    return phases(**{**usual, **changes}, steps_an_epoch=lambda length: 100)  # type: ignore[arg-type]


def test_four_epochs_of_a_hundred_steps() -> None:
    assert planned() == (Phase("full", 128, 400, False),)


def test_a_new_head_warms_up_first_with_the_body_at_rest() -> None:
    assert planned(head_steps=50) == (Phase("head", 128, 50, True), Phase("full", 128, 400, False))


def test_short_sequences_take_their_share_of_the_epochs() -> None:
    """Devlin et al. 2019, appendix A.2, trained 90 % of the steps on sequences of a quarter of the length."""
    assert planned(short_share=0.9, head_steps=50) == (
        Phase("head", 32, 50, True), Phase("short", 32, 360, False), Phase("full", 128, 40, False),
    )  # fmt: skip


def test_a_frozen_encoder_takes_as_many_steps_as_one_that_learns() -> None:
    frozen, learning = planned(frozen_encoder=True, head_steps=50), planned(head_steps=50)
    assert all(phase.frozen for phase in frozen)
    assert sum(phase.steps for phase in frozen) == sum(phase.steps for phase in learning)


def test_sequences_that_cannot_be_shorter_are_all_of_full_length() -> None:
    assert planned(max_length=16, short_share=0.5) == (Phase("full", 16, 400, False),)


def test_a_warm_up_that_nobody_names_follows_the_corpus() -> None:
    """Four epochs of 100 steps: a fifth of 400. Forty epochs: no more than 200. One step: one."""
    assert [planned(head_steps=None, epochs=epochs)[0].steps for epochs in (4, 40)] == [80, 200]
    assert phases(
        epochs=1, max_length=128, short_share=0, head_steps=None, frozen_encoder=False, steps_an_epoch=lambda length: 1
    )[0] == Phase("head", 128, 1, True)
