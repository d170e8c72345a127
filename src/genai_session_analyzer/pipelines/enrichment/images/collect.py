"""The first step: which images there are, and to which prompt each belongs."""

import ibis.expr.types as ir

from genai_session_analyzer.pipelines.enrichment.images.diffusiondb_source import (
    open_diffusiondb_source,
)
from genai_session_analyzer.pipelines.enrichment.images.folder_source import open_folder_source
from genai_session_analyzer.pipelines.enrichment.images.painted_source import open_painted_source
from genai_session_analyzer.pipelines.enrichment.images.parameters import ImageParameters
from genai_session_analyzer.pipelines.enrichment.images.roles import ImageSource


def collect_images(
    fct_generations: ir.Table,
    dim_prompts: ir.Table,
    ftr_prompt_labels: ir.Table,
    images: ImageParameters,
) -> ImageSource:
    """Return the source of images that the parameters name; no image is read yet.

    Raises:
        SourceError: A folder or index that does not exist.
    """
    source = images.source
    match source.kind:
        case "painted":
            return open_painted_source(
                fct_generations, dim_prompts, ftr_prompt_labels, source.max_count
            )
        case "folder":
            return open_folder_source(fct_generations, dim_prompts, source)
        case "diffusiondb":
            return open_diffusiondb_source(fct_generations, dim_prompts, source)
