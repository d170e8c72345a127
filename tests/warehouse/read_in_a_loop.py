"""Read the current build until standard input closes: `python read_in_a_loop.py ROOT`.

Prints the id of each build when it is first seen; ends with a traceback on the first torn read.
"""

import os
import sys
from pathlib import Path

from sample_builds import assert_consistent

from genai_session_analyzer.warehouse.reader import BuildReader


def main() -> None:
    os.set_blocking(sys.stdin.fileno(), False)
    reader = BuildReader(Path(sys.argv[1]))
    seen, is_closed = "", False
    while not is_closed:  # once more after it closed, so that the last build is seen
        is_closed = sys.stdin.buffer.raw.read(1) is not None
        build_id, _ = assert_consistent(reader)
        if build_id != seen:
            assert build_id > seen
            seen = build_id
            print(build_id, flush=True)


main()
