"""Parameters of images: where they come from, their thumbnails, clusters of style."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

ImageSourceKind = Literal["painted", "folder", "diffusiondb"]


class ImageLimits(BaseModel):
    """What is refused before it is decoded."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_file_bytes: int = Field(default=32_000_000, ge=1)
    max_pixels: int = Field(default=40_000_000, ge=1, le=89_000_000)
    """Width times height as the file's header states it; Pillow itself warns above 89 million."""


class ImageSourceParameters(BaseModel):
    """Where images come from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ImageSourceKind = "painted"
    path: str | None = None
    """`folder`: the folder. `diffusiondb`: a folder with the part archives; null = from the hub."""
    index: str | None = None
    """`folder`: a CSV in it with the columns file and prompt; null = by image_path of the
    generations."""
    variant: Literal["2m", "large"] = "2m"
    """Which of DiffusionDB's two collections."""
    max_parts: int = Field(default=1, ge=1)
    """Archives of DiffusionDB to read, 0.5 to 1 GB each."""
    max_count: int | None = Field(default=None, ge=0)
    """At most this many images, drawn by a hash; null = all."""
    limits: ImageLimits = ImageLimits.model_validate({})

    @model_validator(mode="after")
    def _path_fits_the_kind(self) -> Self:
        if self.kind == "folder" and self.path is None:
            raise ValueError("images.source.kind is folder: set images.source.path to the folder")
        if self.kind != "folder" and self.index is not None:
            raise ValueError("images.source.index belongs to images.source.kind=folder")
        return self


class ThumbnailParameters(BaseModel):
    """WebP thumbnails; whatever changes a thumbnail's content changes `digest_settings`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    root: str = "data/blob/images/generations"
    """A folder, or any fsspec URL: `file://`, `s3://bucket/...`, `memory://`."""
    longest_side_px: int = Field(default=256, ge=16, le=2048)
    quality: int = Field(default=80, ge=1, le=100)
    max_bytes: int = Field(default=24_000, ge=1_000)
    """A thumbnail above it is made again at lower quality."""

    def digest_settings(self) -> dict[str, object]:
        """Return what decides a thumbnail's content, for the configuration of its results."""
        return self.model_dump(exclude={"root"})


class StyleParameters(BaseModel):
    """k-means over the image embeddings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cluster_count: int = Field(default=8, ge=1, le=256)
    seed: int = Field(default=0, ge=0)
    fit_count: int = Field(default=20_000, ge=10)
    """Images the centres are fitted on; the others are assigned to them."""
    silhouette_count: int = Field(default=2_000, ge=10)
    """Images the silhouette is measured on."""


class ImageParameters(BaseModel):
    """The `images` section."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: ImageSourceParameters = ImageSourceParameters.model_validate({})
    thumbnails: ThumbnailParameters = ThumbnailParameters.model_validate({})
    style: StyleParameters = StyleParameters.model_validate({})
    batch_size: int = Field(default=64, ge=1, le=4096)
    """Images that a kill may lose."""
    workers: int = Field(default=2, ge=1, le=64)
    """Threads that decode, paint and encode."""
    min_alignment_auc: float = Field(default=0.7, ge=0, le=1)
    """Below it, a warning says that pictures may be linked to the wrong prompts."""
