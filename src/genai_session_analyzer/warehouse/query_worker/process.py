"""What runs in a worker process; `__main__.py` starts it.

It reads messages from its standard input and answers on its standard output. It ends when its
input does, so it never outlives the process that started it.
"""

import os
import queue
import select
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import NoReturn

import duckdb

from genai_session_analyzer.warehouse.hardening import harden
from genai_session_analyzer.warehouse.query_worker.confinement import (
    TOO_MUCH_MEMORY,
    ResidentMemory,
    limit_resources,
)
from genai_session_analyzer.warehouse.query_worker.execution import execute
from genai_session_analyzer.warehouse.query_worker.frames import Frame, read_frame, write_frame
from genai_session_analyzer.warehouse.query_worker.landlock import give_up_files
from genai_session_analyzer.warehouse.query_worker.orders import Orders
from genai_session_analyzer.warehouse.query_worker.running import RunningQuery

PRESS_EVERY_S = 0.05
_WARM_UP = (
    "SELECT 1.5::DECIMAL(4, 2), [1], {'a': 'b'}, MAP {'a': 1}, 'a'::ENUM ('a'), DATE '2024-01-01',"
    " TIMESTAMP '2024-01-01', TIMESTAMPTZ '2024-01-01 00:00:00+01', INTERVAL 1 DAY, uuid(),"
    " sum(i) FROM range(3) r (i) GROUP BY ALL"
)


def main(folder: int) -> None:
    """Open the database that the first message names, then answer queries until the input ends.

    Args:
        folder: Descriptor of the folder to work in.
    """
    os.fchdir(folder)
    os.close(folder)
    incoming, outgoing = _private_pipes()
    answer = partial(write_frame, outgoing)
    orders = Orders.of_message(read_frame(partial(os.read, incoming)).header)
    limit_resources(orders.address_space_bytes)
    memory = ResidentMemory()
    try:
        connection, sandbox = _open(orders)
    except (duckdb.Error, OSError) as problem:
        answer(Frame({"status": "not_opened", "message": str(problem)}))
        return
    answer(Frame({"status": "ready", "sandbox": sandbox}))
    _serve(connection, incoming, answer, orders, memory)


def _private_pipes() -> tuple[int, int]:
    """Take the pipes away from input and output: whatever prints must not spoil a message."""
    incoming, outgoing = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)
    return incoming, outgoing


def _open(orders: Orders) -> tuple[duckdb.DuckDBPyConnection, int]:
    """Return the hardened connection and the version of the sandbox around it (0: none).

    The sandbox binds only threads that start after it, so DuckDB has none of its own meanwhile.
    """
    connection = duckdb.connect(orders.database, read_only=True)
    for extension in orders.extensions:
        connection.load_extension(str(extension))
    connection.execute(_WARM_UP).to_arrow_table()  # loads what Python loads late
    connection.execute("SET GLOBAL temp_directory = ''")  # else spilling fails as a file access
    connection.execute("SET GLOBAL threads = 1")
    sandbox = give_up_files()
    harden(connection, replace(orders, extensions=()))
    return connection, sandbox


def _serve(
    connection: duckdb.DuckDBPyConnection,
    incoming: int,
    answer: Callable[[Frame], None],
    orders: Orders,
    memory: ResidentMemory,
) -> NoReturn:
    questions: queue.SimpleQueue[Frame] = queue.SimpleQueue()
    running = RunningQuery(orders.soft_deadline_s)
    has_too_much = partial(memory.is_above, orders.resident_bytes)
    listener = partial(_listen, incoming, questions, running, has_too_much)
    threading.Thread(target=listener, daemon=True).start()
    while True:
        question = questions.get().header
        with connection.cursor() as cursor:  # what a statement leaves behind goes with its cursor
            running.begin(question["number"], cursor)
            frame = execute(cursor, question["sql"], orders)
            stopped = running.end()
        if frame.header["status"] == "stopped" and stopped:
            frame = Frame({"status": stopped})
        answer(frame)


def _listen(
    incoming: int,
    questions: queue.SimpleQueue[Frame],
    running: RunningQuery,
    has_too_much: Callable[[], bool],
) -> NoReturn:
    """Take messages, press on what runs too long; end the process when nobody writes any more."""
    read = partial(os.read, incoming)
    while True:
        if select.select([incoming], [], [], PRESS_EVERY_S if running.is_expected else None)[0]:
            try:
                frame = read_frame(read)
            except EOFError:
                os._exit(0)
            if "cancel" in frame.header:
                running.cancel(frame.header["cancel"])
            else:
                running.expect()
                questions.put(frame)
        running.press()
        if has_too_much():
            os._exit(TOO_MUCH_MEMORY)
