"""Images of a local folder, linked to prompts by the generations' paths or by an index file."""

import csv
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.enrichment.images.parameters import (
    ImageLimits,
    ImageSourceParameters,
)
from genai_session_analyzer.pipelines.enrichment.images.roles import (
    ImageOrigin,
    ImageRef,
    RejectedImageError,
    fingerprint_of,
    refusing,
)
from genai_session_analyzer.schema.prompt_text import normalised_prompt, prompt_id

INDEX_COLUMNS = ("file", "prompt")


@dataclass(frozen=True)
class FolderSource:
    """Images below a folder.

    Attributes:
        folder: Nothing outside it is ever read.
        rows: image_path (relative to the folder), prompt_id and prompt_text of each image.
        limits: Larger files are refused unread.
    """

    folder: Path
    rows: tuple[dict[str, str], ...]
    limits: ImageLimits

    @property
    def origin(self) -> ImageOrigin:
        """Always `folder`."""
        return "folder"

    @property
    def description(self) -> str:
        """The folder."""
        return str(self.folder)

    def refs(self) -> Sequence[ImageRef]:
        """Return one ref per image; one whose path leaves the folder refuses to be read."""
        root = self.folder.resolve()
        return [self._ref(root, row) for row in self.rows]

    def _ref(self, root: Path, row: dict[str, str]) -> ImageRef:
        name = row["image_path"]
        try:
            path = file_within(root, name)
            about = path.stat()
            state: tuple[object, ...] = (about.st_size, about.st_mtime_ns)
            read: Callable[[], bytes] = partial(_read, path, self.limits)
        except RejectedImageError as problem:
            state, read = (str(problem),), refusing(str(problem))
        fingerprint = fingerprint_of("folder", str(root), name, *state)
        return ImageRef(name, row["prompt_id"], row["prompt_text"], fingerprint, read)


def file_within(root: Path, name: str) -> Path:
    """Return the regular file of that relative name below a folder, links followed.

    Args:
        root: A resolved folder.
        name: As an index or a log gives it: from anyone.

    Raises:
        RejectedImageError: Absolute, leads out of the folder (by `..` or by a link), is not there,
            or is no regular file.
    """
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name or "\0" in name or not pure.parts:
        raise RejectedImageError("its path leaves the folder")
    try:
        path = (root / pure).resolve(strict=True)
        is_regular = stat.S_ISREG(path.stat().st_mode)
    except (OSError, RuntimeError) as problem:  # RuntimeError: links in a circle
        raise RejectedImageError("there is no such file") from problem
    if not path.is_relative_to(root):
        raise RejectedImageError("a link leads out of the folder")
    if not is_regular:
        raise RejectedImageError("no regular file")
    return path


def _read(path: Path, limits: ImageLimits) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limits.max_file_bytes + 1)
    except OSError as problem:
        raise RejectedImageError(f"cannot be read: {problem.strerror}") from problem


def open_folder_source(
    generations: ir.Table, prompts: ir.Table, parameters: ImageSourceParameters
) -> FolderSource:
    """Return the images of a folder that belong to a prompt.

    Args:
        generations: fct_generations; without an index, its image_path says which file is whose.
        prompts: dim_prompts, for the texts.
        parameters: The folder; its index, a CSV with the columns file and prompt; at most how
            many images, the first ones by a hash of their path.

    Raises:
        SourceError: There is no such folder or index, or the index lacks a column.
    """
    root = Path(parameters.path or "")
    if not root.is_dir():
        raise SourceError(f"images.source.path: {root} is no folder. Give one that exists.")
    if parameters.index is None:
        linked = _by_generation(generations, prompts)
    else:
        linked = _by_index(root, parameters.index)
    if parameters.max_count is not None:
        hashed = linked.order_by(linked.image_path.hexdigest("md5")).limit(parameters.max_count)
        linked = hashed.order_by("image_path")
    return FolderSource(root, tuple(linked.to_pyarrow().to_pylist()), parameters.limits)


def _by_generation(generations: ir.Table, prompts: ir.Table) -> ir.Table:
    """One row per image_path; where several prompts claim a path, the least id has it."""
    made = generations.filter(generations.image_path.notnull() & generations.prompt_id.notnull())
    owned = made.group_by("image_path").aggregate(prompt_id=made.prompt_id.min())
    texts = prompts.select("prompt_id", "prompt_text")
    return (
        owned.inner_join(texts, "prompt_id")
        .select("image_path", "prompt_id", "prompt_text")
        .order_by("image_path")
    )


def _by_index(root: Path, index: str) -> ir.Table:
    try:
        path = file_within(root.resolve(), index)
        with path.open(encoding="utf-8-sig", newline="") as file:
            read = csv.DictReader(file)
            missing = set(INDEX_COLUMNS) - set(read.fieldnames or ())
            named = {} if missing else {row["file"]: row["prompt"] or "" for row in read}
    except (RejectedImageError, OSError, UnicodeDecodeError, csv.Error) as problem:
        raise SourceError(f"images.source.index {root / index}: {problem}.") from problem
    if missing:
        raise SourceError(
            f"images.source.index {root / index} has no column {', '.join(sorted(missing))}: it "
            f"needs {' and '.join(INDEX_COLUMNS)}."
        )
    return identified(named)


def identified(texts: dict[str, str]) -> ir.Table:
    """Return one row per path: image_path, prompt_id, prompt_text (normalised), by path."""
    schema = pa.schema({"image_path": pa.string(), "typed": pa.string()})
    columns = pa.table([list(texts), list(texts.values())], schema=schema)
    table = ibis.duckdb.connect().create_table("texts", columns)
    tidy = table.select("image_path", prompt_text=normalised_prompt(table.typed))
    return tidy.select("image_path", "prompt_text", prompt_id=prompt_id(tidy.prompt_text)).order_by(
        "image_path"
    )
