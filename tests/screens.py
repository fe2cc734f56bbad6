"""Reads a page for tests: its components, their texts, the cells of its tables."""

import json

DISTRICT, STREET = "990101", "990101001"
PAGES = {
    "/screen": {},
    "/": {},
    "/compare": {},
    "/targets": {},
    "/topic/marriage": {"topic": "marriage"},
    "/street": {},
    f"/street/{STREET}": {"street": STREET},
    "/indicators": {},
    "/indicators/marriages": {"indicator": "marriages"},
    "/submissions": {},
    "/drafts": {},
    "/figures": {},
    "/completeness": {},
    "/receipt": {},
    "/meeting": {},
    "/meeting/questions": {"meeting": "questions"},
    "/report": {},
    "/help": {},
    "/help/marriage": {"topic": "marriage"},
}


def every(parts):
    """The components and texts of a list and everything inside them."""
    for part in parts if isinstance(parts, list | tuple) else [parts]:
        if part is not None:
            yield part
            yield from every(getattr(part, "children", None))
            yield from every([o["label"] for o in getattr(part, "options", None) or ()])


def named(parts, name):
    return [part for part in every(parts) if getattr(part, "_type", "") == name]


def text_of(parts):
    return " ".join(str(part) for part in every(parts) if isinstance(part, str | int))


def tables_of(parts):
    return [
        json.loads(found)
        for part in every(parts)
        if (found := getattr(part, "data-table", None)) is not None
    ]


def written_in(parts):
    """Everything a reader sees of the parts: texts, and the cells of their tables."""
    texts = [text_of(parts)]
    for table in tables_of(parts):
        texts.append(table["caption"])
        for row in table["head"] + table["body"]:
            for cell in row["cells"]:
                texts += [cell.get(name, "") for name in ("text", "small", "meaning")]
    return " ".join(texts)


def selection_of(desk, **query):
    return desk.selections.of({"area": DISTRICT} | query, query.get("lang", "zh"))


def page_layout(app, path, **query):
    from dash import page_registry

    with app.server.test_request_context(path):
        for page in page_registry.values():
            template = (page["path_template"] or page["path"]).partition("<")[0]
            exact = page["path"] == path and not page["path_template"]
            if exact or (page["path_template"] and PAGES.get(path) and path.startswith(template)):
                return page["layout"](**PAGES[path], **query)
    raise AssertionError(f"no page at {path}")
