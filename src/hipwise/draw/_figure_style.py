"""The paint of figures: for the screen as CSS variables with fallbacks, for paper as plain greys."""

from __future__ import annotations

__all__ = ["PAPER", "SCREEN"]

PAINTS: dict[str, tuple[str, str, str]] = {
    "skin": ("#d79a70", "#cf946b", "#dcdcdc"),
    "skin-far": ("#b9835f", "#9c6f51", "#b4b4b4"),
    "shirt": ("#3f8f8a", "#4aa39d", "#f4f4f4"),
    "shirt-far": ("#33736f", "#357b76", "#d0d0d0"),
    "shorts": ("#33475b", "#5b7590", "#8c8c8c"),
    "shorts-far": ("#2a3a4b", "#475d74", "#6f6f6f"),
    "shoe": ("#f3efe8", "#f3efe8", "#ffffff"),
    "shoe-far": ("#cfcac1", "#b9b4ab", "#d8d8d8"),
    "hair": ("#4a3328", "#2b2320", "#4c4c4c"),
    "line": ("#3a2c26", "#14110f", "#222222"),
    "muscle": ("#e5484d", "#ff6369", "#3a3a3a"),
    "floor": ("#e6e9ec", "#2b3138", "#f0f0f0"),
    "mat": ("#b9cfe0", "#3d5870", "#dedede"),
    "prop": ("#c9b79c", "#8a7a62", "#e8e8e8"),
    "prop-side": ("#a8977d", "#6d604d", "#c6c6c6"),
    "wall": ("#dcdfe2", "#3a4048", "#ececec"),
    "roller": ("#6c7a89", "#7f8d9c", "#9a9a9a"),
    "band": ("#8e4ec6", "#b985e6", "#111111"),
    "weight": ("#4b5560", "#98a2ad", "#555555"),
    "water": ("#5fa8d3", "#4c93bd", "#d5d5d5"),
    "arrow": ("#1f6feb", "#6cb0ff", "#000000"),
    "paper": ("#ffffff", "#14181c", "#ffffff"),
    "text": ("#20262c", "#e8ecf0", "#000000"),
}
"""Each paint: on a light page, on a dark page, on paper."""


STILL_PX = 40
"""Letters of the still pair, which stands at half the size: 14 pixels on a phone 320 pixels wide."""


def _rules(paint: dict[str, str]) -> str:
    limbs = "".join(
        f".fig-near .fig-{part}{{fill:{paint[part]}}}.fig-far .fig-{part}{{fill:{paint[f'{part}-far']}}}"
        for part in ("skin", "shirt", "shorts", "shoe")
    )
    solid = "".join(f".fig-{name}{{fill:{paint[name]}}}" for name in ("floor", "mat", "roller", "weight", "wall"))
    line = f"stroke:{paint['line']};stroke-linejoin:round"
    return (
        f"{limbs}{solid}"
        f".fig-near path,.fig-far path{{{line};stroke-width:2.2;paint-order:stroke}}"
        f".fig-hair{{fill:{paint['hair']}}}.fig-near .fig-eye{{fill:{paint['line']};stroke:none}}"
        f".fig-near .fig-muscle,.fig-far .fig-muscle"
        f"{{fill:{paint['muscle']};fill-opacity:.85;stroke:none}}"
        f".fig-floor{{stroke:none}}.fig-mat,.fig-line{{{line};stroke-width:.8}}"
        f".fig-line{{fill:{paint['text']}}}"
        f".fig-box,.fig-bed{{fill:{paint['prop']};{line};stroke-width:1.2}}"
        f".fig-box.fig-front,.fig-bed.fig-front,.fig-box.fig-end,.fig-bed.fig-end{{fill:{paint['prop-side']}}}"
        f".fig-wall,.fig-roller,.fig-weight,.fig-knob{{{line};stroke-width:1.2}}"
        f".fig-core,.fig-knob{{fill:{paint['prop-side']}}}"
        f".fig-pillow,.fig-ball{{fill:{paint['mat']};{line};stroke-width:1.2}}"
        f".fig-band,.fig-leg,.fig-stick{{fill:none;stroke:{paint['band']};stroke-width:4;stroke-linecap:round;"
        f"stroke-linejoin:round}}.fig-leg{{stroke:{paint['weight']};stroke-width:4}}.fig-thick{{stroke-width:6}}"
        f".fig-stick{{stroke:{paint['prop-side']};stroke-width:5}}"
        f".fig-wheel{{fill:none;stroke:{paint['weight']};stroke-width:6}}"
        f".fig-water{{fill:{paint['water']};fill-opacity:.45}}"
        f".fig-arrow,.fig-arrow-halo{{fill:none;stroke-linecap:round;stroke-linejoin:round}}"
        f".fig-arrow{{stroke:{paint['arrow']};stroke-width:4}}.fig-arrow-halo{{stroke:{paint['paper']};stroke-width:8}}"
        f".fig-arrow-head{{fill:{paint['arrow']};stroke:{paint['paper']};stroke-width:1.5}}"
        f".fig-mark{{fill:{paint['paper']};stroke:{paint['arrow']};stroke-width:2.5}}"
        f".fig-letter,.fig-number{{font:bold 10px sans-serif;fill:{paint['text']};text-anchor:middle}}"
        f".fig-number{{font-size:17px}}"
    )


def _screen() -> str:
    """Return the rules of the screen: variables, fallbacks for light and dark, no motion where none is wanted."""
    light = {name: f"var(--figure-{name},{paint[0]})" for name, paint in PAINTS.items()}
    dark = {name: f"var(--figure-{name},{paint[1]})" for name, paint in PAINTS.items()}
    calm = "@media(prefers-reduced-motion:reduce){.fig-loop{display:none}.fig-still{display:inline}}"
    still = f".fig-still{{display:none}}.fig-still .fig-number{{font-size:{STILL_PX}px}}{calm}"
    return f"{_rules(light)}@media(prefers-color-scheme:dark){{{_rules(dark)}}}{still}"


SCREEN = _screen()
PAPER = _rules({name: paint[2] for name, paint in PAINTS.items()})
