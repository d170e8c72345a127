"""Run the pipelines and kill the process at a save: `run_and_die.py DIES_AT SOURCE MAPPING`.

Dies right after the DIES_AT-th dataset was saved; a negative number dies before that save, when the
node has run.
"""

import os
import signal
import sys
from pathlib import Path

from kedro.framework.hooks import hook_impl
from kedro.framework.session import KedroSession
from kedro.framework.startup import bootstrap_project


class Dying:
    """Counts saves of tables and ends the process at one of them."""

    def __init__(self, dies_at: int) -> None:
        self._dies_at = dies_at
        self._saves = 0

    @hook_impl
    def before_dataset_saved(self) -> None:
        self._saves += 1
        if self._saves == -self._dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    @hook_impl
    def after_dataset_saved(self) -> None:
        if self._saves == self._dies_at:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    dies_at, source, mapping = sys.argv[1:]
    bootstrap_project(Path.cwd())
    parameters = {"source": {"path": source, "mapping": mapping}}
    with KedroSession.create(env="logs", runtime_params=parameters) as session:
        session._hook_manager.register(Dying(int(dies_at)))
        session.run(pipeline_names=["core"])


main()
