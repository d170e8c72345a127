"""Pictures: only published ones, only from the folder, only what their bytes say they are."""

from pathlib import Path

import pytest

from dashboard.dashboard_build import PICTURE, PICTURE_ID, publish, services
from genai_session_analyzer.dashboard.app import create_app
from genai_session_analyzer.dashboard.images import image_url, read_inside


def test_a_published_picture_is_served_with_cache_headers(tmp_path: Path) -> None:
    client = create_app(services(tmp_path)).server.test_client()
    answered = client.get(image_url(f"aa/{PICTURE_ID}.png"))
    assert (answered.status_code, answered.mimetype) == (200, "image/png")
    assert answered.data == PICTURE
    assert answered.cache_control.max_age == 604800
    assert answered.headers["X-Content-Type-Options"] == "nosniff"
    again = client.get(f"/img/{PICTURE_ID}", headers={"If-None-Match": answered.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "name",
    [
        "b" * 64,
        PICTURE_ID.upper(),
        f"{PICTURE_ID}.png",
        "..",
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e",
        "aa%00",
        "a" * 65,
        "%0a" + PICTURE_ID,
    ],
)
def test_nothing_else_is(tmp_path: Path, name: str) -> None:
    client = create_app(services(tmp_path)).server.test_client()
    answered = client.get(f"/img/{name}")
    assert answered.mimetype not in ("image/png", "text/csv")
    assert answered.data != PICTURE


@pytest.mark.parametrize(
    "path", ["../outside.png", "aa/../../outside.png", "link.png", "linked/outside.png", "pipe.png"]
)
def test_a_poisoned_table_cannot_reach_outside(tmp_path: Path, path: str) -> None:
    given = services(tmp_path)
    (tmp_path / "outside.png").write_bytes(PICTURE)
    (given.images / "link.png").symlink_to(tmp_path / "outside.png")
    (given.images / "linked").symlink_to(tmp_path)
    (given.images / "pipe.png").mkdir()
    row = {"image_path": "x", "prompt_id": "p1", "thumbnail_path": path}
    publish(tmp_path / "published", ftr_image_embeddings=[row])
    client = create_app(given).server.test_client()
    assert client.get(f"/img/{Path(path).stem}").status_code == 404
    row["thumbnail_path"] = str(tmp_path / "outside.png")
    publish(tmp_path / "published", ftr_image_embeddings=[row])
    assert client.get("/img/outside").status_code == 404


def test_a_link_that_stays_inside_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.png").write_bytes(PICTURE)
    (tmp_path / "other.png").symlink_to("real.png")
    assert read_inside(tmp_path, "other.png") == PICTURE


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.png", b"<html><script>alert(1)</script>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("wrong.jpg", PICTURE),
        ("empty.png", b""),
        ("large.png", PICTURE + b"0" * 5_000_000),
    ],
)
def test_what_is_no_picture_is_not_served(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert read_inside(tmp_path, name) is None
