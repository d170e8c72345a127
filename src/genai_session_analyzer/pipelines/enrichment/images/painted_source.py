"""Pictures painted from labels, for the synthetic prompts that no model has drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO

import ibis.expr.types as ir

from genai_session_analyzer.pipelines.enrichment.images.painting import PaintingLabels, paint
from genai_session_analyzer.pipelines.enrichment.images.roles import ImageOrigin, ImageRef

PAINTED_DATASET = "embedded"
"""The dataset whose prompts are painted; pictures are never made up for a log."""


@dataclass(frozen=True)
class PaintedSource:
    """One painted picture per synthetic prompt.

    Attributes:
        rows: prompt_id, prompt_text, domain, art_style and mood of each prompt.
    """

    rows: tuple[dict[str, str | None], ...]

    @property
    def origin(self) -> ImageOrigin:
        """Always `painted`."""
        return "painted"

    @property
    def description(self) -> str:
        """What is painted from what."""
        return f"painted from ftr_prompt_labels of dataset {PAINTED_DATASET}"

    def refs(self) -> Sequence[ImageRef]:
        """Return one ref per prompt; reading it paints."""
        return [_ref(row) for row in self.rows]


def _ref(row: dict[str, str | None]) -> ImageRef:
    labels = PaintingLabels.model_validate(
        {name: row[name] for name in ("domain", "art_style", "mood")}
    )
    prompt_id, prompt_text = str(row["prompt_id"]), str(row["prompt_text"])
    return ImageRef(
        image_path=f"painted/{prompt_id}",
        prompt_id=prompt_id,
        prompt_text=prompt_text,
        fingerprint=labels.digest(prompt_id),
        read=partial(_painted_file, prompt_id, labels),
    )


def _painted_file(prompt_id: str, labels: PaintingLabels) -> bytes:
    file = BytesIO()
    paint(prompt_id, labels).save(file, "PNG", compress_level=0)
    return file.getvalue()


def open_painted_source(
    generations: ir.Table, prompts: ir.Table, labels: ir.Table, max_count: int | None
) -> PaintedSource:
    """Return the pictures to paint: prompts of the embedded dataset, in the order of their ids.

    Ids are hashes, so the first `max_count` are a random sample, and the same one every time.

    Args:
        generations: fct_generations.
        prompts: dim_prompts; joined one-to-one by prompt_id.
        labels: ftr_prompt_labels; joined one-to-one by prompt_id. A prompt without is not painted.
        max_count: At most this many; null = all.
    """
    synthetic = generations.filter(generations.dataset == PAINTED_DATASET)
    asked = synthetic.select("prompt_id").distinct()
    rows = (
        prompts.select("prompt_id", "prompt_text")
        .semi_join(asked, "prompt_id")
        .inner_join(labels.select("prompt_id", "domain", "art_style", "mood"), "prompt_id")
        .order_by("prompt_id")
    )
    if max_count is not None:
        rows = rows.limit(max_count)
    return PaintedSource(tuple(rows.to_pyarrow().to_pylist()))
