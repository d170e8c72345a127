"""The three steps over images: what they compute, what they leave, what they tell."""

import csv
import signal
import subprocess
import sys
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import fsspec
import numpy as np
import pytest
from image_runs import (
    CountingEncoder,
    ListingTracker,
    ReadingEncoder,
    enrich,
    id_of,
    picture,
    settings,
    warehouse,
)
from kedro.io import DataCatalog, MemoryDataset
from kedro.runner import SequentialRunner
from PIL import Image

from genai_session_analyzer.datasets.arrow_table import ArrowTableDataset
from genai_session_analyzer.embedding.image_colours import ColourEncoder
from genai_session_analyzer.model_results import ResultStore
from genai_session_analyzer.pipelines.enrichment.images.collect import collect_images
from genai_session_analyzer.pipelines.enrichment.images.make import make_thumbnails
from genai_session_analyzer.pipelines.enrichment.images.pipeline import create_pipeline
from genai_session_analyzer.schema import TABLES

TEXTS = [f"a lake {number}" for number in range(7)]


@pytest.fixture
def store(tmp_path):
    with ResultStore(tmp_path / "results.sqlite") as opened:
        yield opened


def painted(tmp_path, **others):
    return settings(tmp_path, {"kind": "painted"}, **others)


def without_run(rows):
    return {
        path: {name: value for name, value in row.items() if name != "mlflow_run_id"}
        for path, row in rows.items()
    }


def test_default_run_paints_every_synthetic_prompt(tmp_path, store):
    rows, runs = enrich(
        warehouse(TEXTS, dataset=["embedded"] * 7), painted(tmp_path), store, ColourEncoder()
    )
    assert set(rows) == {f"painted/{id_of(text)}" for text in TEXTS}
    for row in rows.values():
        assert tuple(row) == TABLES["ftr_image_embeddings"].column_names
        assert row["image_path"] == f"painted/{row['prompt_id']}"
        assert row["image_source"] == "painted"
        thumbnail = tmp_path / "thumbnails" / row["thumbnail_path"]
        assert thumbnail.parent.name == thumbnail.name[:2]
        with Image.open(thumbnail) as image:
            assert (image.format, image.size) == ("WEBP", (256, 256))
            assert "painted" in image.getexif()[0x010E]
            expected = ColourEncoder().encode_images([image.convert("RGB")])[0]
        np.testing.assert_array_equal(np.float32(row["image_embedding"]), expected)
        assert row["style_cluster"] in {0, 1}
        assert row["mlflow_run_id"] == "embed_images-1"
    assert runs["make_thumbnails"].metrics["new"] == 7
    assert runs["make_thumbnails"].datasets[0].row_count == 7


def test_no_picture_is_made_up_for_a_log(tmp_path, store):
    rows, runs = enrich(
        warehouse(TEXTS, dataset=["logs"] * 7), painted(tmp_path), store, ColourEncoder()
    )
    assert rows == {}
    assert runs["embed_images"].metrics["images"] == 0


def test_encoder_without_texts_leaves_nulls_and_says_why(tmp_path, store, caplog):
    caplog.set_level("INFO")
    rows, runs = enrich(
        warehouse(TEXTS, dataset=["embedded"] * 7), painted(tmp_path), store, ColourEncoder()
    )
    assert {(row["text_embedding"], row["alignment_score"]) for row in rows.values()} == {
        (None, None)
    }
    assert "sees images only" in runs["embed_images"].parameters["alignment"]
    assert "sees images only" in caplog.text
    assert "alignment_auc" not in runs["embed_images"].metrics


def test_second_run_does_nothing_and_keeps_the_first_runs_id(tmp_path, store):
    tables, parameters = warehouse(TEXTS, dataset=["embedded"] * 7), painted(tmp_path)
    first, _ = enrich(tables, parameters, store, CountingEncoder())
    idle = CountingEncoder()
    second, runs = enrich(tables, parameters, store, idle, number=2)
    assert second == first
    assert idle.seen == 0
    assert runs["make_thumbnails"].metrics["new"] == runs["embed_images"].metrics["new"] == 0
    assert runs["embed_images"].metrics["cached"] == 7


def test_only_what_is_new_is_computed(tmp_path, store):
    parameters = painted(tmp_path)
    enrich(warehouse(TEXTS[:4], dataset=["embedded"] * 4), parameters, store, CountingEncoder())
    encoder = CountingEncoder()
    rows, _ = enrich(
        warehouse(TEXTS, dataset=["embedded"] * 7), parameters, store, encoder, number=2
    )
    assert encoder.seen == 3
    by_run = [row["mlflow_run_id"] for row in rows.values()]
    assert (by_run.count("embed_images-1"), by_run.count("embed_images-2")) == (4, 3)


def test_another_revision_or_thumbnail_quality_computes_all_again(tmp_path, store):
    tables = warehouse(TEXTS, dataset=["embedded"] * 7)
    enrich(tables, painted(tmp_path), store, CountingEncoder())
    newer = CountingEncoder(revision="2")
    enrich(tables, painted(tmp_path), store, newer)
    assert newer.seen == 7
    rougher = painted(tmp_path, thumbnails={"root": str(tmp_path / "thumbnails"), "quality": 30})
    again = CountingEncoder()
    _, runs = enrich(tables, rougher, store, again)
    assert again.seen == runs["make_thumbnails"].metrics["new"] == 7


def test_lost_thumbnail_is_made_again_without_the_model(tmp_path, store):
    tables, parameters = warehouse(TEXTS, dataset=["embedded"] * 7), painted(tmp_path)
    first, _ = enrich(tables, parameters, store, CountingEncoder())
    lost = tmp_path / "thumbnails" / next(iter(first.values()))["thumbnail_path"]
    content = lost.read_bytes()
    lost.unlink()
    idle = CountingEncoder()
    second, runs = enrich(tables, parameters, store, idle, number=2)
    assert (lost.read_bytes(), idle.seen) == (content, 0)
    assert runs["make_thumbnails"].metrics["new"] == 1
    assert second == first


def test_stopped_encoding_goes_on_behind_its_last_batch(tmp_path, store):
    tables, parameters = warehouse(TEXTS, dataset=["embedded"] * 7), painted(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        enrich(tables, parameters, store, CountingEncoder(fails_after=4))
    rest = CountingEncoder()
    resumed, _ = enrich(tables, parameters, store, rest, number=2)
    assert rest.seen == 3
    with ResultStore(tmp_path / "other.sqlite") as other:
        whole, _ = enrich(tables, parameters, other, CountingEncoder())
    assert without_run(resumed) == without_run(whole)


def test_pipeline_meets_only_in_the_catalog(tmp_path, store):
    tables = warehouse(TEXTS, dataset=["embedded"] * 7)
    given = {
        "fct_generations": tables[0],
        "dim_prompts": tables[1],
        "ftr_prompt_labels": tables[2],
        "params:images": painted(tmp_path),
        "image_encoder": ColourEncoder(),
        "result_store": store,
        "tracker": ListingTracker(),
    }
    assert create_pipeline().inputs() == set(given)
    catalog = DataCatalog(
        {name: MemoryDataset(value, copy_mode="assign") for name, value in given.items()}
        | {"collected_images": MemoryDataset(copy_mode="assign")}
        | {
            name: ArrowTableDataset(
                table_name=name,
                connection={"backend": "duckdb", "database": str(tmp_path / "w.duckdb")},
            )
            for name in ("stg_images", "ftr_image_embeddings")
        }
    )
    SequentialRunner().run(create_pipeline(), catalog)
    saved = catalog.load("ftr_image_embeddings")
    assert saved.count().execute() == 7
    assert saved.columns == TABLES["ftr_image_embeddings"].column_names


class _DeadlySource:
    """The source of a test's tables, of which one read kills the process."""

    def __init__(self, source, dies_at):
        self.origin, self.description = source.origin, source.description
        self._refs, self._reads, self._dies_at = source.refs(), 0, dies_at

    def refs(self):
        return [replace(ref, read=self._counted(ref.read)) for ref in self._refs]

    def _counted(self, read):
        def counted():
            self._reads += 1
            if self._reads == self._dies_at:
                signal.raise_signal(signal.SIGKILL)
            return read()

        return counted


def make_until_killed(folder, dies_at):
    """What the child process does."""
    parameters = painted(folder)
    source = collect_images(*warehouse(TEXTS, dataset=["embedded"] * 7), parameters)
    with ResultStore(folder / "results.sqlite") as store:
        make_thumbnails(_DeadlySource(source, dies_at), parameters, store, ListingTracker())


@pytest.mark.parametrize(
    "dies_at", [6, *(pytest.param(at, marks=pytest.mark.soak) for at in (1, 2, 3, 4, 5, 7))]
)
def test_killed_thumbnailing_loses_at_most_a_batch(tmp_path, dies_at):
    places = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    code = (
        f"import sys; sys.path[:0] = {places!r}; from pathlib import Path; "
        f"import test_image_steps as t; t.make_until_killed(Path({str(tmp_path)!r}), {dies_at})"
    )
    child = subprocess.run([sys.executable, "-c", code], check=False, timeout=120)
    assert child.returncode == -signal.SIGKILL
    tables = warehouse(TEXTS, dataset=["embedded"] * 7)
    with ResultStore(tmp_path / "results.sqlite") as store:
        resumed, runs = enrich(tables, painted(tmp_path), store, CountingEncoder())
    assert runs["make_thumbnails"].metrics["cached"] == (dies_at - 1) // 2 * 2
    whole_place = tmp_path / "whole"
    with ResultStore(whole_place / "results.sqlite") as store:
        whole, _ = enrich(tables, painted(whole_place), store, CountingEncoder())
    assert without_run(resumed) == without_run(whole)
    for row in whole.values():
        path = Path("thumbnails") / row["thumbnail_path"]
        assert (tmp_path / path).read_bytes() == (whole_place / path).read_bytes()


def grey_folder(tmp_path, levels, texts):
    folder = tmp_path / "pictures"
    folder.mkdir()
    with (folder / "index.csv").open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("file", "prompt"))
        for number, (level, text) in enumerate(zip(levels, texts, strict=True)):
            Image.new("RGB", (32, 32), (level,) * 3).save(folder / f"{number}.png")
            lines.writerow((f"{number}.png", text))
    return {"kind": "folder", "path": str(folder), "index": "index.csv"}


LEVELS = list(range(2, 200, 4))


def test_alignment_of_rightly_linked_images(tmp_path, store, caplog):
    texts = [f"grey {level}" for level in LEVELS]
    source = grey_folder(tmp_path, LEVELS, texts)
    rows, runs = enrich(warehouse([]), settings(tmp_path, source), store, ReadingEncoder())
    for row in rows.values():
        cosine = np.dot(np.float64(row["image_embedding"]), np.float64(row["text_embedding"]))
        assert row["alignment_score"] == pytest.approx(cosine, abs=1e-6)
    metrics = runs["embed_images"].metrics
    assert metrics["alignment_auc"] > 0.95
    assert metrics["alignment_mean_true"] > metrics["alignment_mean_shuffled"] + 0.5
    assert "wrong prompts" not in caplog.text


def test_mislinked_images_are_noticed(tmp_path, store, caplog):
    texts = [f"grey {level}" for level in LEVELS]
    source = grey_folder(tmp_path, LEVELS, texts[20:] + texts[:20])
    _, runs = enrich(warehouse([]), settings(tmp_path, source), store, ReadingEncoder())
    assert runs["embed_images"].metrics["alignment_auc"] < 0.65
    assert "wrong prompts" in caplog.text


def test_rejected_images_are_counted_listed_and_kept_as_failures(tmp_path, store):
    folder = tmp_path / "pictures"
    folder.mkdir()
    files = {
        "good.png": picture(1),
        "torn.png": picture(2, (640, 640))[:300],
        "text.png": b"<html>not an image</html>",
        "huge.png": picture(3, (900, 900)),
        "empty.jpg": b"",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (tmp_path / "secret.png").write_bytes(picture(9))
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    names = [*files, "link.png", "../secret.png", str(tmp_path / "secret.png"), "gone.png"]
    source = {"kind": "folder", "path": str(folder), "limits": {"max_pixels": 500_000}}
    tables = warehouse([f"p {name}" for name in names], image_path=names)
    rows, runs = enrich(tables, settings(tmp_path, source), store, CountingEncoder())
    assert set(rows) == {"good.png"}
    metrics = runs["make_thumbnails"].metrics
    assert (metrics["new"], metrics["failed"], metrics["rejected"]) == (1, 8, 8)
    assert metrics["coverage"] == pytest.approx(1 / 9)
    lines = csv.DictReader(StringIO(runs["make_thumbnails"].texts["rejected_images.csv"]))
    reasons = {row["image_path"]: row["reason"] for row in lines}
    assert set(reasons) == set(names) - {"good.png"}
    for name, words in {
        "torn.png": "broken PNG",
        "text.png": "no image",
        "empty.jpg": "no image",
        "huge.png": "more than 500000 pixels",
        "link.png": "a link leads out",
        "../secret.png": "leaves the folder",
        str(tmp_path / "secret.png"): "leaves the folder",
        "gone.png": "no such file",
    }.items():
        assert words in reasons[name]


def test_images_of_equal_content_are_encoded_once(tmp_path, store):
    texts = ["grey 8", "grey 8", "grey 80"]
    source = grey_folder(tmp_path, [8, 8, 80], texts)
    encoder = CountingEncoder()
    rows, _ = enrich(warehouse([]), settings(tmp_path, source), store, encoder)
    assert (len(rows), encoder.seen) == (3, 2)
    assert rows["0.png"]["image_embedding"] == rows["1.png"]["image_embedding"]


def test_contact_sheet_shows_each_cluster_and_escapes_prompts(tmp_path, store):
    source = grey_folder(tmp_path, [8, 200], ["<script>alert(1)</script>", "grey"])
    _, runs = enrich(warehouse([]), settings(tmp_path, source), store, CountingEncoder())
    sheet = runs["embed_images"].texts["style_clusters.html"]
    assert sheet.count("data:image/webp;base64,") == 2
    assert "Style 0" in sheet
    assert "Style 1" in sheet
    assert "<script>" not in sheet
    assert "&lt;script&gt;" in sheet


def test_thumbnails_in_an_object_store(tmp_path, store):
    root = f"memory://bucket-{tmp_path.name}/generations"
    rows, _ = enrich(
        warehouse(TEXTS, dataset=["embedded"] * 7),
        painted(tmp_path, thumbnails={"root": root}),
        store,
        CountingEncoder(),
    )
    for row in rows.values():
        data = fsspec.filesystem("memory").cat_file(f"{root}/{row['thumbnail_path']}")
        assert Image.open(BytesIO(data)).format == "WEBP"
    idle = CountingEncoder()
    tables = warehouse(TEXTS, dataset=["embedded"] * 7)
    again, runs = enrich(tables, painted(tmp_path, thumbnails={"root": root}), store, idle)
    assert (runs["make_thumbnails"].metrics["new"], idle.seen) == (0, 0)
    assert again == rows
