"""The NSFW classifier: split by user, learnt from flags, kept in a file that cannot run."""

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from genai_session_analyzer.embedding import HashEncoder
from genai_session_analyzer.errors import ModelError, SourceError
from genai_session_analyzer.pipelines.enrichment.labels.nsfw_classifier import (
    BUCKETS,
    load_nsfw_classifier,
    word_buckets,
    word_scores,
)
from genai_session_analyzer.pipelines.enrichment.labels.words import split_words
from genai_session_analyzer.pipelines.label_training.flagged_prompts import (
    read_flagged_prompts,
    some_prompts,
    split_by_user,
)
from genai_session_analyzer.pipelines.label_training.nsfw_scores import score_classifier
from genai_session_analyzer.pipelines.label_training.nsfw_training import train_classifier
from genai_session_analyzer.pipelines.label_training.parameters import NsfwParameters

NSFW = NsfwParameters(max_embedded=800, max_held_out=500, hidden_units=8, bootstrap_rounds=20)
ENCODER = HashEncoder(dimension=32)
WORDS = ("lake", "tower", "kitten", "robot", "meadow", "harbour", "piano", "candle")


@pytest.fixture(scope="module")
def jobs(tmp_path_factory):
    """Some 1500 prompts of 60 users; those with `crimson` are flagged, a few others too."""
    generator = np.random.default_rng(0)
    rows = []
    for number in range(1500):
        words = generator.choice(WORDS, 4).tolist()
        is_flagged = bool(generator.random() < 0.2)
        words += ["crimson"] if is_flagged and generator.random() < 0.7 else []
        rows.append((f"{' '.join(words)} {number}", f"user{number % 60}", is_flagged))
    rows += [("never judged", "user1", None), (rows[0][0], "user0", False)]
    path = tmp_path_factory.mktemp("jobs") / "jobs.parquet"
    names = ("prompt", "user_hash", "image_nsfw")
    pq.write_table(
        pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))), path
    )
    return path


@pytest.fixture(scope="module")
def parts(jobs):
    return split_by_user(read_flagged_prompts(jobs), NSFW)


@pytest.fixture(scope="module")
def classifier(parts):
    return train_classifier(parts, ENCODER, NSFW)


def test_each_judged_prompt_is_read_once_flagged_if_ever(jobs):
    prompts = read_flagged_prompts(jobs)
    assert len(prompts) == 1500
    rows = ibis.duckdb.connect().read_parquet(jobs)
    expected = rows.filter(rows.image_nsfw).prompt.nunique().execute()
    assert prompts.is_flagged.sum() == expected


def test_a_users_prompts_are_all_in_one_part(parts):
    users = [set(part.users) for part in (parts.fitting, parts.mixing, parts.held_out)]
    assert all(users)
    assert not users[0] & users[1]
    assert not users[0] & users[2]
    assert not users[1] & users[2]


def test_some_prompts_are_drawn_repeatably_flagged_first_where_asked(parts):
    some = some_prompts(parts.fitting, 100, flagged_first=True)
    assert len(some) == 100
    assert some.is_flagged.sum() == 50
    assert (some.texts == some_prompts(parts.fitting, 100, flagged_first=True).texts).all()
    assert len(some_prompts(parts.fitting, 10**6, flagged_first=False)) == len(parts.fitting)


def test_what_flags_share_is_learnt_and_told_from_users_unseen(parts, classifier):
    scores = score_classifier(classifier, parts, ENCODER, NSFW)
    assert scores.auc.value > 0.7  # some flagged prompts share a word, the others nothing
    assert scores.auc.low <= scores.auc.value <= scores.auc.high
    assert scores.prompt_count == min(NSFW.max_held_out, len(parts.held_out))
    risks = classifier.risks(
        [split_words("lake crimson"), split_words("lake tower")],
        ENCODER.encode(["lake crimson", "lake tower"]),
    )
    assert risks[0] > risks[1]


def test_training_again_gives_the_same_numbers(parts, classifier):
    assert train_classifier(parts, ENCODER, NSFW).digest == classifier.digest


def test_it_survives_being_written(classifier, tmp_path):
    path = tmp_path / "classifier.npz"
    path.write_bytes(classifier.to_bytes())
    loaded = load_nsfw_classifier(path)
    assert loaded is not None
    assert loaded.digest == classifier.digest
    assert load_nsfw_classifier(tmp_path / "none.npz") is None


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 cut off"])
def test_a_damaged_file_is_refused_in_one_line(content, tmp_path):
    path = tmp_path / "classifier.npz"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="label_training") as raised:
        load_nsfw_classifier(path)
    assert "\n" not in str(raised.value)


def test_a_pickle_in_the_file_is_not_opened(tmp_path):
    path = tmp_path / "classifier.npz"
    np.savez(path, encoder=np.array([{"an": "object"}], dtype=object))
    with pytest.raises(ModelError):
        load_nsfw_classifier(path)


def test_another_encoders_embeddings_are_refused(classifier):
    classifier.check_encoder(ENCODER)
    with pytest.raises(ModelError, match="hash@2"):
        classifier.check_encoder(HashEncoder(dimension=32, revision="2"))


def test_word_scores_are_sums_over_distinct_words_and_pairs():
    prompt = split_words("red car red car")
    weights = np.arange(BUCKETS, dtype=np.float32)
    buckets = word_buckets(prompt)
    assert len(buckets) == 4  # red, car, "red car", "car red"
    assert word_scores([prompt, split_words("")], weights).tolist() == [buckets.sum() / 2, 0]


def test_a_missing_file_or_column_is_said_so(tmp_path):
    with pytest.raises(SourceError, match="flagged_prompts"):
        read_flagged_prompts(tmp_path / "none.parquet")
    path = tmp_path / "jobs.parquet"
    pq.write_table(pa.table({"prompt": ["x"]}), path)
    with pytest.raises(SourceError, match="image_nsfw, user_hash"):
        read_flagged_prompts(path)
