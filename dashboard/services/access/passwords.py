"""Checks which passwords are taken, and hashes them (argon2id)."""

from __future__ import annotations

from functools import lru_cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dashboard.base.language import Text
from dashboard.store.opening import StoreError

SHORTEST, LONGEST = 10, 200
_FEWEST_DIFFERENT = 5  # characters
# The words that people in an office try first; a password needs more than one of them and a number.
_WORDS = (
    "administrator admin root user guest test demo dashboard civil affairs minzheng minzhengju"
    " password passwd mima secret welcome hello qwerty qwertyuiop asdfgh asdfghjkl zxcvbn woaini"
    " iloveyou letmein changeme default login abc xyz 民政局 民政 密码 管理员"
).split()
_ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_HASHER = PasswordHasher(time_cost=3, memory_cost=19 * 1024, parallelism=1)  # 19 MiB, some 30 ms
_AT_ONCE = BoundedSemaphore(2)  # so that many sign-ins at once keep nobody else waiting


def refuse_weak(password: str, name: str) -> None:
    """Raises StoreError, with the reason, for a password that is short or among the first tried."""
    if len(password) < SHORTEST:
        raise StoreError(
            Text(
                f"密码至少 {SHORTEST} 个字符；可用三四个互不相关的词",
                f"a password needs at least {SHORTEST} characters, for example three or four"
                " unrelated words",
            )
        )
    if len(password) > LONGEST:
        raise StoreError(
            Text(f"密码最多 {LONGEST} 个字符", f"a password has at most {LONGEST} characters")
        )
    if _is_common(password.casefold(), name.casefold()):
        raise StoreError(
            Text(
                "这个密码太常见：不能只由单位名称、常见词、用户名、连号或重复的字符加数字组成。"
                "长一些更好：请用三四个互不相关的词，如一句只有自己知道的话",
                "this password is too common: more is needed than the office's name, a usual word,"
                " the user's name, a row of keys or repeated characters with a number."
                " Longer is better: three or four unrelated words, such as a sentence that only"
                " you know",
            )
        )


def _is_common(password: str, name: str) -> bool:
    rest = password
    for known in sorted((*_WORDS, *([name] if len(name) > 1 else [])), key=len, reverse=True):
        rest = rest.replace(known, "")
    rest = _without_rows("".join(letter for letter in rest if letter.isalnum()))
    letters = "".join(letter for letter in rest if not letter.isdigit())
    return len(set(password)) < _FEWEST_DIFFERENT or (len(letters) < 3 and len(rest) < SHORTEST)


def _without_rows(text: str) -> str:
    """The text without rows of four or more keys or digits that follow each other."""
    for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
        for length in range(len(row), 3, -1):
            for start in range(len(row) - length + 1):
                text = text.replace(row[start : start + length], "")
    return text


def hashed(password: str) -> str:
    """The password as it is kept."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def matches(password: str, digest: str) -> bool:
    """Whether this is the password; as slow where ``digest`` is empty, for an unknown name."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(digest or _of_nobody(), password) and bool(digest)
        except (VerificationError, InvalidHashError):
            return False


@lru_cache(maxsize=1)
def _of_nobody() -> str:
    return _HASHER.hash("nobody's")
