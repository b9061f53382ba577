"""Editing a reference: the words of the instruction pick hours, seasons, weather, filters and what to add."""

from __future__ import annotations

import numpy as np

from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.light import LIGHTS
from limner.engines.sketch.paint.noise import Streams, fbm
from limner.engines.sketch.paint.palette import Palette
from limner.engines.sketch.paint.raster import Floats, Pixels, blur, grid, smoothstep, to_bytes
from limner.engines.sketch.paint.styles.tone import FILTERS, saturated, tinted
from limner.engines.sketch.scene import weather
from limner.engines.sketch.scene.staging import add_cast
from limner.engines.sketch.scene.places.ground import Ground
from limner.engines.sketch.words.instruction import Instruction
from limner.engines.sketch.words.spec import SceneSpec

_LUMA = np.array([0.30, 0.59, 0.11], np.float32)


def edited(image: Pixels, instruction: Instruction) -> Pixels:
    """The reference, already at the picture's size, after the instruction; style and text come later."""
    out, spec = image, instruction.scene
    if spec.season:
        out = _SEASONS[spec.season](out, spec)
    if spec.time:
        out = _HOURS[spec.time](out, spec)
    if spec.weather:
        out = _weathered(out, spec)
    if instruction.adds and spec.subjects:
        out = _with_cast(out, spec)
    for name in instruction.filters:
        out = FILTERS[name](out)
    return _enhanced(out) if _says_nothing(instruction) else out


def _says_nothing(instruction: Instruction) -> bool:
    """None of the instruction was understood."""
    spec = instruction.scene
    told = (
        spec.season,
        spec.time,
        spec.weather,
        spec.style,
        instruction.filters,
        spec.texts,
        instruction.adds and spec.subjects,
    )
    return not any(told)


def _enhanced(image: Pixels) -> Pixels:
    """A little more contrast, colour and warmth."""
    tone = image.astype(np.float32) / 255
    firm = (tone * 0.55 + smoothstep(0.0, 1.0, tone) * 0.45) * 255
    return tinted(saturated(firm.astype(np.uint8), 1.22), 1.05, 1.01, 0.93)


def _canvas(image: Pixels, spec: SceneSpec) -> Canvas:
    canvas = Canvas(image.shape[1], image.shape[0], Streams(spec.layout_seed))
    canvas.pixels = image.copy()
    return canvas


def _sky_share(image: Pixels) -> Floats:
    """(h, w) how likely a pixel is sky: smooth and high up."""
    height, width = image.shape[:2]
    light = image.astype(np.float32) @ _LUMA
    soft = blur(light, min(height, width) * 0.01)
    rough = blur(np.abs(light - soft), min(height, width) * 0.02)
    _, y = grid(width, height)
    return smoothstep(14, 5, rough) * smoothstep(0.62, 0.35, y / height)


def _night(image: Pixels, spec: SceneSpec) -> Pixels:
    tone = image.astype(np.float32) / 255
    light = (tone @ _LUMA)[..., None]
    blue = np.array([0.16, 0.20, 0.38], np.float32)
    dark = (light * blue + tone * np.array([0.34, 0.33, 0.44], np.float32)) ** 1.08
    warm = (smoothstep(0.25, 0.6, tone[..., 0] - tone[..., 2]) * smoothstep(0.45, 0.9, light[..., 0]))[
        ..., None
    ]
    dark += tone * np.array([0.55, 0.38, 0.16], np.float32) * warm * 0.5
    sky = _sky_share(image)
    canvas = _canvas((np.clip(dark * (1 - 0.35 * sky[..., None]), 0, 1) * 255).astype(np.uint8), spec)
    rng = canvas.stream("edit-stars")
    for size in rng.random(260) ** 3:
        x, y = int(rng.random() * canvas.width), int(rng.random() * canvas.height * 0.6)
        if sky[y, x] > 0.6:
            canvas.dot(x, y, canvas.short * (0.0008 + 0.0018 * float(size)) + 0.3, (235, 240, 255))
    return canvas.pixels


def _dusk(image: Pixels, spec: SceneSpec) -> Pixels:
    return _graded(image, (1.10, 0.80, 0.72), (255, 150, 70), 0.42)


def _dawn(image: Pixels, spec: SceneSpec) -> Pixels:
    return _graded(image, (1.06, 0.96, 0.98), (255, 205, 190), 0.36)


def _day(image: Pixels, spec: SceneSpec) -> Pixels:
    return saturated(_graded(image, (1.06, 1.06, 1.04), (200, 230, 255), 0.22), 1.15)


def _graded(
    image: Pixels, gain: tuple[float, float, float], glow: tuple[float, float, float], share: float
) -> Pixels:
    """Channel gains, and a glow that is screened about the upper third."""
    height, width = image.shape[:2]
    _, y = grid(width, height)
    mask = (np.exp(-(((y / height - 0.38) / 0.30) ** 2)) * share)[..., None]
    tone = image.astype(np.float32) * np.array(gain, np.float32)
    lit = tone + (255 - tone) * mask * np.array(glow, np.float32) / 255
    return to_bytes(lit)


def _winter(image: Pixels, spec: SceneSpec) -> Pixels:
    """Cooler and paler, snow on what faces up, flakes; what is warm and red keeps most of its own colour."""
    tone = image.astype(np.float32)
    light = (tone @ _LUMA)[..., None]
    own = smoothstep(30, 90, tone.max(2) - np.maximum(tone[..., 1], tone[..., 2]))[..., None]
    pale = light * (0.6 - 0.5 * own) + tone * (0.4 + 0.5 * own)
    height, width = image.shape[:2]
    edge = blur(light[..., 0], max(1.0, min(height, width) * 0.004))
    facing = smoothstep(2, 14, np.roll(edge, -max(1, height // 180), 0) * -1 + edge)
    patches = smoothstep(0.22, 0.66, fbm(width, height, 14, 14, Streams(spec.layout_seed)("edit-snow"), 4))
    _, y = grid(width, height)
    lying = np.clip(facing * 0.6 + patches * smoothstep(0.50, 0.85, y / height) * 0.9, 0, 0.92)[..., None]
    lying = lying * (1 - 0.8 * own)
    snowy = pale * np.array([0.97, 1.01, 1.08], np.float32) + 10
    snowy += (np.array([238, 243, 252], np.float32) * (0.55 + 0.45 * light / 255) - snowy) * lying
    canvas = _canvas(np.clip(snowy, 0, 255).astype(np.uint8), spec)
    weather.snow(canvas, Palette("day", "winter"))
    return canvas.pixels


def _recolored_green(image: Pixels, target: tuple[float, float, float]) -> Pixels:
    """Leaves and grass take another colour at the same lightness."""
    tone = image.astype(np.float32)
    green = tone[..., 1] - np.maximum(tone[..., 0] * 0.94, tone[..., 2])
    mask = smoothstep(0, 26, green)[..., None]
    light = (tone @ _LUMA)[..., None] / 150
    return np.clip(tone + (np.array(target, np.float32) * light - tone) * mask * 0.85, 0, 255).astype(
        np.uint8
    )


def _autumn(image: Pixels, spec: SceneSpec) -> Pixels:
    return tinted(_recolored_green(image, (214, 120, 44)), 1.10, 0.98, 0.80)


def _spring(image: Pixels, spec: SceneSpec) -> Pixels:
    return tinted(saturated(_recolored_green(image, (150, 190, 90)), 1.15), 1.06, 1.02, 1.02)


def _summer(image: Pixels, spec: SceneSpec) -> Pixels:
    return tinted(saturated(image, 1.35), 1.06, 1.04, 0.92)


def _weathered(image: Pixels, spec: SceneSpec) -> Pixels:
    if spec.weather is None or (spec.weather == "snow" and spec.season == "winter"):
        return image
    canvas = _canvas(image, spec)
    weather.WEATHERS[spec.weather](canvas, Palette(spec.time or "day", spec.season or "summer"))
    return canvas.pixels


def _with_cast(image: Pixels, spec: SceneSpec) -> Pixels:
    """Painted bodies put into the picture's lower part."""
    canvas = _canvas(image, spec)
    stand = (canvas.height * 0.70, canvas.height * 0.95)
    ground = Ground("none", canvas.height * 0.45, stand, LIGHTS[spec.time or "day"], shadow=0.8)
    add_cast(canvas, ground, Palette(spec.time or "day", spec.season or "summer"), spec)
    return canvas.pixels


_HOURS = {"night": _night, "dusk": _dusk, "dawn": _dawn, "day": _day}
_SEASONS = {"winter": _winter, "autumn": _autumn, "spring": _spring, "summer": _summer}
