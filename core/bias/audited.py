"""A model that is measured: whatever a measure needs of it, loaded once, when it is first asked for.

Kinds: a BERT ("pretrained"), a classifier ("fine_tuned"), or a table of word vectors ("static_vectors").
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import UserProblem

if TYPE_CHECKING:
    from core.bias.vectors.static import StaticVectors
    from core.encoding.cache import VectorCache
    from core.inference.classifier import Classifier
    from core.inspection.fill_mask.head import MaskedModel
    from core.inspection.subject import Subject

STATIC = "static_vectors"


class Audited:
    """A model folder as measures see it; `spec` is what people call it ("reviews/3")."""

    def __init__(self, folder: Path, kind: str, spec: str, cache: VectorCache | None = None) -> None:
        self.folder, self.kind, self.spec, self.cache = Path(folder), kind, spec, cache

    @cached_property
    def subject(self) -> Subject:
        """The BERT inside: tokenizer, body, layers. UserProblem where there is none."""
        from core.inspection.subject import Subject

        if self.kind == STATIC:
            raise UserProblem(
                f"{self.spec} is a table of word vectors.", "This needs a BERT, which reads whole texts.",
                "Choose a BERT, or a measure of word associations.",
            )  # fmt: skip
        return Subject(self.folder)

    @property
    def tokenizer(self) -> Any:
        """The BERT's own tokenizer."""
        return self.subject.tokenizer

    @cached_property
    def classifier(self) -> Classifier:
        """Texts to probabilities. UserProblem where the model is no classifier."""
        from core.inference import folder as model_folder

        if self.kind != "fine_tuned":
            raise UserProblem(
                f"{self.spec} is no classifier.", "This compares what a classifier decides.",
                "Train one on your labels, or choose another measure.",
            )  # fmt: skip
        return model_folder.load(self.folder)

    @cached_property
    def masked(self) -> MaskedModel:
        """The BERT with its masked-word head. UserProblem where the head is absent or was never trained."""
        from core.inspection.fill_mask.head import load_masked

        self.subject  # noqa: B018 - a table of vectors is refused there
        return load_masked(self.folder)

    @cached_property
    def static(self) -> StaticVectors:
        """The table of word vectors. UserProblem where the model is a BERT."""
        from core.bias.vectors.static import open_static

        if self.kind != STATIC:
            raise UserProblem(f"{self.spec} is no table of word vectors.", "One was wanted.", "Import one, or choose "
                              "another kind of vector.")  # fmt: skip
        return open_static(self.folder)
