"""The tables of attacks and of honest statements, and a small build to try them on."""

import hashlib
from pathlib import Path
from typing import Any

import duckdb
import yaml

from genai_session_analyzer.schema import TABLES

HERE = Path(__file__).parent
SECRET = "a line that must never be read"  # noqa: S105
BOMBS = "resource_bombs"


def attacks() -> dict[str, dict[str, Any]]:
    return yaml.safe_load((HERE / "attacks.yml").read_text(encoding="utf-8"))


def attack_rows(bombs: bool = False) -> list[tuple[str, str]]:
    """Class and statement of each attack, or of each resource bomb."""
    return [
        (name, statement)
        for name, section in attacks().items()
        if (name == BOMBS) == bombs
        for statement in section["statements"]
    ]


def benign() -> list[str]:
    return yaml.safe_load((HERE / "benign.yml").read_text(encoding="utf-8"))


def write_build(folder: Path) -> Path:
    """A file with all documented tables of a published build, four rows in each."""
    path = folder / "warehouse.duckdb"
    with duckdb.connect(path) as connection:
        for name, table in TABLES.items():
            columns = [
                f'{_value(column.name, column.dtype)} AS "{column.name}"'
                for column in table.columns
            ]
            connection.execute(
                f"CREATE TABLE {name} AS SELECT {', '.join(columns)} FROM range(4) AS r (i)"  # noqa: S608
            )
        connection.execute("CREATE TABLE build_tables AS SELECT 'b' AS build_id, 't' AS table_name")
        connection.execute("CREATE TABLE private_notes AS SELECT 'mine' AS note")
        connection.execute("CREATE VIEW people AS FROM dim_users")
    path.chmod(0o444)
    return path


def fill(statement: str, database: Path, outside: Path) -> str:
    """The statement with its paths: the build, a file beside it, a folder that can be written."""
    for name, path in (("database", database), ("outside", outside), ("folder", outside.parent)):
        statement = statement.replace(f"{{{name}}}", str(path))
    return statement


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file below a folder with the SHA-256 of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


_CODED = {"user_tier": "free", "status": "success", "region": "asia", "domain": "portrait"}


def _value(name: str, kind: str) -> str:
    if kind.startswith("string"):
        return f"'{_CODED[name]}'" if name in _CODED else f"'{name} ' || i"
    if kind.startswith("timestamp"):
        return "TIMESTAMP '2024-01-01' + INTERVAL (i) HOUR"
    if kind == "date":
        return "DATE '2024-01-01' + i::INTEGER"
    if kind == "boolean":
        return "i % 2 = 0"
    if kind.startswith("array"):
        return f"[i]::{'VARCHAR' if 'string' in kind else 'FLOAT'}[]"
    return f"i::{'DOUBLE' if kind.startswith('float') else 'BIGINT'}"
