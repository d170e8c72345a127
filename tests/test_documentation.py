"""What the documents say is true: mappings parse, commands and parameters exist, lengths keep."""

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from genai_session_analyzer.cli import main
from genai_session_analyzer.pipeline_registry import register_pipelines
from genai_session_analyzer.pipelines.ingestion.mapping.fields import FIELDS
from genai_session_analyzer.pipelines.ingestion.mapping.model import SourceMapping
from genai_session_analyzer.pipelines.metrics.data_quality import all_checks
from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.semantic.friction import FrictionParameters

PROJECT = Path(__file__).parent.parent
DOCUMENTS = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def blocks(kind):
    """(file name, block) of every fenced block of that kind."""
    return [
        (path.name, block)
        for path in DOCUMENTS
        for block in re.findall(rf"```{kind}\n(.*?)```", path.read_text(encoding="utf-8"), re.S)
    ]


@pytest.mark.parametrize(("name", "block"), blocks("yaml"))
def test_every_mapping_shown_is_a_mapping(name, block):
    assert SourceMapping.model_validate(yaml.safe_load(block)).columns, name


@pytest.mark.parametrize(("name", "block"), blocks("sh"))
def test_every_command_shown_exists(name, block):
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", block, re.M):
        assert re.search(rf"^{target}:", makefile, re.M), (name, target)
    for pipeline in re.findall(r"--pipeline=(\w+)", block):
        assert pipeline in register_pipelines(), (name, pipeline)
    for environment in re.findall(r"--env (\w+)", block):
        assert (PROJECT / "conf" / environment).is_dir(), (name, environment)


def test_every_parameter_shown_exists():
    sections = {}
    for path in (PROJECT / "conf/base").glob("parameters*.yml"):
        sections |= yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        for name in re.findall(
            r"(?<![\w.])((?:simulation|corpus|source|friction|modeling|labels|images|"
            r"language_model_labels)\.[a-z_.]+\w)\b",
            text,
        ):
            value = sections
            for key in name.split("."):
                if name.endswith((".md", ".yml")) or key == "variant":
                    break
                assert key in value, f"{path.name} names {name}"
                value = value[key]


def test_the_readme_names_every_table_and_stays_short():
    assert len(README.splitlines()) <= 150
    published = set(TABLES) - {"raw_generations", "ingested_files"}
    assert all(f"`{name}`" in README for name in published)


def test_the_readme_counts_the_checks_right():
    assert f"{len(all_checks(FrictionParameters()))} checks" in README


def test_the_readme_names_every_gsa_command():
    for command in main.commands:
        assert f"gsa {command}" in README
        assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0


def test_the_list_of_fields_is_complete():
    text = (PROJECT / "docs/ingestion.md").read_text(encoding="utf-8")
    listed = re.search(r"^Fields: (.*?)\.\s", text, re.S | re.M).group(1)
    assert set(re.findall(r"\w+", listed)) == set(FIELDS)


def test_links_lead_somewhere():
    for path in DOCUMENTS:
        for link in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            if not link.startswith("http"):
                assert (path.parent / link).exists(), f"{path.name}: {link}"
