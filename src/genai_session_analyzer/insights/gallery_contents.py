"""What of a gallery a build holds: vectors to search by, places on the map, pictures."""

from dataclasses import dataclass

from ibis.backends.duckdb import Backend


@dataclass(frozen=True)
class GalleryContents:
    """How much of a gallery there is.

    Attributes:
        embedded_count: Prompts with an embedding; without any there is nothing to search.
        placed_count: Prompts with a place on the map.
        pictured_ids: Ids of the prompts with a picture, in order.
    """

    embedded_count: int
    placed_count: int
    pictured_ids: tuple[str, ...]


def gallery_contents(backend: Backend) -> GalleryContents:
    """Return what of a gallery the build of this connection holds."""
    pictures = backend.table("ftr_image_embeddings")
    known = pictures.filter(pictures.prompt_id.notnull()).select("prompt_id").distinct()
    return GalleryContents(
        embedded_count=_row_count(backend, "ftr_prompt_embeddings"),
        placed_count=_row_count(backend, "ftr_prompt_clusters"),
        pictured_ids=tuple(known.order_by("prompt_id").to_pyarrow()["prompt_id"].to_pylist()),
    )


def _row_count(backend: Backend, table: str) -> int:
    count: int = backend.table(table).count().to_pyarrow().as_py()
    return count
