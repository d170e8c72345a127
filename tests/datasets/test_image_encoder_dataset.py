import pytest
from kedro.io import DataCatalog, DatasetError
from pydantic import ValidationError

from genai_session_analyzer.datasets.image_encoder import ImageEncoderDataset


def test_encoder_comes_out_of_the_catalog(tmp_path):
    catalog = DataCatalog.from_config(
        {
            "image_encoder": {
                "type": "genai_session_analyzer.datasets.image_encoder.ImageEncoderDataset",
                "settings": {"kind": "efficientnet_lite0", "cache": str(tmp_path)},
            }
        }
    )
    encoder = catalog.load("image_encoder")
    assert (encoder.model, encoder.dimension) == ("efficientnet-lite0", 1280)
    assert list(tmp_path.iterdir()) == []


def test_unknown_setting():
    with pytest.raises(ValidationError):
        ImageEncoderDataset(settings={"kind": "clip", "colour": "red"})


def test_an_encoder_is_not_saved():
    with pytest.raises(DatasetError, match="change its settings"):
        ImageEncoderDataset(settings={"kind": "colours"}).save("an encoder")
