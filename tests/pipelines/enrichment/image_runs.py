"""What tests of images share: pictures as bytes, a tracker that remembers, the three steps."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO

import ibis
import numpy as np
import pyarrow as pa
from listed_runs import ListedRun
from PIL import Image

from genai_session_analyzer.pipelines.enrichment.images.collect import collect_images
from genai_session_analyzer.pipelines.enrichment.images.embed import embed_images
from genai_session_analyzer.pipelines.enrichment.images.make import make_thumbnails
from genai_session_analyzer.pipelines.enrichment.images.parameters import ImageParameters
from genai_session_analyzer.schema.prompt_text import normalised_prompt, prompt_id
from rows import START, generation, table


def picture(number, size=(64, 48), kind="PNG"):
    """A coloured picture, another one for each number, as a file's bytes."""
    rng = np.random.default_rng(number)
    small = Image.fromarray(rng.integers(0, 255, (4, 4, 3), dtype=np.uint8))
    file = BytesIO()
    small.resize(size, Image.Resampling.NEAREST).save(file, kind)
    return file.getvalue()


def id_of(text):
    """Id of a prompt, by the warehouse's own expressions."""
    return ibis.duckdb.connect().execute(prompt_id(normalised_prompt(ibis.literal(text))))


def warehouse(texts, **columns):
    """Generations (one a prompt), prompts and labels of some prompts."""
    backend = ibis.duckdb.connect()
    ids = [id_of(text) for text in texts]
    made = [
        generation(
            number, prompt_id=key, **{name: values[number] for name, values in columns.items()}
        )
        for number, key in enumerate(ids)
    ]
    prompts = [
        {"prompt_id": key, "prompt_text": text, "first_seen_at": START}
        for key, text in zip(ids, texts, strict=True)
    ]
    kinds = ("portrait", "animal", "scifi")
    labels = pa.table(
        {
            "prompt_id": pa.array(ids, pa.string()),
            "domain": pa.array([kinds[n % 3] for n in range(len(ids))], pa.string()),
            "art_style": pa.array(["anime"] * len(ids), pa.string()),
            "mood": pa.array(["epic"] * len(ids), pa.string()),
        }
    )
    return (
        table("fct_generations", made, backend),
        table("dim_prompts", prompts, backend),
        backend.create_table("ftr_prompt_labels", labels),
    )


@dataclass
class ListingTracker:
    """Its runs by step, and numbered."""

    number: int = 1
    runs: dict = field(default_factory=dict)

    @contextmanager
    def step(self, name):
        self.runs[name] = ListedRun(f"{name}-{self.number}")
        yield self.runs[name]

    def previous_metrics(self, name):
        return {}


def settings(tmp_path, source=None, **others):
    """Parameters whose thumbnails lie below a test's folder."""
    style = {"cluster_count": 2, "fit_count": 100, "silhouette_count": 100}
    return ImageParameters.model_validate(
        {
            "source": source or {},
            "thumbnails": {"root": str(tmp_path / "thumbnails")},
            "style": style,
            "batch_size": 2,
        }
        | others
    )


def enrich(tables, parameters, store, encoder, number=1):
    """Runs the three steps; returns the table's rows by image_path, and the tracked runs."""
    tracker = ListingTracker(number)
    source = collect_images(*tables, parameters)
    stg_images = make_thumbnails(source, parameters, store, tracker)
    staged = tables[0].get_backend().create_table("stg_images", stg_images, overwrite=True)
    embedded = embed_images(staged, encoder, parameters, store, tracker).read_all()
    return {row["image_path"]: row for row in embedded.to_pylist()}, tracker.runs


@dataclass
class CountingEncoder:
    """Mean colours as vectors; it remembers how many images it saw, and may break off."""

    fails_after: int = 10**9
    seen: int = 0
    model: str = "counting"
    revision: str = "1"
    dimension: int = 4

    def encode_images(self, images):
        if self.seen + len(images) > self.fails_after:
            raise KeyboardInterrupt
        self.seen += len(images)
        means = [np.append(np.asarray(image).mean(axis=(0, 1)), 40) for image in images]
        vectors = np.array(means, dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@dataclass
class ReadingEncoder:
    """Scripted: an image of one grey level, and the text "grey <level>", have the same vector."""

    model: str = "reading"
    revision: str = "1"
    dimension: int = 256

    def encode_images(self, images):
        return np.stack([self._vector(round(np.asarray(image).mean())) for image in images])

    def encode_texts(self, texts):
        return np.stack([self._vector(int(text.split()[-1])) for text in texts])

    def _vector(self, level):
        vector = np.random.default_rng(level // 4).standard_normal(self.dimension)
        return (vector / np.linalg.norm(vector)).astype(np.float32)
