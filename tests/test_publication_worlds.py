"""A viewer finds the same in two worlds that differ in drafts alone, wherever he or she looks.

In one world the drafts have other values, other findings, other notes and fewer lines than in the
other. Whatever is answered to a viewer is compared; what differs gives a draft away.
"""

import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from everywhere import DISTRICT, PAGES, PLAIN, STREET, prepared
from stores import arrival, stated
from test_access import open_server, signed_in  # noqa: F401

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Finding
from dashboard.catalogue.periods import Period
from dashboard.services.access.person import LOCAL, acting
from dashboard.store.record import record
from dashboard.store.roll_ups import count_figures
from dashboard.store.transaction import writing
from dashboard.web.first_answers import CALLBACKS, page_call
from dashboard.web.likely_calls import choice_call, choice_output, panels_in

pytestmark = pytest.mark.slow
MONTH, EARLIER, DRAFTS = "2026-09", "2026-08", 202609  # drafts: from this month on
KINDS = "kind IN ('actual', 'standard')"
OTHER_WORLD = [
    f"UPDATE {table} SET value = value * 3 + 7 WHERE period >= {DRAFTS} AND {KINDS}"
    for table in ("observation", "revision")
]
OTHER_WORLD += [
    f"DELETE FROM {table} WHERE period >= {DRAFTS} AND indicator IN ('orphans', 'divorces')"
    for table in ("observation", "revision")
]
_OF_DRAFTS = f"IN (SELECT submission FROM revision WHERE period >= {DRAFTS} AND {KINDS})"
OTHER_WORLD += [
    f"UPDATE submission SET note = 'other', title = 'other' WHERE id {_OF_DRAFTS}",
    f"UPDATE finding SET message_zh = 'other', message_en = 'other' WHERE submission {_OF_DRAFTS}",
    f"UPDATE register_row SET beds = 777, residents = 666 WHERE submission {_OF_DRAFTS}",
    f"UPDATE register_part SET amount = 777 WHERE submission {_OF_DRAFTS}",
    f"UPDATE commentary SET how_doing = 'other', why_priority = 'other' WHERE period >= {DRAFTS}",
    f"UPDATE target SET base = 987654 WHERE base_period >= {DRAFTS}",
    f"UPDATE receipt SET covers = replace(covers, '\"{MONTH}\",0,', '\"{MONTH}\",0,9')",
]
# A file that was replaced before its month was published.
_REPLACED = "IN (SELECT id FROM submission WHERE file = 'replaced.xlsx')"
OTHER_WORLD += [
    f"UPDATE revision SET value = value * 3 + 7 WHERE submission {_REPLACED}",
    f"UPDATE finding SET message_zh = 'other', message_en = 'other' WHERE submission {_REPLACED}",
    "UPDATE submission SET note = 'other', title = 'other', withdrawn_reason = 'other',"
    " figures = 9, findings = 9 WHERE file = 'replaced.xlsx'",
]
SOME = ("overview", "targets", "target", "marriage", "street", "indicator", "figure")
WORK = ("/drafts", "/report", "/help", "/screen")  # without figures, or asked for otherwise
_CHANGES = re.compile(
    rb"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}"  # a receipt's code
    rb'|"digest": ?"[0-9a-f]+"|20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.:+Z]*|name="token" value="\w+"'
    rb"|saved=\d+|\b(?:topdefs-|defs-|clip|trace|legend|g)[0-9a-f]{6}"  # names in a picture
    + "|数据版本 \\d+|[Dd]ata version \\d+".encode()  # counts every change, drafts too
    + rb"|"
    + re.escape(json.dumps("数据版本")[1:-1].encode())
    + rb" \d+"
    # The same number in a page's data, and the digest of the footer that states it.
    + rb'|version\\*":\d+|"footer [^"]*":"[0-9a-f]{16}"'
)


@pytest.fixture(scope="module")
def half_published(app):
    """The app with publication on and the last two months of the samples as drafts."""
    whole = app.desks.whole
    file = whole.context.engine.url.database
    with closing(sqlite3.connect(file)) as live, closing(sqlite3.connect(":memory:")) as saved:
        live.backup(saved)
        live.execute("UPDATE submission SET is_sample = 0")
        live.execute("UPDATE target SET is_sample = 0")
        live.commit()
        version = whole.version()
        with acting(LOCAL):
            addresses = prepared(whole)
            whole.publications.turn_on()
            for month in ("2026-10", "2026-09"):
                whole.publications.withdraw(DISTRICT, month)
            whole.publications.withdraw(DISTRICT, EARLIER)
            number = replaced(whole.context.engine)
            whole.publications.publish(DISTRICT, EARLIER)
            addresses["replaced"] = f"/submissions?submission={number}"
        yield addresses
        number = live.execute("SELECT number FROM store_version").fetchone()[0] + version
        saved.execute("UPDATE store_version SET number = ?, common = ?", (number, number))
        saved.commit()
        saved.backup(live)
    whole.kept.clear()


def replaced(engine):
    """Hand a figure of the earlier month in, and another one in its place; the first's number."""
    month, when = Period(2026, 8), datetime.now(UTC) - timedelta(hours=1)
    finding = Finding("warning", "sum", Text("4321", "4321"))
    wrong = arrival(
        stated(4321.0, area=STREET, period=month),
        findings=[finding],
        file="replaced.xlsx",
        note="4321",
        area=STREET,
        period=month,
    )
    (number,) = record(engine, [wrong], when)
    right = arrival(stated(30.0, area=STREET, period=month), area=STREET, period=month)
    record(engine, [right], when)
    return number


def addresses(language, own):
    """All pages as plain ones, in a month that is a draft, an earlier one, and as they open."""
    for name, path in (PAGES | own).items():
        if path.startswith(WORK) or (language == "en" and name not in SOME):
            continue
        mark = "&" if "?" in path else "?"
        plain = f"/plain{path}" if path != "/" else "/plain/"
        yield f"{plain}{mark}lang={language}"
        for month in (MONTH, EARLIER) if name in SOME and language == "zh" else ():
            area = STREET if month == MONTH else DISTRICT
            yield f"{plain}{mark}area={area}&period={month}&lang={language}"
    yield from (f"{path}?lang={language}" for path in PLAIN.values())
    yield f"/plain/topic/marriage?area={DISTRICT}&period={MONTH}&known=2026-11-15&lang={language}"


def lists(desk):
    """The lists and files for programs, as of today and as of other days."""
    place = f"area={DISTRICT}&children=1&limit=20000"
    for more in ("", "&from=2026-08&versions=all", "&from=2026-08&as_of=2026-10-31"):
        yield f"/api/observations?{place}{more}&lang=en"
    for name in ("marriages", "dibao_persons"):
        yield f"/api/history?indicator={name}&area={STREET}&period={MONTH}"
    yield from (f"/api/{path}" for path in ("submissions", "changes", "indicators", "areas"))
    yield from (f"/api/{path}?area={DISTRICT}" for path in ("completeness", "register"))
    yield f"/api/progress?area={DISTRICT}&children=1"
    for topic in desk.catalogue.topic_order():  # all periods are in it
        yield f"/export/figures/{topic.id}.csv?area={DISTRICT}&lang=zh"
    for month in ("", f"&period={MONTH}"):
        query = f"area={DISTRICT}{month}&lang=zh"
        yield f"/api/progress?{query}&children=1"
        for topic in desk.catalogue.topic_order():
            for chart in topic.charts[:1]:
                yield f"/export/{topic.id}/{chart.id}.csv?{query}"
        for ending in ("xlsx", "pptx", "svg"):
            yield f"/export/marriage/registrations.{ending}?{query}"
        yield f"/api/figure/marriage/registrations?{query}"
        yield f"/export/targets.xlsx?{query}"
        yield f"/export/register.csv?{query}"
    yield f"/export/corrections.docx?area={DISTRICT}&period={MONTH}"
    yield f"/export/correction.docx?indicator=marriages&area={STREET}&period={MONTH}"


def content_of(answer):
    """What an answer says, without codes and moments that are new each time."""
    return answer.status_code, _CHANGES.sub(b"", unpacked(answer.data))


def unpacked(data):
    """The parts of an Office file, also of workbooks within it; anything else as it is."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in sorted(package.namelist()) if not name.startswith("docProps")]
        return b"".join(name.encode() + unpacked(package.read(name)) for name in names)


def page_contents(app, client, own):
    """Pages and their panels as the scripts of a browser ask for them."""
    output = choice_output(app.callback_map)
    for name in SOME:
        path, _, search = (PAGES | own)[name].partition("?")
        query = dict(part.split("=") for part in search.split("&") if part)
        answer = client.post(CALLBACKS, json=page_call(path, f"?{search}"))
        yield f"call {name}", content_of(answer)
        panels = list(panels_in(answer.json))
        if panels:
            chosen = {"area": DISTRICT, "period": MONTH, "lang": "zh"} | query
            drawn = client.post(CALLBACKS, json=choice_call(output, panels, path, chosen))
            yield f"panels {name}", content_of(drawn)


def answers(app, client, own):
    """Everything a viewer is answered, by what was asked."""
    asked = [*addresses("zh", own), *addresses("en", own), *lists(app.desks.whole)]
    found = {address: content_of(client.get(address)) for address in dict.fromkeys(asked)}
    found |= page_contents(app, client, own)
    with acting(LOCAL):
        token = app.desks.whole.accounts.open_screen("墙")
    found["screen"] = content_of(app.server.test_client().get(f"/screen/{token}"))
    return found


def differing(before, after):
    """Where two answers part; "" where they do not."""
    if before == after:
        return ""
    (status, old), (other, new) = before, after
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    return f"{status} {other} {old[max(at - 200, 0) : at + 60]!r} {new[at : at + 60]!r}"


def change_drafts(app):
    engine = app.desks.whole.context.engine
    with writing(engine) as connection:
        for statement in OTHER_WORLD:
            connection.exec_driver_sql(statement)
        count_figures(connection)


def test_a_viewer_is_answered_the_same_whatever_the_drafts_are(open_server, half_published, app):  # noqa: F811
    viewer, editor = signed_in(open_server, "viewer"), signed_in(open_server, "editor")
    draft = f"/api/observations?area={DISTRICT}&indicator=marriages&from={MONTH}"
    before, marked = answers(app, viewer, half_published), editor.get(draft).json
    assert marked and all("draft" in row["marks"] for row in marked)
    change_drafts(app)
    after = answers(app, viewer, half_published)
    assert editor.get(draft).json != marked  # they differ
    assert len(before) > 100 and {status for status, _ in before.values()} <= {200, 400, 404, 422}
    different = {asked: differing(before[asked], after[asked]) for asked in before}
    leaks = "\n".join(f"{asked}: {text}" for asked, text in different.items() if text)
    assert not leaks, leaks
