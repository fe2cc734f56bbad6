// Builds real tables from what the server sends as JSON, with text only (see components/grid.py).
(function () {
  "use strict";

  function element(name, kind, text) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    return made;
  }

  function image([source, width, height, alt, kind]) {
    const made = element("img", kind);
    made.src = source;
    made.width = width;
    made.height = height;
    made.alt = alt;
    return made;
  }

  function content(cell) {
    if (cell.drawing) return image(cell.drawing);
    const made = element(cell.href ? "a" : cell.code ? "code" : "span", cell.pill, cell.text);
    if (cell.href) made.setAttribute("href", cell.href);
    if (cell.page) made.dataset.page = "1";
    if (cell.arrow) {
      const sign = element("span", "arrow", cell.arrow);
      sign.setAttribute("aria-hidden", "true");
      made.prepend(sign);
    }
    return made;
  }

  function cellOf(cell) {
    const made = element(cell.scope ? "th" : "td", cell.kind);
    if (cell.scope) made.scope = cell.scope;
    if (cell.across) made.colSpan = cell.across;
    if (cell.down) made.rowSpan = cell.down;
    if (cell.text || cell.drawing) made.append(content(cell));
    if (cell.small) made.append(element("small", "", cell.small));
    if (cell.said) {
      made.title = cell.said;
      made.append(element("span", "visually-hidden", " " + cell.said));
    }
    return made;
  }

  function part(name, rows) {
    const made = document.createElement(name);
    rows.forEach((row) => {
      const line = element("tr", row.kind);
      row.cells.forEach((cell) => line.append(cellOf(cell)));
      made.append(line);
    });
    return made;
  }

  function build(box) {
    if (box.builtFrom === box.dataset.table) return;
    box.builtFrom = box.dataset.table;
    const given = JSON.parse(box.dataset.table);
    const table = element("table", "figures " + given.kind);
    table.append(element("caption", given.quiet ? "visually-hidden" : "", given.caption));
    table.append(part("thead", given.head), part("tbody", given.body));
    box.replaceChildren(table);
  }

  const look = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.dataset.table) build(node);
    node.querySelectorAll("[data-table]").forEach(build);
  };

  new MutationObserver((changes) => {
    changes.forEach((change) => {
      if (change.type === "attributes") build(change.target);
      else change.addedNodes.forEach(look);
    });
  }).observe(document, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-table"],
  });
})();
