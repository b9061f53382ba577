"""What all rooms share: a shell in the scene's paints, things put and hung in it, and the ground it makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from limner.engines.sketch.paint import homeware, houseplants, storage, windows
from limner.engines.sketch.paint.canvas import Canvas
from limner.engines.sketch.paint.indoors import (
    SCHEMES,
    evening,
    lamp_glow,
    lamps_on,
    light_in,
    tones_of,
)
from limner.engines.sketch.paint.noise import Rng
from limner.engines.sketch.paint.palette import Palette
from limner.engines.sketch.paint.parts import Part, assemble, moved
from limner.engines.sketch.paint.raster import Rgb
from limner.engines.sketch.paint.shell import Flooring, Shell, Wallpaper, paint_shell, shell_of
from limner.engines.sketch.scene.places.ground import Ground, Setting, sun_side

_LAMPS = frozenset(("lamp", "candle", "lantern"))


@dataclass(frozen=True, slots=True, eq=False)
class Interior:
    """A room being furnished. mirrored: left and right change places, for variety."""

    canvas: Canvas
    setting: Setting
    shell: Shell
    tones: dict[str, Rgb]
    mirrored: bool

    @property
    def palette(self) -> Palette:
        return self.setting.palette

    @property
    def lit(self) -> bool:
        """Whether lamps burn."""
        return lamps_on(self.palette)

    def free_of(self, *nouns: str) -> bool:
        """Whether the prompt brings none of these itself, so that the place may have one."""
        return not self.setting.nouns.intersection(nouns)

    def x(self, t: float) -> float:
        """A column, t from 0 to 1 across the furnished part of the wall."""
        return self.shell.at(1 - t if self.mirrored else t)

    def put(self, piece: Iterable[Part], t: float, depth: float, scale: float = 1.0) -> None:
        """Stand a piece on the floor, depth 0 at the wall and 1 at the lower edge."""
        size = self.shell.size * scale * (1 + 0.10 * depth)
        assemble(self.canvas, self.tones, piece, self.x(t), self.shell.down(depth), size, self.mirrored)

    def hang(self, piece: Iterable[Part], t: float, v: float) -> None:
        """Hang a piece on the back wall v units above the floor line."""
        x, y = self.x(t), self.shell.up(v)
        assemble(self.canvas, self.tones, piece, x, y, self.shell.size, self.mirrored)

    def area(self, t0: float, v0: float, t1: float, v1: float) -> tuple[float, float, float, float]:
        """The pixels x0, y0, x1, y1 of a stretch of wall between two columns and two heights."""
        left, right = sorted((self.x(t0), self.x(t1)))
        return left, self.shell.up(v1), right, self.shell.up(v0)

    def stream(self, name: str) -> Rng:
        return self.canvas.stream(name)

    def window(
        self,
        area: tuple[float, float, float, float],
        panes: tuple[int, int] = (2, 2),
        town: bool = False,
        arched: bool = False,
        light: bool = True,
    ) -> None:
        """A window with the hour and the weather outside, and its light on the floor."""
        x0, y0, x1, y1 = area
        seen = windows.view(self.canvas, self.palette, x1 - x0, y1 - y0, town, self.setting.weather)
        windows.window(self.canvas, self.tones, area, seen, panes, arched)
        if light and self.setting.weather not in ("rain", "fog", "snow"):
            lean = 0.35 if (x0 + x1) / 2 < self.shell.vx else -0.35
            windows.sunlight(self.canvas, self.palette, self.shell, x0, x1, lean)

    def glow(self, t: float, row: float, scale: float = 1.0) -> None:
        """The light of a lamp in column t, at this row of pixels, when lamps burn."""
        if self.lit:
            lamp_glow(self.canvas, self.x(t), row, self.shell.size * scale, 0.8)

    def lamp(self, t: float, depth: float, high: float = 0.38) -> None:
        """A floor lamp with its light; none where the prompt brings one."""
        if self.free_of(*_LAMPS):
            self.put(homeware.floor_lamp(high), t, depth)
            self.glow(t, self.shell.down(depth) - high * self.shell.size)

    def pendant(self, t: float, v: float, tone: str = "dark", wide: float = 0.055, glow: float = 0.7) -> None:
        """A lamp from the ceiling, v units above the floor line; none where the prompt brings one."""
        if not self.free_of(*_LAMPS):
            return
        shell = self.shell
        drop = max(0.02, (shell.up(v) - shell.y0) / shell.size)
        piece = homeware.pendant(drop, tone, wide)
        assemble(self.canvas, self.tones, piece, self.x(t), shell.y0, shell.size)
        self.glow(t, shell.up(v) + 0.06 * shell.size, glow)

    @property
    def rug_depth(self) -> float:
        """Half the depth, in units, that a rug may have on this floor."""
        return min((self.shell.height - self.shell.y1) / self.shell.size * 0.29, 0.13)

    def greenery(self, t: float, depth: float, size: float, kind: int | None = None) -> None:
        """A potted plant; none where the prompt brings one."""
        if self.free_of("plant", "cactus"):
            rng = self.stream(f"plant{t:.2f}")
            chosen = int(rng.integers(3)) if kind is None else kind
            self.put(houseplants.plant(chosen, size, rng), t, depth)

    def _fill_out(self) -> None:
        """Furnish what a very wide or tall picture adds: plants and pictures beside, pictures above."""
        canvas, tones, shell = self.canvas, self.tones, self.shell
        rng = self.stream("beyond")
        for k, x in enumerate(shell.bays):
            foot = shell.down(0.06)
            if k % 4 < 2:
                case = storage.bookcase(0.28, 0.46, 5, rng)
                assemble(canvas, tones, moved(case, -0.14, 0), x, foot, shell.size)
                continue
            assemble(
                canvas,
                tones,
                homeware.picture(0.19, 0.23, int(rng.integers(4))),
                x - 0.095 * shell.size,
                shell.up(0.28),
                shell.size,
            )
            assemble(canvas, tones, houseplants.plant(int(rng.integers(3)), 0.22, rng), x, foot, shell.size)
        high = (shell.y1 - shell.y0) / shell.size
        for row in range(int(max(0.0, (high - 0.62) / 0.34))):
            for k, t in enumerate((0.24, 0.5, 0.76)):
                framed = homeware.picture(0.17, (0.17, 0.23, 0.20)[k], int(rng.integers(4)))
                assemble(
                    canvas,
                    tones,
                    framed,
                    shell.at(t) - 0.085 * shell.size,
                    shell.up(0.62 + 0.32 * row),
                    shell.size,
                )

    def ground(self, near: float = 0.40, far: float = 0.95, size: float = 1.0) -> Ground:
        """Where bodies stand: rows near and far as shares of the floor."""
        shell = self.shell
        self._fill_out()
        if self.lit:
            evening(self.canvas, self.palette, shell.vx, shell.vy, shell.size)
        light = light_in(self.palette, sun_side(self.canvas), self.tones["wall"])
        stand = (shell.down(near), shell.down(far))
        return Ground("floor", shell.y1 - shell.size * 0.2, stand, light, size=size, shadow=0.8)


def interior(
    canvas: Canvas,
    setting: Setting,
    wallpaper: Wallpaper | tuple[Wallpaper, ...] = "plain",
    flooring: Flooring = "boards",
) -> Interior:
    """An empty room in a scheme of its own; of several wallpapers it has one."""
    scheme = SCHEMES[int(canvas.stream("scheme").integers(len(SCHEMES)))]
    tones = tones_of(setting.palette, scheme)
    if setting.background is not None:
        tones["wall"] = setting.background
    shell = shell_of(canvas)
    papers = (wallpaper,) if isinstance(wallpaper, str) else wallpaper
    paper = papers[int(canvas.stream("wallpaper").integers(len(papers)))]
    paint_shell(canvas, shell, tones, paper, flooring)
    mirrored = bool(canvas.stream("mirror").random() < 0.5)
    return Interior(canvas, setting, shell, tones, mirrored)
