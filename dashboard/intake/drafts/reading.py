"""Reads a file as a draft: .docx, .txt, .html and .pdf; .doc and .wps through LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from dashboard.base.language import Text
from dashboard.intake.drafts.draft import Draft, Passage, UnreadableDraft
from dashboard.intake.drafts.text_tables import passages_of
from dashboard.intake.drafts.web_page import read_web
from dashboard.intake.drafts.word_document import read_word

FORMATS = (".docx", ".txt", ".html", ".htm", ".pdf", ".doc", ".wps", ".rtf", ".odt")
LONGEST = 20_000  # characters of a passage; a longer one is divided at its sentences
MOST_CHARACTERS = 1_000_000  # some 1,500 pages: ten seconds of work at most
_CONVERTED = (".doc", ".wps", ".rtf", ".odt")
_SECONDS = 90  # that LibreOffice may take
_LEAST_A_PAGE = 12  # characters; a page of fewer is a picture


def read_draft(name: str, content: bytes) -> Draft:
    """The draft in a file, by the ending of its name; raises UnreadableDraft saying what helps."""
    if not content:
        raise UnreadableDraft(Text("文件是空的", "the file is empty"))
    ending = Path(name).suffix.lower()
    if content[:4] == b"PK\x03\x04" and ending in {".doc", ".wps"}:
        ending = ".docx"  # a new document under an old name
    if content[:4] == b"%PDF":
        ending = ".pdf"
    reader = _READERS.get(ending)
    if reader is None:
        raise UnreadableDraft(
            Text(
                f"不支持 {ending or '没有扩展名'} 的文件；可用：{'、'.join(FORMATS)}，"
                "或把文字粘贴进来",
                f"{ending or 'a file without ending'} cannot be read; use {', '.join(FORMATS)} or"
                " paste the text",
            )
        )
    return _divided(reader(name, content))


def pasted_draft(name: str, text: str) -> Draft:
    """Pasted text as a draft, a line a passage, a table in it by its cells."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    return _divided(Draft(name, tuple(passages_of(lines))))


def _plain(name: str, content: bytes) -> Draft:
    return pasted_draft(name, _decoded(content))


def _web(name: str, content: bytes) -> Draft:
    declared = re.search(rb"charset=[\"']?([\w-]+)", content[:4096])
    return read_web(name, _decoded(content, declared[1].decode() if declared else ""))


def _decoded(content: bytes, declared: str = "") -> str:
    """The text of bytes in UTF-8, UTF-16 or GB 18030."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    try:
        return content.decode(declared or "utf-8", errors="replace")
    except LookupError:
        return content.decode("utf-8", errors="replace")


def _pdf(name: str, content: bytes) -> Draft:
    """The text of a PDF; raises UnreadableDraft for a scanned, protected or broken one."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDraft(
                Text("PDF 有密码保护，无法读取", "the PDF is protected by a password")
            )
        pages = [page.extract_text() or "" for page in reader.pages]
    except UnreadableDraft:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        OSError,
        RecursionError,
        AttributeError,
    ) as error:
        raise UnreadableDraft(
            Text("PDF 已损坏，无法读取", "the PDF is broken and cannot be read")
        ) from error
    blank = [number for number, page in enumerate(pages, 1) if len(page.strip()) < _LEAST_A_PAGE]
    if len(blank) == len(pages):
        raise UnreadableDraft(
            Text(
                "PDF 里没有文字，是扫描件或图片；请用原稿（.docx）检查",
                "the PDF holds no text: it is scanned; check the original (.docx)",
            )
        )
    notices = [_TABLES_OF_PDF]
    if blank:
        listed = "、".join(str(number) for number in blank[:10])
        notices.append(
            Text(
                f"第 {listed} 页没有文字，未检查",
                f"pages {listed} hold no text and are not checked",
            )
        )
    return Draft(name, tuple(Passage(line) for line in _paragraphs(pages)), tuple(notices))


_TABLES_OF_PDF = Text(
    "PDF 只读文字，表格按行读，不检查合计",
    "of a PDF only the text is read; totals of its tables are not checked",
)
_NEW_PARAGRAPH = re.compile(
    r"^ *(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d+[.、．])"
)


def _paragraphs(pages: list[str]) -> Iterator[str]:
    """Printed lines joined to paragraphs: a full line goes on in the next."""
    lines = [line.strip() for page in pages for line in page.splitlines()]
    lines = [line for line in lines if line and not re.fullmatch(r"[-— ]*\d{1,4}[-— ]*", line)]
    if not lines:
        return
    full = sorted(len(line) for line in lines)[int(len(lines) * 0.8)] - 3
    paragraph = ""
    for line in lines:
        if paragraph and _NEW_PARAGRAPH.match(line):
            yield paragraph
            paragraph = ""
        paragraph += line
        if len(line) < full or (line[-1] in "。！？" and len(line) < full + 2):
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _converted(name: str, content: bytes) -> Draft:
    """A file that LibreOffice turns into .docx; raises UnreadableDraft where it is missing."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    ending = Path(name).suffix.lower()
    if office is None:
        raise UnreadableDraft(
            Text(
                f"本机没有安装 LibreOffice，不能读 {ending}；请另存为 .docx，或把文字粘贴进来",
                f"LibreOffice is not installed, so {ending} cannot be read; save it as .docx or"
                " paste the text",
            )
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"draft{ending}"
        source.write_bytes(content)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [
            office,
            profile,
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
            made = (Path(folder) / "draft.docx").read_bytes()
        except (OSError, subprocess.TimeoutExpired) as error:
            raise UnreadableDraft(
                Text(
                    f"LibreOffice 打不开这个 {ending} 文件；请另存为 .docx",
                    f"LibreOffice cannot open this {ending} file; save it as .docx",
                )
            ) from error
    return read_word(name, made)


_READERS: dict[str, Callable[[str, bytes], Draft]] = {
    ".docx": read_word,
    ".txt": _plain,
    ".md": _plain,
    ".html": _web,
    ".htm": _web,
    ".pdf": _pdf,
    **dict.fromkeys(_CONVERTED, _converted),
}


def _divided(draft: Draft) -> Draft:
    """The draft with passages of a bearable length; raises UnreadableDraft for too much text."""
    if sum(len(passage.text) for passage in draft.passages) > MOST_CHARACTERS:
        raise UnreadableDraft(
            Text(
                "文字过多：最多 100 万字（约 1500 页），请分开核对",
                "too much text: at most 1 million characters (1,500 pages); check it in parts",
            )
        )
    if all(len(passage.text) <= LONGEST for passage in draft.passages):
        return draft
    passages = [piece for passage in draft.passages for piece in _pieces(passage)]
    return Draft(draft.name, tuple(passages), draft.notices)


def _pieces(passage: Passage) -> Iterator[Passage]:
    """A passage in pieces of at most LONGEST characters, divided after a full stop where it can."""
    text = passage.text
    while len(text) > LONGEST:
        cut = text.rfind("。", 0, LONGEST) + 1 or LONGEST
        yield Passage(text[:cut], passage.kind)
        text = text[cut:]
    yield Passage(text, passage.kind) if len(passage.text) > LONGEST else passage
