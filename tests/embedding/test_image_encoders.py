"""Image encoders: vectors of unit length, the same whatever stands beside an image."""

import json
import shutil

import numpy as np
import pytest
import torch
from PIL import Image
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Transformer
from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel, CLIPProcessor, CLIPTokenizer

from genai_session_analyzer.embedding.image_clip import ClipEncoder
from genai_session_analyzer.embedding.image_colours import ColourEncoder
from genai_session_analyzer.embedding.image_efficientnet import EfficientNetEncoder
from genai_session_analyzer.embedding.image_encoders import ImageEncoderSettings, image_encoder
from genai_session_analyzer.embedding.image_onnx_export import (
    exported_network,
    installed_weights,
    load_network,
    verified_weights,
)
from genai_session_analyzer.embedding.image_roles import why_no_alignment, with_texts
from genai_session_analyzer.errors import ModelError


def pictures(count, size=(80, 60)):
    rng = np.random.default_rng(3)
    return [
        Image.fromarray(rng.integers(0, 255, (6, 8, 3), dtype=np.uint8)).resize(size)
        for _ in range(count)
    ]


def test_colours_are_the_means_of_squares():
    (vector,) = ColourEncoder().encode_images(pictures(1, (64, 64)))
    pixels = np.asarray(pictures(1, (64, 64))[0], dtype=float)
    means = [
        pixels[8 * y : 8 * y + 8, 8 * x : 8 * x + 8, channel].mean().round() - 127.5
        for y in range(8)
        for x in range(8)
        for channel in range(3)
    ]
    np.testing.assert_allclose(vector, means / np.linalg.norm(means), atol=2e-3)


def test_like_colours_have_like_vectors():
    red, reddish, blue = (Image.new("RGB", (9, 9), c) for c in ("#d01010", "#c02020", "#1010d0"))
    a, b, c = ColourEncoder().encode_images([red, reddish, blue])
    assert a @ b > 0.9 > a @ c


def test_encoder_without_texts_says_why():
    encoder = EfficientNetEncoder("unused")
    assert with_texts(encoder) is None
    assert "efficientnet-lite0 sees images only" in why_no_alignment(encoder)
    assert why_no_alignment(ClipEncoder("unused")) is None


@pytest.mark.parametrize("content", [None, b"another file"])
def test_weights_that_are_not_the_published_ones(tmp_path, content):
    path = tmp_path / "efficientnet.pth"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match="SHA-256"):
        verified_weights(path)


@pytest.mark.weights
def test_exported_network_gives_what_pytorch_gives(tmp_path):
    images = pictures(3)
    encoder = EfficientNetEncoder(tmp_path)
    vectors = encoder.encode_images(images)
    assert vectors.shape == (3, encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    squares = np.stack([np.asarray(image.resize((224, 224), Image.BICUBIC)) for image in images])
    with torch.inference_mode():
        expected = load_network(installed_weights())(torch.from_numpy(squares)).numpy()
    np.testing.assert_allclose(vectors, expected, atol=1e-4)
    for at, image in enumerate(images):
        np.testing.assert_array_equal(encoder.encode_images([image])[0], vectors[at])
    path = exported_network(tmp_path)
    path.write_bytes(path.read_bytes()[:-100])
    whole = exported_network(tmp_path)
    assert len(whole.read_bytes()) > 1_000_000
    assert exported_network(tmp_path).stat().st_mtime_ns == whole.stat().st_mtime_ns


@pytest.fixture(scope="module")
def tiny_clip(tmp_path_factory):
    """A randomly initialised CLIP of 32 dimensions, saved as sentence-transformers saves one."""
    folder = tmp_path_factory.mktemp("clip")
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    tokens = [*letters, *(f"{each}</w>" for each in letters), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({each: n for n, each in enumerate(tokens)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    size = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2}
    config = CLIPConfig(
        text_config=size
        | {
            "num_attention_heads": 2, "vocab_size": len(tokens), "max_position_embeddings": 77,
            "eos_token_id": len(tokens) - 1, "bos_token_id": len(tokens) - 2, "pad_token_id": 0,
        },
        vision_config=size | {"num_attention_heads": 2, "image_size": 32, "patch_size": 16},
        projection_dim=24,
    )  # fmt: skip
    torch.manual_seed(0)
    tokenizer = CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"))
    images = CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})
    plain = folder / "plain"
    CLIPModel(config).save_pretrained(plain)
    CLIPProcessor(images, tokenizer).save_pretrained(plain)
    SentenceTransformer(modules=[Transformer(str(plain))], device="cpu").save(str(folder / "saved"))
    return folder / "saved"


def test_clip_puts_images_and_texts_into_one_space(tiny_clip):
    encoder = ClipEncoder(str(tiny_clip), batch_size=2)
    images = encoder.encode_images(pictures(3))
    texts = encoder.encode_texts(["a red lake", "a blue lake"])
    assert images.shape == (3, encoder.dimension)
    assert texts.shape == (2, encoder.dimension) == (2, 24)
    assert images.dtype == texts.dtype == np.float32
    for vectors in (images, texts):
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert with_texts(encoder) is encoder


def test_clip_gives_what_transformers_gives(tiny_clip):
    folder = next(path.parent for path in tiny_clip.rglob("model.safetensors"))
    model, processor = CLIPModel.from_pretrained(folder), CLIPProcessor.from_pretrained(folder)
    (image,) = pictures(1)
    inputs = processor(text=["a red lake"], images=[image], return_tensors="pt")
    with torch.inference_mode():
        expected = model(**inputs)
    encoder = ClipEncoder(str(tiny_clip))
    np.testing.assert_allclose(
        encoder.encode_images([image])[0], expected.image_embeds[0].numpy(), atol=1e-5
    )
    np.testing.assert_allclose(
        encoder.encode_texts(["a red lake"])[0], expected.text_embeds[0].numpy(), atol=1e-5
    )


def test_clip_in_the_layout_of_its_published_models(tiny_clip, tmp_path):
    """clip-ViT-B-32 on the hub keeps everything in `0_CLIPModel`, as its first versions did."""
    inner = tmp_path / "0_CLIPModel"
    shutil.copytree(tiny_clip, inner)
    for name in ("modules.json", "sentence_bert_config.json", "config_sentence_transformers.json"):
        (inner / name).unlink()
    stage = {"idx": 0, "name": "0", "path": "0_CLIPModel"}
    kind = {"type": "sentence_transformers.models.CLIPModel"}
    (tmp_path / "modules.json").write_text(json.dumps([stage | kind]))
    published, ours = ClipEncoder(str(tmp_path)), ClipEncoder(str(tiny_clip))
    assert published.revision == ours.revision
    for ask in ("encode_images", "encode_texts"):
        given = pictures(2) if ask == "encode_images" else ["a lake"]
        np.testing.assert_array_equal(getattr(published, ask)(given), getattr(ours, ask)(given))


def test_clip_revision_follows_the_weights(tiny_clip, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(tiny_clip, copy)
    assert ClipEncoder(str(copy)).revision == ClipEncoder(str(tiny_clip)).revision
    weights = next(copy.rglob("model.safetensors"))
    weights.write_bytes(weights.read_bytes()[:-1] + b"\1")
    assert ClipEncoder(str(copy)).revision != ClipEncoder(str(tiny_clip)).revision


def test_folder_without_a_model(tmp_path):
    with pytest.raises(ModelError, match="holds no weights"):
        _ = ClipEncoder(str(tmp_path)).revision
    with pytest.raises(ModelError, match="cannot be loaded as a CLIP model"):
        ClipEncoder(str(tmp_path)).encode_texts(["a"])


def test_encoder_from_settings(tmp_path):
    made = image_encoder(ImageEncoderSettings(cache=str(tmp_path)))
    assert (made.model, made.dimension) == ("efficientnet-lite0", 1280)
    assert list(tmp_path.iterdir()) == []  # nothing is loaded or exported before an image comes
    assert image_encoder(ImageEncoderSettings(kind="colours")).model == "colours"
    clip = image_encoder(ImageEncoderSettings(kind="clip", model="folder"))
    assert clip.model == "folder"
