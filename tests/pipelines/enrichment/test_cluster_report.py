"""The report: one page, everything in it, no text of a prompt taken for markup."""

import base64
import io
import re
import shutil
import subprocess
from html.parser import HTMLParser

import ibis
import numpy as np
import pyarrow as pa
import pytest
from cluster_rows import RememberingTracker, saved
from PIL import Image

from genai_session_analyzer.pipelines.enrichment.clusters.report import report_clusters

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onload='alert(1)",
    "</style></article><iframe src=//evil.example>",
    "\u202e\u0645\u0631\u062d &amp; <b>",
]
VOID = {"meta", "img", "image", "br"}


def cluster(number, level=1, parent=9, text="castle", **values):
    return {
        "cluster_id": number,
        "parent_id": parent if level else None,
        "level": level,
        "title": f"{text} {number}",
        "description": f"about {text}",
        "keywords": [text, "moat"],
        "prompt_count": 3,
        "coherence": 0.5,
        "nearest_prompt_ids": ["p0", "p1"],
        "centroid": [1.0],
        "title_embedding": [1.0],
        "generation_count": 4,
        "mean_friction_score": None,
        "failure_rate": 0.25,
        "total_cost_credits": 1234.0,
        **values,
    }


SCHEMA = pa.schema(
    {
        "cluster_id": pa.int32(),
        "parent_id": pa.int32(),
        "level": pa.int32(),
        "title": pa.string(),
        "description": pa.string(),
        "keywords": pa.list_(pa.string()),
        "prompt_count": pa.int64(),
        "coherence": pa.float64(),
        "nearest_prompt_ids": pa.list_(pa.string()),
        "centroid": pa.list_(pa.float32()),
        "title_embedding": pa.list_(pa.float32()),
        "generation_count": pa.int64(),
        "mean_friction_score": pa.float64(),
        "failure_rate": pa.float64(),
        "total_cost_credits": pa.float64(),
    }
)


def report(clusters, cluster_ids=(0, 1, -1), texts=("a castle", "a moat")):
    backend = ibis.duckdb.connect()
    places = np.random.default_rng(0).uniform(-1, 1, size=(len(cluster_ids), 2))
    placed = pa.table(
        {
            "cluster_id": pa.array(cluster_ids, pa.int32()),
            "x": pa.array(places[:, 0], pa.float64()),
            "y": pa.array(places[:, 1], pa.float64()),
        }
    )
    names = [f"p{number}" for number in range(len(texts))]
    prompts = pa.table(
        {"prompt_id": pa.array(names, pa.string()), "prompt_text": pa.array(texts, pa.string())}
    )
    tracker = RememberingTracker()
    html = report_clusters(
        saved("dim_clusters", pa.Table.from_pylist(clusters, schema=SCHEMA), backend),
        saved("ftr_prompt_clusters", placed, backend),
        saved("dim_prompts", prompts, backend),
        tracker,
    )
    assert tracker.runs["report_clusters"][0].texts["clusters.html"] == html
    return html


class Reader(HTMLParser):
    """Collects tags, attributes and texts, and checks that every tag is closed."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.texts, self.open = [], [], [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.texts.append(data)


def test_it_shows_every_cluster_its_words_prompts_and_numbers():
    html = report([cluster(9, level=0), cluster(0), cluster(1, text="cat")])
    text = " ".join(Reader(html).texts)
    for said in ("castle 0", "cat 1", "about cat", "moat", "a castle", "25.0%", "1,234", "0.50"):
        assert said in text
    assert "33%" in text  # one prompt in three is in no cluster


def test_unknown_is_a_dash_and_not_a_zero():
    text = " ".join(Reader(report([cluster(9, level=0), cluster(0)])).texts)
    assert re.search(r"friction\s+\u2013", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_texts(text):
    html = report([cluster(9, level=0, text=text), cluster(0, text=text)], texts=(text, text))
    reader = Reader(html)
    assert not {"script", "iframe", "img"} & set(reader.tags)
    assert not [name for name, _ in reader.attributes if name.startswith("on")]
    assert sum(text in each for each in reader.texts) >= 6


def test_nothing_is_loaded_from_anywhere():
    html = report([cluster(9, level=0), cluster(0), cluster(1)])
    reader = Reader(html)
    addresses = [value for name, value in reader.attributes if name in {"src", "href"}]
    assert addresses
    assert all(value.startswith(("#c", "data:image/png;base64,")) for value in addresses)
    assert not re.search(r"https?:|@import|url\(", html)
    assert "default-src 'none'" in html


def picture_of(html):
    encoded = re.search(r'"data:image/png;base64,([^"]+)"', html)
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(encoded[1]))).convert("RGBA"))


def test_the_map_has_a_spot_for_each_prompt_and_nothing_else():
    lonely = picture_of(report([cluster(9, level=0), cluster(0)], cluster_ids=[0]))
    crowded = picture_of(report([cluster(9, level=0), cluster(0)], cluster_ids=[0] * 40))
    inked = [(picture[..., 3] > 0).mean() for picture in (lonely, crowded)]
    assert 0 < inked[0] < 0.0001
    assert 20 * inked[0] < inked[1] < 41 * inked[0]


@pytest.mark.parametrize("clusters", [[], [cluster(0, parent=None)]])
def test_few_or_no_clusters_are_a_page_too(clusters):
    Reader(report(clusters, cluster_ids=[each["cluster_id"] for each in clusters]))


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium")
def test_it_opens_in_a_browser(tmp_path):
    page = tmp_path / "clusters.html"
    page.write_text(report([cluster(9, level=0), cluster(0), cluster(1)]), encoding="utf-8")
    picture = tmp_path / "clusters.png"
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    subprocess.run(
        ["chromium", *flags, profile, f"--screenshot={picture}", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    colours = np.asarray(Image.open(picture).convert("RGB")).reshape(-1, 3)
    assert len(np.unique(colours, axis=0)) > 20
