"""The table of event types: complete, and in colours that everybody can tell apart."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from mapgen.exporters.picture import ink_on
from mapgen.taxonomy import GROUPS, TYPES

# How the colour-blind see linear sRGB (Machado, Oliveira & Fernandes 2009, severity 1.0).
SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
LEAST = {"normal": 0.13}  # distance in Oklab (Ottosson 2020); 0.02 is a difference that is just seen
LEAST_BLIND = 0.08
GRAPHICS, TEXT = 3.0, 4.5  # contrast: WCAG 2.2, 1.4.11 and 1.4.3
LIGHT_LAND, DARK_LAND, LIFT = "#f7f5f0", "#1e272e", 0.3  # of web/style.css

Color = tuple[float, float, float]


def linear(color: str) -> Color:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return r, g, b


def oklab(color: Color) -> Color:
    r, g, b = (max(0.0, min(1.0, part)) for part in color)
    x = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    y = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    z = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (0.2104542553 * x + 0.793617785 * y - 0.0040720468 * z,
            1.9779984951 * x - 2.428592205 * y + 0.4505937099 * z,
            0.0259040371 * x + 0.7827717662 * y - 0.808675766 * z)  # fmt: skip


def seen(color: str, sight: str) -> Color:
    r, g, b = linear(color)
    x, y, z = (row[0] * r + row[1] * g + row[2] * b for row in SIGHT[sight])
    return oklab((x, y, z))


def luminance(color: Color) -> float:
    return 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]


def lifted(color: str) -> float:
    """The luminance of a colour mixed with white in Oklab, as the dark style does."""
    light, a, b = (part * (1 - LIFT) for part in oklab(linear(color)))
    light += LIFT
    x, y, z = ((light + 0.3963377774 * a + 0.2158037573 * b) ** 3, (light - 0.1055613458 * a - 0.0638541728 * b) ** 3,
               (light - 0.0894841775 * a - 1.291485548 * b) ** 3)  # fmt: skip
    return luminance((4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
                      -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
                      -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z))  # fmt: skip


def contrast(a: float, b: float) -> float:
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


@pytest.mark.parametrize("sight", SIGHT)
def test_the_groups_can_be_told_apart(sight: str) -> None:
    least = LEAST.get(sight, LEAST_BLIND)
    for one, other in combinations(GROUPS.values(), 2):
        distance = math.dist(seen(one.color, sight), seen(other.color, sight))
        assert distance >= least, f"{one.key} and {other.key}: {distance:.3f}"


@pytest.mark.parametrize("group", GROUPS.values(), ids=lambda group: group.key)
def test_every_colour_stands_out_from_the_map(group: object) -> None:
    color = group.color  # type: ignore[attr-defined]
    mark = luminance(linear(color))
    assert contrast(mark, luminance(linear(LIGHT_LAND))) >= GRAPHICS
    assert contrast(lifted(color), luminance(linear(DARK_LAND))) >= GRAPHICS
    assert contrast(mark, luminance(linear(ink_on(color)))) >= GRAPHICS


def test_every_type_is_in_a_group_and_every_group_has_types() -> None:
    assert {kind.group for kind in TYPES.values()} == set(GROUPS)
