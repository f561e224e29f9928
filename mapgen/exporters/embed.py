"""What an editor needs to show a map in an article: the frame to paste, oEmbed JSON, pictures, addresses for previews.

oEmbed's fields are those of its specification (oembed.com, version 1.0, "rich" type); previews those of the Open Graph
protocol (ogp.me).  Heights come from the frame by messages, as Datawrapper's and pym.js's embeds send them; see
``web/embed.js``.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from mapgen.atomic import write_atomic
from mapgen.errors import InputError, MissingExtraError, OptionsError
from mapgen.exporters.backdrop import escaped
from mapgen.exporters.image import rasterised, save_image
from mapgen.exporters.picture import HEADING, HEIGHT, SERIF, WIDTH

CARD = (1200, 630)  # pixels of the picture that networks show beside a link
ALTERNATIVE = 1500  # characters of a picture's text alternative, about; the list beside it has everything
_ADDED = re.compile(r"\n<(?:meta|link) [^>]*data-embed>")
# Every other message, also one of the same shape from another frame, is left alone; no style sheet of the article wins.
_RESIZE = (
    "(function(f){addEventListener('message',function(e){"
    "var d=e.data,h=d&&typeof d==='object'&&d['datawrapper-height'],n;"
    "if(e.source!==f.contentWindow||!h||typeof h!=='object')return;n=Number(Object.values(h)[0]);"
    "if(n>=200&&n<=2000)f.style.setProperty('height',n+'px','important')})})"
    "(document.currentScript.parentNode.querySelector('iframe'))"
)
_STYLE = (
    "display:block!important;width:100%!important;max-width:none!important;min-width:0!important;"
    "height:{height}px!important;min-height:0!important;max-height:none!important;margin:0!important;padding:0!important;"
    "border:0!important;float:none!important;transform:none!important"
)
_IMAGE = (
    "display:inline!important;width:auto!important;min-width:0!important;max-width:100%!important;"
    "height:auto!important;min-height:0!important;max-height:none!important;float:none!important;transform:none!important"
)
_OUTER = "display:block!important;width:auto!important;float:none!important;transform:none!important;margin:0!important"


@dataclass(frozen=True, slots=True)
class MapPage:
    """A page that mapgen wrote, and what it tells of itself without scripts."""

    path: Path
    text: str
    title: str
    description: str
    items: str  # markup: the <li> of its events
    svg: str | None  # the picture in it; None where no event was found

    @classmethod
    def open(cls, path: Path) -> MapPage:
        """Read a page; raises InputError where there is none, or it is no map."""
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: cannot be read as a page; give the HTML file that `mapgen map` wrote") from error
        title = re.search(r"<title>([^<]*)</title>", text)
        plain = re.search(r"<noscript><h1>.*?</h1>(<svg .*?</svg>)?<ol>(.*?)</ol>", text, re.S)
        if not title or not plain:
            raise InputError(f"{path}: is no map made by mapgen; give the HTML file that `mapgen map` wrote")
        told = re.search(r'<meta name="description" content="([^"]*)">', text)
        return cls(path, text, html.unescape(title[1]), html.unescape(told[1]) if told else "", plain[2], plain[1])

    def alternative(self) -> str:
        """The picture in words: title and events, the first ones where there are many."""
        events = [
            html.unescape(re.sub(r"<[^>]+>", "", item)) for item in re.findall(r"<li>(.*?)</li>", self.items, re.S)
        ]
        told = self.title
        for n, event in enumerate(events):
            if len(told) + len(event) > ALTERNATIVE:
                return f"{told}; +{len(events) - n}"
            told += f"{';' if n else ':'} {event}"
        return told

    def picture(self, width: int, height: int) -> str:
        """The picture under its title, as SVG of ``width`` by ``height`` pixels."""
        inner = re.sub(r'^<svg ([^>]*?) width="\d+" height="\d+"', r"<svg \1", self.svg or "<svg >", count=1)
        room = f'y="{HEADING}" width="{width}" height="{height - HEADING}" preserveAspectRatio="xMidYMid meet"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
            f'<rect width="{width}" height="{height}" fill="#fff"/><text x="16" y="29" font-size="20" '
            f'font-weight="700" font-family="{SERIF}" fill="#16202a">{escaped(self.title)}</text>'
            f"{inner.replace('<svg ', f'<svg {room} ', 1)}</svg>"
        )


def snippets(page: Path, url: str | None = None) -> str:
    """Three blocks of text for the map in ``page``: the frame, oEmbed JSON, and picture markup for where neither works.

    ``url`` is where the page will stand, by default its file name.  Raises InputError where there is no such page,
    OptionsError where ``url`` is neither http nor https.
    """
    shown = MapPage.open(page)
    address = _address(page, url)
    return "\n\n".join((_frame(shown, address), json.dumps(_oembed(shown, address, url), ensure_ascii=False, indent=1),
                        _figure(shown, address)))  # fmt: skip


def publish(page: Path, url: str | None = None) -> tuple[list[Path], list[str]]:
    """Write what the snippets name beside ``page``: pictures (PNG at 2×, SVG, card) and oEmbed JSON.

    With ``url`` the page itself gets the addresses that previews of links need.  Pictures come from Chromium where
    there is one, else from the page's own drawing.  Gives the files, and a sentence for each that could not be made.
    """
    shown = MapPage.open(page)
    address = _address(page, url)
    written, missing = [], []
    oembed = _beside(page, ".oembed.json")
    write_atomic(oembed, json.dumps(_oembed(shown, address, url), ensure_ascii=False, indent=1).encode())
    written.append(oembed)
    if url:
        write_atomic(page, _addressed(shown, url).encode())
    for suffix, (width, height), scale in ((".png", (WIDTH, HEIGHT), 2), (".card.png", CARD, 1)):
        target = _beside(page, suffix)
        try:
            _save(shown, target, width, height, scale)
            written.append(target)
        except MissingExtraError as error:
            missing.append(f"{target} was not written: {error}")
    if shown.svg:
        write_atomic(_beside(page, ".svg"), shown.picture(WIDTH, HEIGHT).encode())
        written.append(_beside(page, ".svg"))
    return written, missing


def _save(shown: MapPage, target: Path, width: int, height: int, scale: int) -> None:
    try:
        save_image(shown.path, target, width=width, height=height, scale=scale, bare=True)
    except MissingExtraError:
        if not shown.svg:
            raise
        write_atomic(target, rasterised(shown.picture(width, height), scale))


def _address(page: Path, url: str | None) -> str:
    if url is not None and not re.match(r"https?://[^\s\"'<>{}]+\Z", url):
        raise OptionsError(f"--url must be an http or https address, not {url!r}")
    return url or quote(page.name)


def _stem(address: str) -> str:
    """The address without its suffix; a folder's index is in it."""
    return re.sub(r"\.html?\Z", "", address + "index.html" if address.endswith("/") else address)


def _beside(page: Path, suffix: str) -> Path:
    return page.with_name(page.stem + suffix)


def _frame(shown: MapPage, address: str) -> str:
    title, src, style = _quoted(shown.title), _quoted(address), _STYLE.format(height=HEIGHT)
    # Attributes hold where the article's policy forbids styles and scripts.
    return (
        f'<figure data-mapgen style="{_OUTER}"><iframe src="{src}" title="{title}" loading="lazy" '
        'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" '
        f'width="100%" height="{HEIGHT}" style="{style}"></iframe>'
        "<noscript><style>[data-mapgen]>iframe{position:absolute!important;visibility:hidden!important}</style>"
        f"{_image(shown, address)}<ol>{shown.items}</ol></noscript><script>{_RESIZE}</script></figure>"
    )


def _image(shown: MapPage, address: str) -> str:
    picture = _quoted(_stem(address))
    return (
        f'<a href="{_quoted(address)}" style="{_OUTER}"><img src="{picture}.png" width="{WIDTH}" height="{HEIGHT}" '
        f'loading="lazy" alt="{_quoted(shown.alternative())}" style="{_IMAGE}"></a>'
    )


def _figure(shown: MapPage, address: str) -> str:
    return (
        f'<figure style="{_OUTER}">{_image(shown, address)}<figcaption><details>'
        f"<summary>{escaped(shown.title)}</summary>"
        f"<ol>{shown.items}</ol></details></figcaption></figure>"
    )


def _oembed(shown: MapPage, address: str, url: str | None) -> dict[str, object]:
    card = {"thumbnail_url": f"{_stem(address)}.card.png", "thumbnail_width": CARD[0], "thumbnail_height": CARD[1]}
    return {
        "version": "1.0",
        "type": "rich",
        "title": shown.title,
        **(card if url else {}),
        "width": WIDTH,
        "height": HEIGHT,
        "html": _frame(shown, address),
    }


def _addressed(shown: MapPage, url: str) -> str:
    """The page with the addresses of itself, its card and its oEmbed JSON; those of an earlier call are replaced."""
    stem, width, height = _quoted(_stem(url)), *CARD
    lines = (
        f'<link rel="canonical" href="{_quoted(url)}" data-embed>',
        f'<link rel="alternate" type="application/json+oembed" href="{stem}.oembed.json" data-embed>',
        f'<meta property="og:url" content="{_quoted(url)}" data-embed>',
        f'<meta property="og:image" content="{stem}.card.png" data-embed>',
        f'<meta property="og:image:width" content="{width}" data-embed>',
        f'<meta property="og:image:height" content="{height}" data-embed>',
        f'<meta property="og:image:alt" content="{_quoted(shown.title)}" data-embed>',
        f'<meta name="twitter:image" content="{stem}.card.png" data-embed>',
    )
    head, end, rest = shown.text.partition("<title>")
    marker = '<meta name="twitter:card"'
    return _ADDED.sub("", head).rstrip().replace(marker, "\n".join(lines) + "\n" + marker, 1) + "\n" + end + rest


def _quoted(text: str) -> str:
    return escaped(text).replace("\n", " ")
