"""Normal form, id, token estimate and length category of prompts."""

import hashlib
import re

import ibis
import ibis.expr.types as ir
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genai_session_analyzer.schema.prompt_text import (
    estimated_token_count,
    normalised_prompt,
    prompt_id,
    prompt_length_category,
)

CLIP_TOKENS = {
    "a cat": 2,
    "cute robot": 2,
    "astronaut riding a horse on mars": 6,
    "a watercolor of a lighthouse in a storm": 8,
    "portrait of an old fisherman, oil painting, dramatic lighting, highly detailed": 14,
    "isometric render of a tiny coffee shop, soft shadows, pastel colors, blender, octane "
    "render": 19,
    "cyberpunk city street at night, neon signs, rain, reflections, cinematic, 8k, trending on "
    "artstation": 22,
    "wide shot of a medieval castle on a cliff above the sea, golden hour, volumetric fog, matte "
    "painting, epic composition, intricate details, sharp focus, concept art, masterpiece": 36,
}
"""Counted with CLIP's own tokenizer, start and end tokens left out."""


def texts(values: list[str | None]) -> ir.Table:
    numbered = [{"row": row, "text": value} for row, value in enumerate(values)]
    return ibis.memtable(numbered, schema={"row": "int64", "text": "string"})


def normalised(values: list[str | None]) -> list[str | None]:
    table = texts(values)
    result = table.mutate(text=normalised_prompt(table.text)).order_by("row").to_pyarrow()
    return result["text"].to_pylist()


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("a cat", "a cat"),
        ("A Cat", "A Cat"),
        ("  a cat", "a cat"),
        ("a cat ", "a cat"),
        ("a  cat", "a cat"),
        ("a\tcat\r\n", "a cat"),
        ("a\u00a0cat", "a cat"),
        ("猫\u3000\u3000犬", "猫 犬"),
        ("a 'cat' \\ \"dog\"", "a 'cat' \\ \"dog\""),
        ("vivid fluff vv ff", "vivid fluff vv ff"),
        ("  vivid fluff\t", "vivid fluff"),
        (" \t\n ", ""),
        ("", ""),
        (None, None),
    ],
)
def test_white_space_is_tidied_and_nothing_else(typed: str | None, normal: str | None) -> None:
    assert normalised([typed]) == [normal]


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.text(
            st.one_of(
                st.sampled_from(" \t\n\r\u00a0\u3000vf,"),
                st.characters(exclude_characters="\x00", exclude_categories=["Cs"]),
            )
        ),
        min_size=1,
        max_size=20,
    )
)
def test_normal_form_is_pythons_and_is_its_own_normal_form(values: list[str]) -> None:
    expected = [re.sub("[ \t\n\r\u00a0\u3000]+", " ", value).strip(" ") for value in values]
    assert normalised(values) == expected
    assert normalised(expected) == expected


def test_an_id_is_the_md5_of_the_text() -> None:
    values = ["a cat", "A cat", "猫 🐈", ""]
    table = texts(values)
    result = table.select("row", id=prompt_id(table.text)).order_by("row").to_pyarrow()
    expected = [hashlib.md5(v.encode(), usedforsecurity=False).hexdigest() for v in values]
    assert result["id"].to_pylist() == expected
    assert len(set(expected)) == len(values)


def test_the_estimate_is_the_formula_of_its_docstring() -> None:
    values = [*CLIP_TOKENS, "x", "word " * 100 + "end", "a,b,,c", "x" * 500, "猫、犬 😀", None]
    table = texts(values)
    estimate = estimated_token_count(table.text)
    assert str(estimate.type()) == "int32"
    result = table.select("row", tokens=estimate).order_by("row").to_pyarrow()

    def by_hand(text: str) -> int:
        separators = text.count(" ") + text.count(",")
        return max(1, (667 * separators + 97 * len(text) + 500) // 1000)

    expected = [None if value is None else by_hand(value) for value in values]
    assert result["tokens"].to_pylist() == expected


def test_the_estimate_is_near_clips_own_count() -> None:
    table = texts(list(CLIP_TOKENS))
    result = table.select("row", tokens=estimated_token_count(table.text)).order_by("row")
    estimates = result.to_pyarrow()["tokens"].to_pylist()
    for estimate, counted in zip(estimates, CLIP_TOKENS.values(), strict=True):
        assert abs(estimate - counted) <= max(1, 0.15 * counted)


def test_length_categories_change_after_10_30_and_60_tokens() -> None:
    counts = [0, 10, 11, 30, 31, 60, 61, 500, None]
    rows = [{"row": row, "tokens": count} for row, count in enumerate(counts)]
    table = ibis.memtable(rows, schema={"row": "int64", "tokens": "int32"})
    result = table.select("row", length=prompt_length_category(table.tokens)).order_by("row")
    assert result.to_pyarrow()["length"].to_pylist() == [
        "short",
        "short",
        "medium",
        "medium",
        "long",
        "long",
        "very_long",
        "very_long",
        None,
    ]


def test_every_expression_compiles_for_spark_without_escapes_spark_misreads() -> None:
    table = ibis.table({"text": "string"}, name="prompts")
    normal = normalised_prompt(table.text)
    tokens = estimated_token_count(normal)
    whole = table.select(
        normal=normal,
        id=prompt_id(normal),
        tokens=tokens,
        length=prompt_length_category(tokens),
    )
    sql = str(ibis.to_sql(whole, dialect="pyspark"))
    assert "MD5(" in sql
    assert "\\v" not in sql
    assert "\\f" not in sql
