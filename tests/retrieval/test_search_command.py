"""`gsa search`."""

import json

import pytest
from click.testing import CliRunner
from search_builds import publish, search_of, world

from genai_session_analyzer.cli import main
from genai_session_analyzer.retrieval import SearchFilters, SearchQuery


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("builds")
    publish(folder, world())
    return folder


def gsa_search(root, *arguments):
    return CliRunner().invoke(main, ["search", *arguments, "--root", str(root)])


def test_a_table_with_the_whole_beside_it(root):
    printed = gsa_search(root, "castle at night", "-n", "3")
    assert printed.exit_code == 0
    best = search_of(root).search(SearchQuery(text="castle at night", limit=3))
    assert f"{best.rows[0].similarity:.3f}" in printed.output
    assert f"3 of {best.candidate_count} prompts" in printed.output
    assert f"n = {best.whole.generation_count}" in printed.output.replace("\n", " ")


def test_json_holds_what_the_search_returns(root):
    options = ("--style", "anime", "--style", "sketch", "--tier", "pro", "--status", "timeout",
               "--domain", "animal", "--mood", "dark", "--cluster", "0", "--cluster", "1",
               "--from", "2024-01-02", "--to", "2024-01-19", "--include-nsfw")  # fmt: skip
    printed = json.loads(gsa_search(root, "cat", "--json", "-n", "50", *options).output)
    filters = SearchFilters(
        art_style=("anime", "sketch"),
        user_tier=("pro",),
        status=("timeout",),
        domain=("animal",),
        mood=("dark",),
        cluster_id=(0, 1),
        first_day="2024-01-02",
        last_day="2024-01-19",
        include_nsfw=True,
    )
    result = search_of(root).search(SearchQuery(text="cat", filters=filters, limit=50))
    times = {"encoding_ms", "ranking_ms"}
    expected = json.loads(result.model_dump_json(exclude=times))
    assert {key: value for key, value in printed.items() if key not in times} == expected


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("cat", "--style", "anim"), "art_style: Input should be"),
        (("cat", "--from", "soon"), "first_day: "),
        (("cat", "--cluster", "x"), "cluster_id: "),
        (('""',), "has no words"),
    ],
)
def test_what_is_wrong_is_one_line(root, arguments, words):
    printed = gsa_search(root, *arguments)
    assert printed.exit_code == 1
    assert words in printed.output
    assert printed.output.count("\n") == 1


def test_nothing_published(tmp_path):
    printed = gsa_search(tmp_path, "cat")
    assert printed.exit_code == 1
    assert "make run" in printed.output
