"""The embedded corpus: seeded, prefix-stable, shaped like what people type."""

import re
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from pydantic import ValidationError

from genai_session_analyzer.pipelines.ingestion.corpus.generator import (
    BLOCK_ROWS,
    CORPUS_SCHEMA,
    CorpusParameters,
    corpus_batches,
)
from genai_session_analyzer.pipelines.ingestion.corpus.phrases import with_article
from genai_session_analyzer.pipelines.ingestion.corpus.vocabulary import (
    read_vocabulary,
    unsafe_words,
)

DOMAINS = {
    "portrait", "character", "animal", "environment", "object", "fantasy", "scifi", "fanart",
    "unknown",
}  # fmt: skip
ART_STYLES = {
    "photography", "digital art", "oil painting", "watercolor", "sketch", "3d render", "anime",
    "pixel art", "concept art", "pop art", "unknown",
}  # fmt: skip
MOODS = {
    "dark", "cheerful", "mysterious", "epic", "serene", "romantic", "melancholic", "energetic",
    "humorous", "neutral",
}  # fmt: skip
SETTINGS = ["sampler", "steps", "cfg_scale", "width", "height", "image_count"]
UNSAFE = re.compile(rf"\b({'|'.join(unsafe_words())})\b", re.IGNORECASE)


def corpus(rows: int = 10_000, seed: int = 7, *, repeats: bool = True, **shape: float) -> pa.Table:
    parameters = CorpusParameters.model_validate({"generation_count": rows, **shape})
    batches = corpus_batches(parameters, seed, repeats=repeats)
    return pa.Table.from_batches(batches, schema=CORPUS_SCHEMA)


def prompts(table: pa.Table) -> list[str]:
    return table["prompt_text"].to_pylist()


def estimated_tokens(prompt: str) -> float:
    return 1.2 * len(prompt.split()) + len(re.findall(r"[^\w\s]", prompt))


def unsafe_share(texts: list[str]) -> float:
    return sum(bool(UNSAFE.search(text)) for text in texts) / len(texts)


def serialized(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return sink.getvalue().to_pybytes()


def jaccard(one: str, other: str) -> float:
    left, right = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return len(left & right) / len(left | right)


@pytest.fixture(scope="module")
def usual() -> pa.Table:
    return corpus()


@pytest.fixture(scope="module")
def larger() -> pa.Table:
    return corpus(60_000)


@pytest.mark.parametrize("repeats", [True, False])
def test_same_seed_gives_the_same_bytes(repeats: bool) -> None:
    first, second = (corpus(3_000, repeats=repeats) for _ in range(2))
    assert serialized(first) == serialized(second)


def test_different_seeds_give_different_corpora() -> None:
    shared = set(prompts(corpus(1_000, seed=1))) & set(prompts(corpus(1_000, seed=2)))
    assert len(shared) < 20


@pytest.mark.parametrize("rows", [1, 200, BLOCK_ROWS, BLOCK_ROWS + 1])
def test_first_rows_do_not_depend_on_length(rows: int) -> None:
    longer = corpus(BLOCK_ROWS + 500)
    assert corpus(rows).equals(longer.slice(0, rows))


def test_interleaved_readers_do_not_disturb_each_other() -> None:
    parameters = CorpusParameters(generation_count=BLOCK_ROWS + 10)
    pairs = zip(corpus_batches(parameters, 1), corpus_batches(parameters, 1), strict=True)
    assert all(one.equals(other) for one, other in pairs)


def test_blocks_differ() -> None:
    table = corpus(2 * BLOCK_ROWS)
    assert prompts(table)[:50] != prompts(table)[BLOCK_ROWS : BLOCK_ROWS + 50]


def test_schema_holds_and_nothing_is_null(usual: pa.Table) -> None:
    assert usual.schema == CORPUS_SCHEMA
    usual.validate(full=True)
    assert {column.null_count for column in usual.columns} == {0}


def test_zero_rows() -> None:
    assert corpus(0).num_rows == 0


def test_word_counts_are_distributed_like_real_ones(usual: pa.Table) -> None:
    words = [len(text.split()) for text in prompts(usual)]
    p5, p25, p50, p75, p90 = np.percentile(words, [5, 25, 50, 75, 90])
    assert 3 <= p5 <= 7
    assert 9 <= p25 <= 13
    assert 20 <= p50 <= 25
    assert 33 <= p75 <= 39
    assert 39 <= p90 <= 49
    assert max(words) > 60


def test_character_counts_are_distributed_like_real_ones(usual: pa.Table) -> None:
    p5, p50, p95 = np.percentile([len(text) for text in prompts(usual)], [5, 50, 95])
    assert 20 <= p5 <= 40
    assert 115 <= p50 <= 165
    assert 270 <= p95 <= 380


def test_share_of_long_prompts_follows_its_parameter(larger: pa.Table) -> None:
    def long_share(table: pa.Table) -> float:
        return float(np.mean([estimated_tokens(text) > 75 for text in prompts(table)]))

    assert long_share(larger) == pytest.approx(0.025, abs=0.006)
    assert long_share(corpus(long_share=0.2)) == pytest.approx(0.2, abs=0.04)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_about_a_quarter_of_the_rows_are_exact_repeats(seed: int) -> None:
    texts = prompts(corpus(seed=seed))
    assert 0.23 <= 1 - len(set(texts)) / len(texts) <= 0.28


def test_without_repeats_every_row_is_a_new_idea() -> None:
    table = corpus(repeats=False)
    assert table["thread_id"].to_pylist() == list(range(10_000))
    assert len(set(prompts(table))) >= 9_995


def test_unsafe_share_follows_its_parameter(larger: pa.Table) -> None:
    assert unsafe_share(prompts(larger)) == pytest.approx(0.01, abs=0.003)
    assert unsafe_share(prompts(corpus(unsafe_share=0.0))) == 0
    assert unsafe_share(prompts(corpus(2_000, unsafe_share=1.0))) == 1


def test_look_alikes_of_unsafe_words_occur_and_are_innocent(larger: pa.Table) -> None:
    texts = {text.lower() for text in prompts(larger)}
    for look_alike in ("skill", "killer whale", "bloodhound", "bloodstone", "nudibranch"):
        found = [text for text in texts if look_alike in text]
        assert found, look_alike
        assert unsafe_share(found) < 0.1


def test_threads_are_runs_named_by_their_first_row(larger: pa.Table) -> None:
    threads = larger["thread_id"].to_numpy()
    starts = np.flatnonzero(np.diff(threads, prepend=-1))
    assert threads[starts].tolist() == starts.tolist()
    assert np.all(np.diff(threads) >= 0)
    assert 3.5 <= len(threads) / len(starts) <= 4.5


def test_prompts_of_a_thread_resemble_each_other(usual: pa.Table) -> None:
    rows = list(zip(usual["thread_id"].to_pylist(), prompts(usual), strict=True))
    within = [jaccard(a[1], b[1]) for a, b in pairwise(rows) if a[0] == b[0]]
    between = [jaccard(a[1], b[1]) for a, b in pairwise(rows) if a[0] != b[0]]
    assert np.mean(within) > 0.8
    assert np.mean(between) < 0.15


def test_edits_change_the_prompt_and_rerolls_do_not() -> None:
    edits, rerolls = (
        corpus(edit_share=0.9, reroll_share=0.0),
        corpus(reroll_share=0.9, edit_share=0.0),
    )
    for table, low, high in ((edits, 0.0, 0.06), (rerolls, 1.0, 1.0)):
        rows = list(zip(table["thread_id"].to_pylist(), prompts(table), strict=True))
        same = np.mean([a[1] == b[1] for a, b in pairwise(rows) if a[0] == b[0]])
        assert low <= same <= high


def test_settings_mostly_stay_within_a_thread_and_seeds_never_do(usual: pa.Table) -> None:
    rows = usual.select(["thread_id", *SETTINGS]).to_pylist()
    pairs = [(a, b) for a, b in pairwise(rows) if a["thread_id"] == b["thread_id"]]
    assert 0.9 <= np.mean([a == b for a, b in pairs]) < 0.99
    assert len(set(usual["seed"].to_pylist())) > 9_990


def test_settings_have_a_plausible_mix(larger: pa.Table) -> None:
    samplers = larger["sampler"].to_pylist()
    assert set(samplers) == {
        "k_lms", "k_euler_ancestral", "k_euler", "ddim", "k_dpm_2_ancestral", "k_heun", "k_dpm_2",
        "plms",
    }  # fmt: skip
    assert samplers.count("k_lms") > 0.9 * len(samplers)
    assert np.median(larger["steps"]) == 50
    assert np.median(larger["cfg_scale"]) == 7
    assert {value % 64 for value in larger["width"].to_pylist()} == {0}
    assert {value % 64 for value in larger["height"].to_pylist()} == {0}
    assert set(larger["image_count"].to_pylist()) == set(range(1, 10))


def test_meanings_are_values_of_the_taxonomy_and_all_occur(larger: pa.Table) -> None:
    assert set(larger["meant_domain"].to_pylist()) == DOMAINS
    assert set(larger["meant_art_style"].to_pylist()) == ART_STYLES
    assert set(larger["meant_mood"].to_pylist()) == MOODS


def test_prompts_say_what_they_mean() -> None:
    vocabulary = read_vocabulary()
    phrases = {name: {*s.openings, *s.phrases} for name, s in vocabulary.styles.items()}
    styles = {name: word_pattern(words) for name, words in phrases.items()}
    domains = {name: word_pattern(domain.subjects) for name, domain in vocabulary.domains.items()}
    moods = {name: word_pattern(mood.phrases) for name, mood in vocabulary.moods.items()}
    for row in corpus(3_000).to_pylist():
        text = row["prompt_text"].lower()
        assert domains[row["meant_domain"]].search(text)
        if row["meant_art_style"] == "unknown":
            assert not any(pattern.search(text) for pattern in styles.values()), text
        else:
            assert styles[row["meant_art_style"]].search(text)
        if row["meant_mood"] != "neutral":
            assert moods[row["meant_mood"]].search(text)


def word_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))
    return re.compile(rf"(?<!\w)({words})(?!\w)")


def test_punctuation_varies(usual: pa.Table) -> None:
    texts = prompts(usual)
    for pattern in (r"\w, \w", r"\w,\w", r" \| ", r"\(\(", r"\.\.\.$", r"!!!", r" , ", r"^[A-Z]"):
        share = np.mean([bool(re.search(pattern, text)) for text in texts])
        assert 0 < share < 0.9, pattern
    assert not any(text != text.strip() for text in texts)


@pytest.mark.parametrize(
    "wrong",
    [
        {"generation_count": -1},
        {"generation_count": 100_000_001},
        {"reroll_share": 0.6, "edit_share": 0.5},
        {"swap_share": 0.8, "add_share": 0.3},
        {"block_size": 10},
    ],
)
def test_impossible_shapes_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        CorpusParameters.model_validate(wrong)


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="non-negative"):
        corpus(10, seed=-1)


def lists() -> dict[str, tuple[str, ...]]:
    """Every list of the vocabulary by its path."""
    found: dict[str, tuple[str, ...]] = {}

    def visit(path: str, node: object) -> None:
        if isinstance(node, dict):
            for name, child in node.items():
                visit(f"{path}/{name}", child)
        elif isinstance(node, tuple) and all(isinstance(item, str) for item in node):
            found[path] = node

    visit("", read_vocabulary().model_dump())
    return found


@pytest.mark.parametrize("path", lists())
def test_lists_are_clean(path: str) -> None:
    phrases = lists()[path]
    assert len(phrases) == len(set(phrases))
    assert all(phrase and phrase == " ".join(phrase.split()) for phrase in phrases)
    assert all(phrase == phrase.lower() and phrase.isascii() for phrase in phrases)


def test_a_subject_belongs_to_one_domain() -> None:
    subjects = [
        subject for domain in read_vocabulary().domains.values() for subject in domain.subjects
    ]
    assert len(subjects) == len(set(subjects))
    assert len(subjects) > 500


def test_a_phrase_names_one_style_and_one_mood() -> None:
    vocabulary = read_vocabulary()
    for groups in (
        [(*style.openings, *style.phrases) for style in vocabulary.styles.values()],
        [mood.phrases for mood in vocabulary.moods.values()],
    ):
        phrases = [phrase for group in groups for phrase in group]
        assert len(phrases) == len(set(phrases))


def test_unsafe_words_stand_only_in_unsafe_phrases() -> None:
    for path, phrases in lists().items():
        if path in {"/unsafe_words", "/unsafe_phrases"}:
            assert all(UNSAFE.search(phrase) for phrase in phrases), path
        else:
            assert [phrase for phrase in phrases if UNSAFE.search(phrase)] == [], path


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("cat", "a cat"),
        ("old man", "an old man"),
        ("unicorn", "a unicorn"),
        ("hourglass", "an hourglass"),
        ("horse", "a horse"),
        ("umbrella", "an umbrella"),
    ],
)
def test_articles_follow_the_sound(words: str, expected: str) -> None:
    assert with_article(words) == expected
