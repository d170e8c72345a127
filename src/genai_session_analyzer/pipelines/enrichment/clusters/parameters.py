"""Parameters of prompt clusters and of the map."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Algorithm = Literal["auto", "kmeans", "hdbscan"]
ChosenAlgorithm = Literal["kmeans", "hdbscan"]


class GroupingParameters(BaseModel):
    """How prompts are put into clusters."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    algorithm: Algorithm = "auto"
    """`auto` takes k-means: see `chosen_algorithm` for what decided."""
    cluster_count: int | None = Field(default=None, ge=1, le=2000)
    """Clusters of k-means; null chooses from the number of prompts."""
    max_cluster_count: int = Field(default=200, ge=1, le=2000)
    """Most clusters that are chosen."""
    sample_prompts: int = Field(default=20_000, ge=100)
    """Prompts the centroids are fitted on at first; the rest refines them in batches."""
    min_cluster_prompts: int = Field(default=15, ge=2)
    """Prompts of HDBSCAN's smallest cluster."""
    component_count: int = Field(default=50, ge=2, le=384)
    """Principal components HDBSCAN's five UMAP coordinates are made from."""
    hdbscan_max_prompts: int = Field(default=50_000, ge=100)
    """Above so many prompts HDBSCAN is refused: its memory and time grow with their square."""
    keep_within: float = Field(default=0.01, ge=0, le=1)
    """Old centroids go on while they fit at most this share worse than new ones would."""
    min_overlap: float = Field(default=0.3, gt=0, le=1)
    """A cluster is an old one if common / joint prompts reach this."""
    seed: int = Field(default=42, ge=0)


class MapParameters(BaseModel):
    """How prompts are placed on the map."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    component_count: int = Field(default=50, ge=2, le=384)
    """Principal components UMAP sees."""
    neighbour_count: int = Field(default=15, ge=2, le=200)
    min_distance: float = Field(default=0.1, ge=0, le=1)
    """How close together UMAP puts prompts, 0 (dense) to 1."""
    fitted_prompts: int = Field(default=20_000, ge=100)
    """Prompts UMAP places; the others go where their nearest placed ones are."""
    max_new_share: float = Field(default=0.2, ge=0, le=1)
    """Up to this share of new prompts an old map is kept and they are placed into it."""
    seed: int = Field(default=42, ge=0)


class DescriptionParameters(BaseModel):
    """How clusters are described."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    keyword_count: int = Field(default=10, ge=1, le=50)
    read_prompts: int = Field(default=100_000, ge=1000)
    """Prompts whose words are counted; of more, a sample."""
    nearest_prompt_count: int = Field(default=5, ge=1, le=50)
    max_likeness: float = Field(default=0.95, gt=0, le=1)
    """Of two nearest prompts more alike (cosine) than this only one is shown."""
    booster_share: float = Field(default=0.4, gt=0, le=1)
    """A term that at least this share of all clusters use as often as the average says nothing."""
    parent_count: int | None = Field(default=None, ge=1, le=200)
    """Clusters of the upper level; null takes the square root of the lower level's."""
    contrast_count: int = Field(default=3, ge=0, le=10)
    """Nearest other clusters a language model is told of."""


class ClusterParameters(BaseModel):
    """The section `clusters`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    grouping: GroupingParameters = Field(default_factory=GroupingParameters)
    map: MapParameters = Field(default_factory=MapParameters)
    description: DescriptionParameters = Field(default_factory=DescriptionParameters)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        wanted = self.grouping.cluster_count
        parents = self.description.parent_count
        if wanted is not None and parents is not None and parents > wanted:
            raise ValueError(
                f"description.parent_count ({parents}) must not exceed "
                f"grouping.cluster_count ({wanted})"
            )
        return self
