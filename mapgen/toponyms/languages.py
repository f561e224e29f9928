"""Which language a text is in, as far as reading its names asks: English, Polish, or another of the Latin alphabet.

Told by the commonest small words; texts too short to tell count as English.
"""

from __future__ import annotations

_LOOKED_AT = 4000  # characters


def _standing(text: str) -> list[str]:
    return [f" {word} " for word in text.split()]


_ENGLISH = _standing("the of and to in for")
_POLISH = _standing("się nie że jest oraz przez który która został do na we")
_OTHERS = _standing(
    """de la el los que en del les des et le du une der die und den das mit von di il che della per non um uma em do no
    da os het een van och att og på ve bir için în și să yang dan untuk"""
)


def foreign(text: str) -> bool:
    """Whether ``text`` has few of the commonest words of English, and more of those of another language."""
    piece = text[:_LOOKED_AT]
    english = sum([piece.count(word) for word in _ENGLISH])
    if english * 60 > len(piece):  # one in ten words of plain English
        return False
    return max(3, 2 * english) < sum([piece.count(word) for word in _OTHERS]) or polish(piece)


def polish(text: str) -> bool:
    """Whether ``text`` is Polish."""
    piece = text[:_LOOKED_AT]
    if piece.isascii() or not any(letter in piece for letter in "ąęłśźż"):
        return False
    return sum([piece.count(word) > 0 for word in _POLISH]) >= 3
