"""From the size that a model makes to exactly the size that was asked for.

Pictures are cropped around their centre, then shrunk or enlarged; enlarged by an RRDBNet, the network of
Real-ESRGAN, where its weights are given. Key names are those of the published checkpoints.
Not covered: other networks' weights; weights as pickled code are refused, not run.
"""

from __future__ import annotations

import math
import pickle
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import nn

from limner.types import Size

if TYPE_CHECKING:
    from limner.types import PixelArray

FILTER_UP_TO = 1.2
"""Pictures that need no more than this are enlarged by a filter: what a network adds would be lost again."""

TILE_OUTPUT_PIXELS = 2048 * 2048
"""Larger results are made in tiles: with 64 channels each layer says half a gigabyte in half precision."""

OVERLAP_PIXELS = 32
"""What a tile sees beyond its own edge: enough that no seam shows. Even: the x2 network sees 2 x 2 as one."""

_INPUT_CHANNELS = {3: 4, 12: 2}
"""Channels that the first layer takes, and the scale that this means."""

_WRAPPERS = ("params_ema", "params")
_UNREADABLE = (OSError, EOFError, RuntimeError, ValueError, pickle.UnpicklingError, SafetensorError)

Weights: TypeAlias = Mapping[str, torch.Tensor]


class Upscaler:
    """An RRDBNet on a device."""

    def __init__(self, net: RRDBNet, device: torch.device, dtype: torch.dtype) -> None:
        self.scale = net.scale
        self.tile_pixels = math.isqrt(TILE_OUTPUT_PIXELS) // net.scale
        self._device = device
        self._dtype = dtype
        self._net = net.to(device, dtype).to(memory_format=torch.channels_last).eval()

    def enlarge(self, pixels: PixelArray) -> PixelArray:
        """The picture, scale times as wide and high."""
        height, width, _ = pixels.shape
        even = np.pad(pixels, ((0, height % 2), (0, width % 2), (0, 0)), "edge")
        result = np.empty((even.shape[0] * self.scale, even.shape[1] * self.scale, 3), np.uint8)
        for rows, columns in product(self._spans(even.shape[0]), self._spans(even.shape[1])):
            tile, (top, bottom, left, right) = self._seen(even, rows, columns)
            made = self._run(tile)
            result[_times(rows, self.scale), _times(columns, self.scale)] = made[top:bottom, left:right]
        return result[: height * self.scale, : width * self.scale]

    def _spans(self, length: int) -> Iterator[slice]:
        count = math.ceil(length / self.tile_pixels)
        step = 2 * math.ceil(length / count / 2)
        yield from (slice(start, min(start + step, length)) for start in range(0, length, step))

    def _seen(
        self, pixels: PixelArray, rows: slice, columns: slice
    ) -> tuple[PixelArray, tuple[int, int, int, int]]:
        """What the network sees for a tile, and where in its output the tile lies."""
        top, left = max(0, rows.start - OVERLAP_PIXELS), max(0, columns.start - OVERLAP_PIXELS)
        tile = pixels[top : rows.stop + OVERLAP_PIXELS, left : columns.stop + OVERLAP_PIXELS]
        edges = (rows.start - top, rows.stop - top, columns.start - left, columns.stop - left)
        return tile, tuple(edge * self.scale for edge in edges)

    def _run(self, pixels: PixelArray) -> PixelArray:
        levels = torch.from_numpy(np.ascontiguousarray(pixels)).to(self._device).permute(2, 0, 1)[None]
        with torch.no_grad():
            made = self._net((levels.to(self._dtype) / 255).contiguous(memory_format=torch.channels_last))
        rounded = (made[0].float().clamp(0, 1) * 255).round().to(torch.uint8)
        return cast("PixelArray", rounded.permute(1, 2, 0).cpu().numpy())


def load_upscaler(path: Path, device: torch.device, dtype: torch.dtype) -> Upscaler:
    """The network whose weights are in a .safetensors or .pth file; its scale and depth are read off them.

    In place of bfloat16 it runs in float16: with 8 bits of precision smooth areas show bands.
    Raises ValueError with a text for the log where the file is missing or is no x2 or x4 RRDBNet.
    """
    try:
        net = RRDBNet.of(_read(path))
    except _UNREADABLE as error:
        raise ValueError(f"the upscaler {path} is not the weights of a x2 or x4 RRDBNet: {error}") from error
    return Upscaler(net, device, torch.float16 if dtype == torch.bfloat16 else dtype)


def to_target(pixels: PixelArray, target: Size, upscaler: Upscaler | None) -> PixelArray:
    """(h, w, 3) uint8 of exactly the target's size: the largest part of its ratio around the centre."""
    part = _cropped(pixels, target)
    while upscaler is not None and _missing(part, target) > FILTER_UP_TO:
        part = upscaler.enlarge(part)
    if part.shape[:2] == (target.height, target.width):
        return np.ascontiguousarray(part)
    method = cv2.INTER_LANCZOS4 if _missing(part, target) > 1 else cv2.INTER_AREA
    resized = cv2.resize(part, (target.width, target.height), interpolation=method)
    return cast("PixelArray", resized)


def _missing(pixels: PixelArray, target: Size) -> float:
    """How many times too small a picture is."""
    height, width, _ = pixels.shape
    return float(max(target.width / width, target.height / height))


def _cropped(pixels: PixelArray, target: Size) -> PixelArray:
    height, width, _ = pixels.shape
    wide, high = min(width, round(height * target.ratio)), min(height, round(width / target.ratio))
    left, top = (width - max(1, wide)) // 2, (height - max(1, high)) // 2
    return pixels[top : top + max(1, high), left : left + max(1, wide)]


def _times(span: slice, scale: int) -> slice:
    return slice(span.start * scale, span.stop * scale)


def _read(path: Path) -> Weights:
    if path.suffix == ".safetensors":
        weights = load_file(path)
    else:
        weights = torch.load(path, map_location="cpu", weights_only=True)
    for wrapper in _WRAPPERS:
        if isinstance(weights, Mapping) and wrapper in weights:
            weights = weights[wrapper]
    if not isinstance(weights, Mapping):
        raise ValueError("it holds no named weights")
    return weights


class RRDBNet(nn.Module):  # type: ignore[misc]
    """Residual blocks of densely connected layers, then twice as large, twice. Values are 0 to 1."""

    def __init__(self, scale: int, channels: int, growth: int, blocks: int) -> None:
        super().__init__()
        self.scale = scale
        inputs = next(count for count, meant in _INPUT_CHANNELS.items() if meant == scale)
        self.conv_first = _conv(inputs, channels)
        self.body = nn.Sequential(*(_Block(channels, growth) for _ in range(blocks)))
        self.conv_body = _conv(channels, channels)
        self.conv_up1 = _conv(channels, channels)
        self.conv_up2 = _conv(channels, channels)
        self.conv_hr = _conv(channels, channels)
        self.conv_last = _conv(channels, 3)

    @classmethod
    def of(cls, weights: Weights) -> RRDBNet:
        """The network of these weights; ValueError or RuntimeError for those of another."""
        first, dense = weights.get("conv_first.weight"), weights.get("body.0.rdb1.conv1.weight")
        if first is None or dense is None or first.ndim != 4 or first.shape[1] not in _INPUT_CHANNELS:
            raise ValueError("its first layers are others")
        blocks = {key.split(".")[1] for key in weights if key.startswith("body.")}
        with torch.device("meta"):
            net = cls(_INPUT_CHANNELS[first.shape[1]], first.shape[0], dense.shape[0], len(blocks))
        net.load_state_dict(weights, assign=True)
        return net

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        features = self.conv_first(F.pixel_unshuffle(picture, 4 // self.scale))
        features = features + self.conv_body(self.body(features))
        for layer in (self.conv_up1, self.conv_up2):
            features = _leaky(layer(F.interpolate(features, scale_factor=2, mode="nearest")))
        return self.conv_last(_leaky(self.conv_hr(features)))


class _Block(nn.Module):  # type: ignore[misc]
    def __init__(self, channels: int, growth: int) -> None:
        super().__init__()
        self.rdb1, self.rdb2, self.rdb3 = (_Dense(channels, growth) for _ in range(3))

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        return self.rdb3(self.rdb2(self.rdb1(features))) * 0.2 + features


class _Dense(nn.Module):  # type: ignore[misc]
    """Each layer sees what all before it said."""

    def __init__(self, channels: int, growth: int) -> None:
        super().__init__()
        self.conv1, self.conv2, self.conv3, self.conv4 = (
            _conv(channels + number * growth, growth) for number in range(4)
        )
        self.conv5 = _conv(channels + 4 * growth, channels)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        said = features
        for layer in (self.conv1, self.conv2, self.conv3, self.conv4):
            said = torch.cat((said, _leaky(layer(said))), 1)
        return self.conv5(said) * 0.2 + features


def _conv(inputs: int, outputs: int) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, 3, padding=1)


def _leaky(features: torch.Tensor) -> torch.Tensor:
    return F.leaky_relu(features, 0.2, inplace=True)
