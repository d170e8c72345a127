"""The two pieces of work on all prompts at once: grouping and placing them."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa

from genai_session_analyzer.model_results import Configuration
from genai_session_analyzer.pipelines.enrichment.clusters.kept_results import KeptTable
from genai_session_analyzer.pipelines.enrichment.clusters.parameters import ClusterParameters
from genai_session_analyzer.pipelines.enrichment.clusters.projection import Places, place_prompts
from genai_session_analyzer.pipelines.enrichment.clusters.prompt_vectors import (
    PromptVectors,
    Vectors,
)
from genai_session_analyzer.pipelines.enrichment.clusters.quality import map_quality
from genai_session_analyzer.pipelines.enrichment.clusters.reduction import principal_components
from genai_session_analyzer.pipelines.enrichment.clusters.two_levels import two_levels

CODE_VERSION = 1
"""Raised when the same prompts and parameters would give other clusters or places."""


@dataclass(frozen=True)
class PromptWork:
    """Work on one set of prompts by one tracked run; results depend on nothing else.

    Attributes:
        prompts: All prompts.
        parameters: Of clusters and map.
        run_id: The tracked run.
    """

    prompts: PromptVectors
    parameters: ClusterParameters
    run_id: str

    @property
    def grouping(self) -> Configuration:
        """What the clusters depend on."""
        settings = self.parameters.grouping.model_dump()
        settings["parent_count"] = self.parameters.description.parent_count
        return self._configuration("group_prompts", settings)

    @property
    def placing(self) -> Configuration:
        """What the map depends on."""
        return self._configuration("place_prompts", self.parameters.map.model_dump())

    @property
    def grouping_history(self) -> Configuration:
        """Clusters keep their ids across models and parameters."""
        return Configuration("group_prompts_history", "any", "any")

    @property
    def placing_history(self) -> Configuration:
        """Maps go on only from those of the same model and parameters."""
        return replace(
            self.placing, step="place_prompts_history", settings=self.parameters.map.model_dump()
        )

    def group(self, before: KeptTable | None) -> KeptTable:
        """Return the clusters of both levels (`two_levels`)."""
        table, facts = two_levels(self.prompts, before, self.parameters)
        return KeptTable(table, facts, self.run_id)

    def place(self, before: KeptTable | None) -> KeptTable:
        """Return prompt_id, x and y (float32, -1 to 1) by ascending id, and the map's quality."""
        sample = self.prompts.sample_rows(
            self.parameters.map.fitted_prompts, self.parameters.map.seed
        )
        places = place_prompts(
            self.prompts.ids, self._components, sample, _places(before), self.parameters.map
        )
        x, y = places.positions.T
        table = pa.table({"prompt_id": places.prompt_ids, "x": pa.array(x), "y": pa.array(y)})
        seed = self.parameters.map.seed
        return KeptTable(table, map_quality(self.prompts, places.positions, seed), self.run_id)

    def _configuration(self, step: str, settings: dict[str, object]) -> Configuration:
        known = {"prompts": self._digest, "code_version": CODE_VERSION}
        return Configuration(step, self.prompts.model, self.prompts.revision, settings | known)

    @cached_property
    def _digest(self) -> str:
        return self.prompts.digest

    @cached_property
    def _components(self) -> Vectors:
        return principal_components(self.prompts, self.parameters.map.component_count)


def _places(before: KeptTable | None) -> Places | None:
    if before is None:
        return None
    positions = np.column_stack([before.table["x"].to_numpy(), before.table["y"].to_numpy()])
    return Places(before.table["prompt_id"].combine_chunks(), positions)
