"""Small pictures painted from a prompt's labels, for prompts that no model has drawn."""

from genai_session_analyzer.pipelines.enrichment.images.painting.painter import (
    PAINTER_VERSION,
    PaintingLabels,
    paint,
)

__all__ = ["PAINTER_VERSION", "PaintingLabels", "paint"]
