"""A session replayed, on sessions small enough to check by eye, and on a long one."""

from typing import Any

import ibis
import pytest
from ibis.backends.duckdb import Backend

import rows
from genai_session_analyzer.insights.replay import (
    STEPS_PER_PAGE,
    ParameterChange,
    page_count,
    replay_page,
)

IMAGE = {"image_embedding": [1.0], "image_source": "painted", "model": "m", "revision": "r"}


def backend_with(
    generations: list[dict[str, Any]],
    prompts: dict[str, str],
    pictures: tuple[tuple[str, str, str | None], ...] = (),
) -> Backend:
    """Sessions as the generations name them; pictures as (image_path, prompt_id, thumbnail)."""
    backend = ibis.duckdb.connect()
    names = sorted({each["session_id"] for each in generations})
    counts = [sum(each["session_id"] == name for each in generations) for name in names]
    sessions = [
        {"session_id": name, "generation_count": count}
        for name, count in zip(names, counts, strict=True)
    ]
    texts = [{"prompt_id": name, "prompt_text": text} for name, text in prompts.items()]
    images = [
        IMAGE | {"image_path": path, "prompt_id": prompt_id, "thumbnail_path": thumbnail}
        for path, prompt_id, thumbnail in pictures
    ]
    rows.table("fct_generations", generations, backend)
    rows.table("fct_sessions", sessions, backend)
    rows.table("dim_prompts", texts, backend)
    rows.table("ftr_image_embeddings", images, backend)
    return backend


SHORT = [
    rows.generation(3, prompt_id="dog", steps=50, seed=3, width=512, height=768, cfg_scale=7.5),
    rows.generation(1, prompt_id="cat", steps=30, seed=1, width=512, height=512, cfg_scale=7.0),
    rows.generation(2, prompt_id="cat", steps=30, seed=2, width=512, height=512, cfg_scale=7.0),
    rows.generation(4, prompt_id=None, steps=50, seed=3, width=None, height=768, cfg_scale=7.5),
    rows.generation(9, session_id="another", prompt_id="cat"),
]
TEXTS = {"cat": "a cat on a mat", "dog": "a dog on a mat"}


def test_steps_are_in_order_each_with_its_text_and_what_changed() -> None:
    found = replay_page(backend_with(SHORT, TEXTS), "ann-1")
    assert found is not None
    first, second, third, fourth = found.steps
    assert [each.number for each in found.steps] == [1, 2, 3, 4]
    assert [each.facts["generation_id"] for each in found.steps] == ["g1", "g2", "g3", "g4"]
    assert (first.wait_s, first.prompt_parts, first.changes) == (None, None, ())
    assert second.is_same_prompt
    assert second.prompt_parts is None
    assert second.wait_s == 60
    assert second.changes == (ParameterChange(name="seed", before="1", after="2"),)
    assert third.prompt_parts is not None
    assert [(part.change, part.text.strip()) for part in third.prompt_parts] == [
        ("same", "a"), ("removed", "cat"), ("added", "dog"), ("same", "on a mat"),
    ]  # fmt: skip
    assert third.changes == (
        ParameterChange(name="steps", before="30", after="50"),
        ParameterChange(name="cfg_scale", before="7", after="7.5"),
        ParameterChange(name="size", before="512 \u00d7 512", after="512 \u00d7 768"),
        ParameterChange(name="seed", before="2", after="3"),
    )
    assert (fourth.facts["prompt_text"], fourth.prompt_parts) == (None, None)
    assert not fourth.is_same_prompt
    assert fourth.changes == (ParameterChange(name="size", before="512 \u00d7 768", after=None),)


def test_a_session_of_one_generation() -> None:
    found = replay_page(backend_with(SHORT, TEXTS), "another")
    assert found is not None
    assert [each.number for each in found.steps] == [1]
    assert found.session["generation_count"] == 1


def test_a_session_that_does_not_exist_is_none() -> None:
    assert replay_page(backend_with(SHORT, TEXTS), "' OR 1=1 --") is None


def test_a_page_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="from 1"):
        replay_page(backend_with(SHORT, TEXTS), "ann-1", 0)


def test_several_pictures_of_a_prompt_do_not_repeat_its_generations() -> None:
    pictures = (("i1", "cat", "b.webp"), ("i2", "cat", "a.webp"), ("i3", "dog", None))
    found = replay_page(backend_with(SHORT, TEXTS, pictures), "ann-1")
    assert found is not None
    thumbnails = [each.facts["thumbnail_path"] for each in found.steps]
    assert thumbnails == ["a.webp", "a.webp", None, None]


def test_five_hundred_generations_page_by_page_are_the_whole_session() -> None:
    many = [rows.generation(n, prompt_id=f"p{n}", seed=n % 3) for n in range(1, 501)]
    texts = {f"p{n}": f"picture number {n} of a lake" for n in range(1, 501)}
    backend = backend_with(many, texts)
    pages = [replay_page(backend, "ann-1", page) for page in range(1, page_count(500) + 2)]
    steps = [step for page in pages if page for step in page.steps]
    assert [len(page.steps) for page in pages if page] == [STEPS_PER_PAGE] * 25 + [0]
    assert [step.number for step in steps] == list(range(1, 501))
    assert [step.facts["generation_id"] for step in steps] == [f"g{n}" for n in range(1, 501)]
    for step in steps[1:]:  # also across the edge of two pages
        assert step.prompt_parts is not None
        removed = [part.text.strip() for part in step.prompt_parts if part.change == "removed"]
        assert removed == [str(step.number - 1)]


@pytest.mark.parametrize(("generations", "pages"), [(0, 1), (1, 1), (20, 1), (21, 2), (500, 25)])
def test_pages_needed(generations: int, pages: int) -> None:
    assert page_count(generations) == pages
