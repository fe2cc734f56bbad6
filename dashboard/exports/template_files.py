"""Keeps the bureau's own slide templates: .pptx files in the home's folder templates."""

from __future__ import annotations

from pathlib import Path

from dashboard.base.file_refusals import why_not
from dashboard.base.language import Text

FOLDER = "templates"
_LARGEST = 50  # MiB


class TemplateError(ValueError):
    """A template that cannot be used; the message says in both languages what it lacks."""

    def __init__(self, message: Text) -> None:
        """``message`` in both languages."""
        super().__init__(message.en)
        self.message = message


def own_slides(home: Path) -> list[str]:
    """The names of the templates that are there, in order."""
    matches = (home / FOLDER).glob("*.pptx") if (home / FOLDER).is_dir() else ()
    return sorted(file.name for file in matches if not file.name.startswith(("~", ".")))


def read_slides(home: Path, name: str) -> bytes:
    """The template of this name, or the file at this path; raises TemplateError."""
    file = home / FOLDER / name if name in own_slides(home) else Path(name)
    return _read(file, name)


def read_offered(home: Path, name: str) -> bytes:
    """The template of this name in the folder and nowhere else; raises TemplateError."""
    if name not in own_slides(home):
        raise TemplateError(Text(f"没有模板“{name}”", f"there is no template {name!r}"))
    return _read(home / FOLDER / name, name)


def _read(file: Path, name: str) -> bytes:
    try:
        if file.stat().st_size > _LARGEST * 2**20:
            raise TemplateError(
                Text(f"模板“{name}”超过 {_LARGEST} MB", f"{name} is larger than {_LARGEST} MB")
            )
        content = file.read_bytes()
    except OSError as error:
        raise TemplateError(why_not(error, file)) from error
    if not content:
        raise TemplateError(Text(f"模板 {name} 是空文件", f"{name} is an empty file"))
    return content
