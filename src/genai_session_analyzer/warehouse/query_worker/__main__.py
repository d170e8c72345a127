"""The start of a worker process: `python -I -m` with this package's name and a descriptor."""

import sys


def start() -> None:
    """Run the process to its end.

    Nothing in it computes with numpy, which takes as long to load as all the rest; where it cannot
    be imported, pyarrow goes without.
    """
    sys.modules["numpy"] = None  # type: ignore[assignment]
    from genai_session_analyzer.warehouse.query_worker.process import main  # noqa: PLC0415

    main(folder=int(sys.argv[1]))


if __name__ == "__main__":
    start()
