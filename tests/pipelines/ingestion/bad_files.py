"""Files as they arrive: odd, broken and hostile ones, each with what reading it has to give."""

import gzip
import io
import json
import struct
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.parquet as pq

from genai_session_analyzer.pipelines.ingestion.files.limits import CsvDialect, GateLimits

DEFAULT = CsvDialect()
SMALL = GateLimits(
    max_file_bytes=200_000,
    max_unpacked_bytes=100_000,
    max_line_bytes=2_000,
    max_json_depth=5,
    max_columns=5,
)


@dataclass(frozen=True)
class Case:
    """One file: what it is called and holds, and either the error or the records it gives."""

    name: str
    data: bytes
    error: str = ""
    rows: dict[int, tuple[object, ...]] = field(default_factory=dict)
    broken: dict[int, list[str]] = field(default_factory=dict)
    dialect: CsvDialect = DEFAULT
    title: str = ""

    def __str__(self) -> str:
        return f"{self.title}:{self.name}"


def parquet_bytes(table: pa.Table, **options: object) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **options)
    return buffer.getvalue()


def parquet_with(value: bytes, **options: object) -> bytes:
    """Return a file of three prompts, the second of which is these bytes, declared as text."""
    raw = pa.array([b"a cat", value, b"a dog"], pa.binary())
    offsets, data = raw.buffers()[1:]
    text = pa.Array.from_buffers(pa.string(), 3, [None, offsets, data])
    return parquet_bytes(pa.table({"id": [1, 2, 3], "prompt": text}), **options)


PROMPTS = parquet_bytes(pa.table({"id": [1, 2], "prompt": ["a cat", None]}))
PAGES = parquet_bytes(pa.table({"x": [f"prompt {i}" for i in range(500)]}), use_dictionary=False)
NUMBERS = parquet_bytes(
    pa.table({"a": [n * 7919 % 100_003 for n in range(5_000)]}), use_dictionary=False
)
FOOTER = struct.unpack("<I", PAGES[-8:-4])[0]
DEEP_LINE = b'{"a":' * 10_000 + b"1" + b"}" * 10_000
BOMB = gzip.compress(b"a,b\n" + b"0" * 500_000)
SEMICOLON = CsvDialect(delimiter=";", quote="'", escape="'")
BACKSLASH = CsvDialect(escape="\\")
TWO = {1: ("1", "x"), 2: ("2", "y")}


def case(title: str, name: str, data: bytes, **expected: object) -> Case:
    return Case(name, data, title=title.replace(" ", "-"), **expected)  # type: ignore[arg-type]


BAD_FILES = [
    case("empty", "f.csv", b"", error="the file is empty"),
    case("only BOM", "f.csv", b"\xef\xbb\xbf", error="the file is empty"),
    case("only blank lines", "f.jsonl", b"\n\r\n \n", error="the file is empty"),
    case("empty gzip", "f.csv.gz", gzip.compress(b""), error="the file is empty"),
    case("header only", "f.csv", b"a,b\n", error="holds no rows"),
    case(
        "empty parquet",
        "f.parquet",
        parquet_bytes(pa.table({"a": pa.array([], "i8")})),
        error="holds no rows",
    ),
    case("suffix", "f.xlsx", b"a,b\n1,2\n", error=".xlsx is not supported"),
    case("no suffix", "log", b"a,b\n1,2\n", error="no suffix is not supported"),
    case("parquet as csv", "f.csv", PROMPTS, error="it is a Parquet file"),
    case("gzip as csv", "f.csv", gzip.compress(b"a\n1\n"), error="it is gzip-compressed"),
    case(
        "gzip in gzip",
        "f.csv.gz",
        gzip.compress(gzip.compress(b"a\n1\n")),
        error="it is gzip-compressed",
    ),
    case("csv as gzip", "f.csv.gz", b"a\n1\n", error="named .gz but not gzip"),
    case("zip as csv", "f.csv", b"PK\x03\x04....", error="ZIP archive"),
    case("html", "f.csv", b"\n <!DOCTYPE html><p>Sign in</p>", error="an HTML or XML page"),
    case("UTF-16", "f.csv", "a,b\n1,2\n".encode("utf-16"), error="UTF-16"),
    case("UTF-16 without BOM", "f.csv", "a,b\n1,2\n".encode("utf-16-le"), error="UTF-16"),
    case("JSON array", "f.jsonl", b'[{"a":1}]', error="holds a JSON array"),
    case("csv as jsonl", "f.jsonl", b"a,b\n1,2\n", error="no line is a JSON object"),
    case("gzip cut", "f.csv.gz", gzip.compress(b"a\n1\n" * 99)[:-9], error="damaged or cut short"),
    case("gzip CRC", "f.csv.gz", gzip.compress(b"a\n1\n")[:-8] + b"\0" * 8, error="damaged"),
    case("gzip tail", "f.csv.gz", gzip.compress(b"a\n1\n") + b"tail", error="damaged"),
    case("gzip bomb", "f.csv.gz", BOMB, error="unpacks to more than max_unpacked_bytes = 100,000"),
    case("too large", "f.csv", b"a\n" * 150_000, error="more than max_file_bytes = 200,000"),
    case("name twice", "f.csv", b"a,b,A\n1,2,3\n", error="column 3 of 3, 'A', is named twice"),
    case("no name", "f.csv", b"a,,c\n1,2,3\n", error="column 2 of 3, '', has no name"),
    case("reserved name", "f.csv", b"a,source_row\n1,2\n", error="has a reserved name"),
    case("control in name", "f.csv", b"a,b\x07\n1,2\n", error="has control characters"),
    case("many columns", "f.csv", b"a,b,c,d,e,f\n", error="6 columns are more than max_columns"),
    case(
        "header Latin-1", "f.csv", b"a,pr\xe9\n1,2\n", error="header cannot be read (invalid_utf8"
    ),
    case("header open quote", "f.csv", b'"a,b\n1,2\n', error="(unterminated_quote)"),
    case("CR alone", "f.csv", b"a,b\r1,x\r2,y\r", error="lines end in CR alone"),
    case("one long line", "f.csv", b"a,b," * 20_000, error="(line_too_long)"),
    case("csv as parquet", "f.parquet", b"a,b\n1,2\n", error="it is not a Parquet file"),
    case("parquet cut", "f.parquet", PROMPTS[:-20], error="is truncated"),
    case("two magics", "f.parquet", b"PAR1PAR1", error="footer cannot be read"),
    case(
        "parquet footer",
        "f.parquet",
        PAGES[: -FOOTER - 8] + b"\xff" * FOOTER + PAGES[-8:],
        error="footer cannot be read",
    ),
    case(
        "parquet page",
        "f.parquet",
        PAGES[:4] + b"\xff" * 60 + PAGES[64:],
        error="cannot be read to its end",
    ),
    case(
        "parquet page of numbers",
        "f.parquet",
        NUMBERS[:300] + b"\xff" * 60 + NUMBERS[360:],
        error="cannot be read to its end",
    ),
    case(
        "parquet names",
        "f.parquet",
        parquet_bytes(pa.table({"a": [1], "A": [2]})),
        error="is named twice",
    ),
]

ODD_FILES = [
    case("plain", "f.csv", b"a,b\n1,x\n2,y\n", rows=TWO),
    case("BOM and CRLF", "f.csv", b"\xef\xbb\xbfa,b\r\n1,x\r\n2,y\r\n", rows=TWO),
    case("no last newline", "f.csv", b"a,b\n1,x\n2,y", rows=TWO),
    case("blank lines", "f.csv", b"\na,b\n\n1,x\n\r\n2,y\n\n", rows=TWO),
    case(
        "two gzip members",
        "f.csv.gz",
        gzip.compress(b"a,b\n1,x\n") + gzip.compress(b"2,y\n"),
        rows=TWO,
    ),
    case("upper case suffix", "F.CSV", b"a,b\n1,x\n2,y\n", rows=TWO),
    case("dialect", "f.csv", b"a;b\n1;'x;''y'\n", rows={1: ("1", "x;'y")}, dialect=SEMICOLON),
    case(
        "backslash",
        "f.csv",
        b'a,b\n1,"say \\"hi\\" \\\\"\n2,y\n',
        rows={1: ("1", 'say "hi" \\'), 2: ("2", "y")},
        dialect=BACKSLASH,
    ),
    case(
        "quoted newline",
        "f.csv",
        b'a,b\n1,"x\r\ny, ""z"""\n2,y\n',
        rows={1: ("1", 'x\r\ny, "z"'), 2: ("2", "y")},
    ),
    case("NULL", "f.csv", b'a,b\n,""\n" ",NULL\n', rows={1: (None, None), 2: (" ", "NULL")}),
    case("one column", "f.csv", b'a\n""\nx\n', rows={1: (None,), 2: ("x",)}),
    case(
        "scripts",
        "f.csv",
        "a,b\nقطة,🐈‍⬛\n猫,\u202etac\n".encode(),
        rows={1: ("قطة", "🐈‍⬛"), 2: ("猫", "\u202etac")},
    ),
    case(
        "injection",
        "f.csv",
        b"a,b\n=1+1,'; DROP TABLE x; --\n",
        rows={1: ("=1+1", "'; DROP TABLE x; --")},
    ),
    case("quote in name", "f.csv", b'"a""b","c\'; --"\n1,x\n2,y\n', rows=TWO),
    case(
        "field count",
        "f.csv",
        b"a,b\n1\n2,y\n1,2,3\n",
        rows={2: ("2", "y")},
        broken={1: ["wrong_field_count"], 3: ["wrong_field_count"]},
    ),
    case(
        "stray quotes",
        "f.csv",
        b'a,b\n1,5" nail\n2,y\n3,"x" y\n4,"z"\n',
        rows={2: ("2", "y"), 4: ("4", "z")},
        broken={1: ["stray_quote"], 3: ["stray_quote"]},
    ),
    case(
        "open quote",
        "f.csv",
        b'a,b\n1,"x\n2,y\n3,"z"\n',
        rows={2: ("2", "y"), 3: ("3", "z")},
        broken={1: ["unterminated_quote"]},
    ),
    case(
        "open quote at end",
        "f.csv",
        b'a,b\n1,x\n2,"y\n',
        rows={1: ("1", "x")},
        broken={2: ["unterminated_quote"]},
    ),
    case(
        "quote open too long",
        "f.csv",
        b'a,b\n1,"x\n' + b"2,y\n" * 600,
        rows=dict.fromkeys(range(2, 602), ("2", "y")),
        broken={1: ["unterminated_quote"]},
    ),
    case(
        "CR inside",
        "f.csv",
        b'a,b\n1,x\ry\n2,"x\ry"\n',
        rows={2: ("2", "x\ry")},
        broken={1: ["stray_carriage_return"]},
    ),
    case(
        "two problems",
        "f.csv",
        b"a,b\n1,\xff\x00\n2,y\n,\xed\xa0\x80,\n",
        rows={2: ("2", "y")},
        broken={1: ["invalid_utf8", "nul_byte"], 3: ["invalid_utf8", "wrong_field_count"]},
    ),
    case(
        "long field",
        "f.csv",
        b"a,b\n1," + b"x" * 1_000 + b"\n2," + b"x" * 3_000 + b"\n3,y\n",
        rows={1: ("1", "x" * 1_000), 3: ("3", "y")},
        broken={2: ["line_too_long"]},
    ),
    case("BOM inside", "f.csv", b"a,b\n\xef\xbb\xbf1,x\n", rows={1: ("\ufeff1", "x")}),
    case("plain", "f.jsonl", b'{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n', rows=TWO),
    case(
        "BOM and CRLF", "f.jsonl", b'\xef\xbb\xbf{"a":1,"b":"x"}\r\n\r\n{"b":"y","a":2}', rows=TWO
    ),
    case("gzip", "f.jsonl.gz", gzip.compress(b'{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n'), rows=TWO),
    case(
        "union of keys",
        "f.jsonl",
        b'{"a":null}\n{"b":true}\n{}\n',
        rows={1: (None, None), 2: (None, "true"), 3: (None, None)},
    ),
    case(
        "nested",
        "f.jsonl",
        b'{"a":{"b":[1, 2]},"c":12345678901234567890123}\n',
        rows={1: ('{"b":[1,2]}', "12345678901234567890123")},
    ),
    case(
        "odd keys",
        "f.jsonl",
        b'{"a/b":1,"~":"x","$.c":3,"it\'s \\"d\\"":4}\n',
        rows={1: ("1", "x", "3", "4")},
    ),
    case(
        "not JSON",
        "f.jsonl",
        b'{"a":1}\n{"a":\n{"a":2} x\n[1]\n"a"\nnull\n{"a":"\\ud800"}\n',
        rows={1: ("1",)},
        broken={
            2: ["not_json"],
            3: ["not_json"],
            4: ["not_an_object"],
            5: ["not_an_object"],
            6: ["not_an_object"],
            7: ["not_json"],
        },
    ),
    case("truncated", "f.jsonl", b'{"a":1}\n{"a":"ca', rows={1: ("1",)}, broken={2: ["not_json"]}),
    case(
        "too deep",
        "f.jsonl",
        b'{"a":[[[[1]]]]}\n{"a":[[[[[1]]]]]}\n{"a":"\\"[[[[[[[{{{"}\n',
        rows={1: ("[[[[1]]]]",), 3: ('"[[[[[[[{{{',)},
        broken={2: ["too_deep"]},
    ),
    case(
        "deep and long",
        "f.jsonl",
        b'{"a":1}\n' + DEEP_LINE + b"\n",
        rows={1: ("1",)},
        broken={2: ["line_too_long"]},
    ),
    case(
        "bytes",
        "f.jsonl",
        b'{"a":"\xe9"}\n{"a":"\x00"}\n{"a":"x\\u0000"}\n{"a":"\\\\u0000"}\n',
        rows={4: ("\\u0000",)},
        broken={1: ["invalid_utf8"], 2: ["nul_byte"], 3: ["nul_byte"]},
    ),
    case(
        "keys",
        "f.jsonl",
        b'{"a":1}\n{"a":1,"a":2}\n{"A":1}\n{"":1}\n{"source_row":1}\n{"\\n":1}\n',
        rows={1: ("1",)},
        broken={
            2: ["duplicate_key"],
            3: ["unusable_key"],
            4: ["unusable_key"],
            5: ["unusable_key"],
            6: ["unusable_key"],
        },
    ),
    case(
        "too many keys",
        "f.jsonl",
        b"".join(json.dumps({f"k{i}": i}).encode() + b"\n" for i in range(7)),
        rows={i + 1: tuple(str(i) if j == i else None for j in range(5)) for i in range(5)},
        broken={6: ["unusable_key"], 7: ["unusable_key"]},
    ),
    case("plain", "f.parquet", PROMPTS, rows={1: (1, "a cat"), 2: (2, None)}),
    case(
        "bytes as text",
        "f.parquet",
        parquet_bytes(pa.table({"p": [b"caf\xc3\xa9"]})),
        rows={1: ("café",)},
    ),
    case(
        "not text",
        "f.parquet",
        parquet_with(b"\xff\xfe"),
        rows={1: (1, "a cat"), 3: (3, "a dog")},
        broken={2: ["invalid_utf8"]},
    ),
    case(
        "not text, no dictionary",
        "f.parquet",
        parquet_with(b"\xff\xfe", use_dictionary=False),
        rows={1: (1, "a cat"), 3: (3, "a dog")},
        broken={2: ["invalid_utf8"]},
    ),
    case(
        "NUL",
        "f.parquet",
        parquet_with(b"\x00"),
        rows={1: (1, "a cat"), 3: (3, "a dog")},
        broken={2: ["nul_byte"]},
    ),
    case(
        "own row number",
        "f.parquet",
        parquet_bytes(pa.table({"file_row_number": [7]})),
        rows={1: (7,)},
    ),
    case(
        "nested",
        "f.parquet",
        parquet_bytes(pa.table({"a": [{"b": [1, 2]}]})),
        rows={1: ({"b": [1, 2]},)},
    ),
]
