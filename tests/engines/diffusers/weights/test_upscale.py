"""Pictures are brought to exactly the size that was asked for, with a network or without."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from limner.types import Size

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray

    from limner.engines.diffusers.worker.upscale import RRDBNet, Upscaler

pytestmark = pytest.mark.needs_more


def net_of(scale: int, *, blocks: int = 1, seed: int = 5) -> RRDBNet:
    """A network of random weights, as narrow as one can be."""
    import torch

    from limner.engines.diffusers.worker.upscale import RRDBNet

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return RRDBNet(scale, channels=8, growth=4, blocks=blocks)


def repeating_net(scale: int) -> RRDBNet:
    """A network that says the top left pixel of what it sees as one, in a square of four by four."""
    import torch

    net = net_of(scale)
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.zero_()
        inputs = net.conv_first.weight.shape[1]
        for layer, step in ((net.conv_first, inputs // 3), *((one, 1) for one in last_layers(net))):
            for colour in range(3):
                layer.weight[colour, colour * step, 1, 1] = 1.0
    return net


def last_layers(net: RRDBNet) -> tuple[torch.nn.Conv2d, ...]:
    return net.conv_up1, net.conv_up2, net.conv_hr, net.conv_last


def upscaler_of(net: RRDBNet) -> Upscaler:
    import torch

    from limner.engines.diffusers.worker.upscale import Upscaler

    return Upscaler(net, torch.device("cpu"), torch.float32)


def noise(width: int, height: int) -> NDArray[np.uint8]:
    return np.random.default_rng(width * height).integers(0, 256, (height, width, 3), np.uint8)


def gradient(width: int, height: int) -> NDArray[np.uint8]:
    """Red grows to the right, green downwards, blue along both."""
    across, down = np.meshgrid(np.linspace(20, 235, width), np.linspace(20, 235, height))
    return np.stack((across, down, (across + down) / 2), -1).round().astype(np.uint8)


@pytest.mark.parametrize("with_net", [False, True])
@pytest.mark.parametrize("target", [Size(63, 64), Size(64, 63), Size(97, 41), Size(17, 130), Size(1, 1)])
@pytest.mark.parametrize("made", [Size(64, 64), Size(48, 80), Size(33, 31)])
def test_the_result_has_exactly_the_target_size(made: Size, target: Size, with_net: bool) -> None:
    from limner.engines.diffusers.worker.upscale import to_target

    upscaler = upscaler_of(net_of(2)) if with_net else None
    pixels = to_target(noise(made.width, made.height), target, upscaler)
    assert pixels.shape == (target.height, target.width, 3)
    assert pixels.dtype == np.uint8
    assert pixels.flags.c_contiguous


def test_a_picture_of_the_target_size_is_not_touched() -> None:
    from limner.engines.diffusers.worker.upscale import to_target

    pixels = noise(40, 24)
    assert np.array_equal(to_target(pixels, Size(40, 24), upscaler_of(net_of(4))), pixels)


@pytest.mark.parametrize(
    ("made", "target"),
    [
        (Size(200, 100), Size(100, 50)),
        (Size(200, 100), Size(230, 115)),
        (Size(64, 32), Size(256, 128)),
    ],
)
def test_a_gradient_stays_a_gradient(made: Size, target: Size) -> None:
    from limner.engines.diffusers.worker.upscale import to_target

    resized = to_target(gradient(made.width, made.height), target, None).astype(int)
    # The rim of an enlarged picture lies beyond the middle of its outermost pixels, where nothing is known.
    rim = 4 * target.width // made.width
    inner = (slice(rim, -rim or None), slice(rim, -rim or None))
    pixel_centres = [
        (np.arange(size) + 0.5) * scale - 0.5
        for size, scale in (
            (target.width, made.width / target.width),
            (target.height, made.height / target.height),
        )
    ]
    across = 20 + 215 * pixel_centres[0] / (made.width - 1)
    down = 20 + 215 * pixel_centres[1] / (made.height - 1)
    assert np.abs(resized[..., 0] - across[None, :])[inner].max() < 1.5
    assert np.abs(resized[..., 1] - down[:, None])[inner].max() < 1.5


@pytest.mark.parametrize("target", [Size(60, 20), Size(20, 60)])
def test_what_does_not_fit_the_ratio_is_cut_off_on_both_sides_alike(target: Size) -> None:
    from limner.engines.diffusers.worker.upscale import to_target

    pixels = noise(60, 60)
    left, top = (60 - target.width) // 2, (60 - target.height) // 2
    assert np.array_equal(
        to_target(pixels, target, None), pixels[top : top + target.height, left : left + target.width]
    )


@pytest.mark.parametrize("scale", [2, 4])
def test_the_network_sees_the_pixels_in_order_and_its_answer_is_the_picture(scale: int) -> None:
    pixels = noise(10, 6)
    seen = pixels[:: 4 // scale, :: 4 // scale]
    assert np.array_equal(upscaler_of(repeating_net(scale)).enlarge(pixels), seen.repeat(4, 0).repeat(4, 1))


@pytest.mark.parametrize(("factor", "by_net"), [(1.0, False), (1.2, False), (1.25, True), (2.0, True)])
def test_only_what_is_enlarged_by_much_goes_through_the_network(factor: float, by_net: bool) -> None:
    from limner.engines.diffusers.worker.upscale import to_target

    pixels, target = noise(40, 20), Size(round(40 * factor), round(20 * factor))
    filtered = to_target(pixels, target, None)
    assert np.array_equal(to_target(pixels, target, upscaler_of(net_of(2))), filtered) is not by_net


def test_a_picture_that_is_far_too_small_goes_through_the_network_again() -> None:
    from limner.engines.diffusers.worker.upscale import to_target

    upscaler, pixels = upscaler_of(net_of(2)), noise(12, 8)
    twice = upscaler.enlarge(upscaler.enlarge(pixels))
    assert np.array_equal(to_target(pixels, Size(48, 32), upscaler), twice)


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize("size", [Size(150, 90), Size(64, 64), Size(65, 129)])
def test_tiles_show_no_seam(scale: int, size: Size) -> None:
    upscaler = upscaler_of(net_of(scale, blocks=2))
    pixels = noise(size.width, size.height)
    whole = upscaler.enlarge(pixels)
    upscaler.tile_pixels = 64
    assert whole.shape == (size.height * scale, size.width * scale, 3)
    assert whole.std() > 2
    assert np.abs(upscaler.enlarge(pixels).astype(int) - whole).max() <= 1


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize("wrapper", [None, "params", "params_ema"])
def test_scale_and_depth_are_read_off_a_file_of_weights(
    tmp_path: Path, scale: int, wrapper: str | None
) -> None:
    import torch

    from limner.engines.diffusers.worker.upscale import load_upscaler

    net = net_of(scale, blocks=3)
    path = tmp_path / "weights.pth"
    torch.save(net.state_dict() if wrapper is None else {wrapper: net.state_dict()}, path)
    upscaler = load_upscaler(path, torch.device("cpu"), torch.float32)
    assert upscaler.scale == scale
    assert np.array_equal(upscaler.enlarge(noise(16, 8)), upscaler_of(net).enlarge(noise(16, 8)))


def test_safetensors_are_read_too_and_in_half_precision_the_picture_is_nearly_the_same(
    tmp_path: Path,
) -> None:
    import torch
    from safetensors.torch import save_file

    from limner.engines.diffusers.worker.upscale import load_upscaler

    path = tmp_path / "weights.safetensors"
    save_file(net_of(2).state_dict(), path)
    exact, halved = (
        load_upscaler(path, torch.device("cpu"), dtype).enlarge(gradient(32, 16))
        for dtype in (torch.float32, torch.bfloat16)
    )
    assert np.abs(exact.astype(int) - halved).max() <= 1


class Malicious:
    """Pickles as a call that would leave a file behind."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.mkdir, (str(self._path),)


@pytest.mark.parametrize("name", ["missing.pth", "text.pth", "text.safetensors", "list.pth", "other.pth"])
def test_what_is_not_the_weights_of_an_rrdbnet_is_refused(tmp_path: Path, name: str) -> None:
    import torch

    from limner.engines.diffusers.worker.upscale import load_upscaler

    for text in ("text.pth", "text.safetensors"):
        (tmp_path / text).write_text("not weights at all", encoding="utf-8")
    torch.save([torch.zeros(2)], tmp_path / "list.pth")
    torch.save({"model.0.weight": torch.zeros(64, 3, 3, 3)}, tmp_path / "other.pth")
    with pytest.raises(ValueError, match=f"{name} is not the weights of a x2 or x4 RRDBNet"):
        load_upscaler(tmp_path / name, torch.device("cpu"), torch.float32)


def test_weights_that_lack_a_layer_are_refused(tmp_path: Path) -> None:
    import torch

    from limner.engines.diffusers.worker.upscale import load_upscaler

    weights = dict(net_of(4).state_dict())
    del weights["conv_hr.bias"]
    torch.save(weights, tmp_path / "half.pth")
    with pytest.raises(ValueError, match=r"conv_hr\.bias"):
        load_upscaler(tmp_path / "half.pth", torch.device("cpu"), torch.float32)


def test_code_in_a_file_of_weights_is_refused_and_not_run(tmp_path: Path) -> None:
    import torch

    from limner.engines.diffusers.worker.upscale import load_upscaler

    trace = tmp_path / "it ran"
    torch.save({"conv_first.weight": Malicious(trace)}, tmp_path / "code.pth")
    with pytest.raises(ValueError, match="is not the weights"):
        load_upscaler(tmp_path / "code.pth", torch.device("cpu"), torch.float32)
    assert not trace.exists()
