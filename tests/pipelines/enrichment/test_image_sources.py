"""Where images come from: folders and DiffusionDB's archives."""

import json
import os
import zipfile

import pytest
from image_runs import CountingEncoder, enrich, id_of, picture, settings, warehouse
from pydantic import ValidationError

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.model_results import ResultStore
from genai_session_analyzer.pipelines.enrichment.images.collect import collect_images
from genai_session_analyzer.pipelines.enrichment.images.diffusiondb_archive import archive_name
from genai_session_analyzer.pipelines.enrichment.images.parameters import ImageParameters


@pytest.fixture
def store(tmp_path):
    with ResultStore(tmp_path / "results.sqlite") as opened:
        yield opened


def test_folder_by_index_links_by_the_normalised_prompt(tmp_path):
    (tmp_path / "a.png").write_bytes(picture(1))
    (tmp_path / "index.csv").write_text('file,prompt,tags\na.png,"  two\n words ",x\n')
    source = {"kind": "folder", "path": str(tmp_path), "index": "index.csv"}
    (ref,) = collect_images(*warehouse([]), settings(tmp_path, source)).refs()
    assert (ref.image_path, ref.prompt_text) == ("a.png", "two words")
    assert ref.prompt_id == id_of("two words")
    assert ref.read() == picture(1)


def test_changed_file_has_another_fingerprint(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(picture(1))
    tables = warehouse(["p"], image_path=["a.png"])
    parameters = settings(tmp_path, {"kind": "folder", "path": str(tmp_path)})
    (before,) = collect_images(*tables, parameters).refs()
    (same,) = collect_images(*tables, parameters).refs()
    path.write_bytes(picture(2))
    os.utime(path, ns=(1, 1))
    (after,) = collect_images(*tables, parameters).refs()
    assert before.fingerprint == same.fingerprint != after.fingerprint


@pytest.mark.parametrize(
    ("index", "content", "words"),
    [
        ("none.csv", "file,prompt\n", "no such file"),
        ("index.csv", "name,prompt\na,b\n", "no column file"),
        ("../index.csv", "file,prompt\n", "leaves the folder"),
    ],
)
def test_index_that_cannot_be_used(tmp_path, index, content, words):
    (tmp_path / "index.csv").write_text(content)
    source = {"kind": "folder", "path": str(tmp_path), "index": index}
    with pytest.raises(SourceError, match=words):
        collect_images(*warehouse([]), settings(tmp_path, source))


def test_missing_folder(tmp_path):
    source = {"kind": "folder", "path": str(tmp_path / "none")}
    with pytest.raises(SourceError, match="is no folder"):
        collect_images(*warehouse([]), settings(tmp_path, source))


@pytest.mark.parametrize(
    "source",
    [{"kind": "folder"}, {"kind": "painted", "index": "i.csv"}, {"kind": "s3"}, {"size": 3}],
)
def test_parameters_that_make_no_sense(source):
    with pytest.raises(ValidationError):
        ImageParameters.model_validate({"source": source})


def archive(folder, part, images, prompts=None):
    """An archive in DiffusionDB's layout; its JSON in another order than its images."""
    path = folder / "images" / f"part-{part:06d}.zip"
    path.parent.mkdir(exist_ok=True)
    stated = prompts or {name: text for name, (_, text) in images.items()}
    about = {
        name: {"p": text, "se": 1, "c": 7.0, "st": 50, "sa": "k_lms"}
        for name, text in stated.items()
    }
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"part-{part:06d}.json", json.dumps(dict(reversed(about.items()))))
        for name, (content, _) in images.items():
            file.writestr(name, content)
    return path


def diffusiondb(texts, names, parts):
    paths = [f"part-{part:06d}/{name}" for part, name in zip(parts, names, strict=True)]
    return warehouse(texts, dataset=["diffusiondb"] * len(texts), image_path=paths, part_id=parts)


def test_diffusiondb_is_matched_by_name(tmp_path, store):
    names = ["c.png", "a.png", "b.png"]
    texts = [f"prompt of {name}" for name in names]
    images = {
        name: (picture(n), text) for n, (name, text) in enumerate(zip(names, texts, strict=True))
    }
    archive(tmp_path, 3, images)
    tables = diffusiondb(texts, names, [3, 3, 3])
    parameters = settings(tmp_path, {"kind": "diffusiondb", "path": str(tmp_path)})
    refs = collect_images(*tables, parameters).refs()
    for ref in refs:
        name = ref.image_path.rsplit("/", 1)[-1]
        assert (ref.read(), ref.prompt_text) == images[name]
        assert ref.prompt_id == id_of(images[name][1])
    rows, _ = enrich(tables, parameters, store, CountingEncoder())
    assert set(rows) == {f"part-000003/{name}" for name in names}
    assert {row["image_source"] for row in rows.values()} == {"diffusiondb"}


def test_diffusiondb_image_that_is_absent_damaged_or_linked_otherwise(tmp_path, store):
    names = ["good.png", "gone.png", "swapped.png", "torn.png"]
    texts = [f"prompt of {name}" for name in names]
    stored = {"good.png": picture(1), "swapped.png": picture(2), "torn.png": picture(3)[:40]}
    images = {name: (content, f"prompt of {name}") for name, content in stored.items()}
    stated = {name: f"prompt of {name}" for name in names} | {"swapped.png": "another one"}
    archive(tmp_path, 1, images, stated)
    parameters = settings(tmp_path, {"kind": "diffusiondb", "path": str(tmp_path)})
    rows, runs = enrich(diffusiondb(texts, names, [1] * 4), parameters, store, CountingEncoder())
    assert set(rows) == {"part-000001/good.png"}
    listed = runs["make_thumbnails"].texts["rejected_images.csv"]
    assert "holds no gone.png" in listed
    assert "links it to another prompt" in listed
    assert "broken PNG" in listed


def test_diffusiondb_archive_that_is_no_zip(tmp_path, store):
    path = archive(tmp_path, 1, {"a.png": (picture(1), "p")})
    path.write_bytes(path.read_bytes()[:60])
    parameters = settings(tmp_path, {"kind": "diffusiondb", "path": str(tmp_path)})
    rows, runs = enrich(diffusiondb(["p"], ["a.png"], [1]), parameters, store, CountingEncoder())
    assert rows == {}
    assert "no readable zip" in runs["make_thumbnails"].texts["rejected_images.csv"]


def test_diffusiondb_reads_no_more_parts_than_asked_for(tmp_path):
    for part in (2, 5, 9):
        archive(tmp_path, part, {f"{part}.png": (picture(part), f"p{part}")})
    tables = diffusiondb(
        ["p2", "p5", "p9", "p7"], ["2.png", "5.png", "9.png", "7.png"], [2, 5, 9, 1]
    )
    source = {"kind": "diffusiondb", "path": str(tmp_path), "max_parts": 2}
    refs = collect_images(*tables, settings(tmp_path, source)).refs()
    assert [ref.image_path for ref in refs] == ["part-000002/2.png", "part-000005/5.png"]


def test_diffusiondb_folder_without_archives(tmp_path):
    parameters = settings(tmp_path, {"kind": "diffusiondb", "path": str(tmp_path)})
    source = collect_images(*diffusiondb(["p"], ["a.png"], [12]), parameters)
    with pytest.raises(SourceError, match=r"part-000012\.zip"):
        source.refs()


def test_names_of_archives():
    assert archive_name(1, "2m") == "images/part-000001.zip"
    assert archive_name(10_000, "large") == "diffusiondb-large-part-1/part-010000.zip"
    assert archive_name(10_001, "large") == "diffusiondb-large-part-2/part-010001.zip"
