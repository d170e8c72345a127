"""Draws calibration.png from what `make calibrate` kept. Needs Chromium on the PATH."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import plotly.graph_objects as go

from genai_session_analyzer.insights.calibration import JOB_SHAPES, REQUEST_SHAPES
from genai_session_analyzer.insights.calibration_picture import calibration_picture

HERE = Path(__file__).parent
RECORD = HERE.parent.parent / "benchmarks" / "calibration_after.json"
BROWSER = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--hide-scrollbars",
)


def main() -> None:
    """Draws the figure in a browser and keeps the picture beside this file."""
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    figure = go.Figure(calibration_picture(record, (*JOB_SHAPES, *REQUEST_SHAPES)))
    size = f"--window-size={figure.layout.width + 16},{figure.layout.height + 16}"
    target = HERE / "calibration.png"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "calibration.html"
        figure.write_html(page, include_plotlyjs=True, config={"displayModeBar": False})
        arguments = (f"--screenshot={target}", size)
        subprocess.run([*BROWSER, *arguments, page.as_uri()], check=True, capture_output=True)
    print(f"Drew {target}", file=sys.stderr)


if __name__ == "__main__":
    main()
