"""Which picture has which file."""

from pathlib import PurePosixPath

from ibis.backends import BaseBackend


def thumbnail_paths(backend: BaseBackend) -> dict[str, str]:
    """Return the file of each published thumbnail by its id, the file's stem.

    The path is relative to the folder of images, as the build has it: check it before opening.
    """
    paths = backend.table("ftr_image_embeddings").select("thumbnail_path").distinct().to_pyarrow()
    known = paths["thumbnail_path"].drop_null().to_pylist()
    return {PurePosixPath(path).stem: path for path in known}
