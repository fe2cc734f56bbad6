"""Makes codes of receipts, K7Q2-M4XD: seven signs by chance and one that shows a slip.

Crockford's alphabet: no I, L, O or U. The last sign makes the weighted sum over the field of 32
elements zero; every weight differs, so any one wrong sign and any two exchanged ones are noticed.
"""

from __future__ import annotations

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive over the two-element field
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LEFT_OUT = str.maketrans("", "", " -‐‑–—_.")


def new_code() -> str:
    """A code nobody can guess, eight signs without the hyphen."""
    drawn = [secrets.randbelow(len(ALPHABET)) for _ in range(LENGTH - 1)]
    return "".join(ALPHABET[sign] for sign in (*drawn, _weighed(drawn)))


def normal_code(text: str) -> str:
    """The eight signs that somebody meant: any case and width, hyphens or not, O for 0, I for 1.

    Returns "" for what is no code: of another length, of other signs, or mistyped.
    """
    plain = unicodedata.normalize("NFKC", text[:40]).upper()
    signs = plain.translate(_LEFT_OUT).translate(_READ_AS)
    if len(signs) != LENGTH or any(sign not in ALPHABET for sign in signs):
        return ""
    numbers = [ALPHABET.index(sign) for sign in signs]
    return signs if _weighed(numbers[:-1]) == numbers[-1] else ""


def printed_code(code: str) -> str:
    """A code as it is printed, in two groups of four."""
    return f"{code[:4]}-{code[4:]}" if code else ""


def _weighed(signs: list[int]) -> int:
    """The check sign of these: their sum, each doubled once more than the one after it."""
    total = 0
    for sign in signs:
        total = _doubled(total ^ sign)
    return total


def _doubled(element: int) -> int:
    shifted = element << 1
    return shifted ^ _POLYNOMIAL if shifted & 0b100000 else shifted
