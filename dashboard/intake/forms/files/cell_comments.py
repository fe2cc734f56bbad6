"""Reads the comments of a worksheet's cells from an .xlsx package: notes (legacy) and threads."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from dashboard.base.language import Text
from dashboard.intake.forms.files.cell_formats import local
from dashboard.intake.forms.files.cells import Place, Remark
from dashboard.intake.forms.files.sheet_walk import reference

_THREAD = "threadedComment"
_STANDS_FOR_THREAD = "[Threaded comment]"  # what old programs are shown in its stead


def cell_comments(package: zipfile.ZipFile, part: str) -> dict[Place, str]:
    """The comments of one worksheet's cells, without their authors' names."""
    found: dict[Place, str] = {}
    for target in _parts(package, part):
        root = ElementTree.fromstring(package.read(target))
        authors = [each.text or "" for each in root.iter() if local(each.tag) == "author"]
        for element in root.iter():
            at = reference(element.get("ref", ""))
            if local(element.tag) not in ("comment", _THREAD) or at is None:
                continue
            text = _without_author(_text(element), authors)
            if text and not text.startswith(_STANDS_FOR_THREAD):
                found[at] = f"{found[at]}；{text}" if at in found else text
    return found


def comment_remarks(comments: Mapping[Place, str]) -> list[Remark]:
    """What is said of a sheet's comments: each in its words."""
    return [
        Remark(Text(f"单元格批注：{text}", f"a cell's comment says: {text}"), *at, "footnote")
        for at, text in sorted(comments.items())
    ]


def _parts(package: zipfile.ZipFile, part: str) -> Iterator[str]:
    """The parts that hold a worksheet's comments."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in package.namelist():
        return
    for relation in ElementTree.fromstring(package.read(relations)):
        if relation.get("Type", "").rpartition("/")[2] in ("comments", _THREAD):
            target = relation.get("Target", "")
            is_absolute = target.startswith("/")
            path = target.lstrip("/") if is_absolute else posixpath.join(folder, target)
            if posixpath.normpath(path) in package.namelist():
                yield posixpath.normpath(path)


def _text(element: ElementTree.Element) -> str:
    """The text of a comment; how Chinese is pronounced is none of it."""
    if local(element.tag) in ("rPh", "phoneticPr"):
        return ""
    own = element.text or "" if local(element.tag) in ("t", "text") else ""
    return (own + "".join(map(_text, element))).strip(" \n" if own else "")


def _without_author(text: str, authors: list[str]) -> str:
    """A comment without the name with which programs begin it."""
    for author in filter(None, authors):
        text = re.sub(rf"^{re.escape(author)}[:：]\s*", "", text)
    return text.strip()
