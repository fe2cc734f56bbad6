// Builds real tables from what the server sends as JSON, with text only (see components/shell/real_table.py).
(function () {
  "use strict";

  const element = window.given.element;

  function image([source, width, height, alt, kind]) {
    const made = element("img", kind);
    made.src = source;
    made.width = width;
    made.height = height;
    made.alt = alt;
    return made;
  }

  function content(cell, tail) {
    if (cell.drawing) return image(cell.drawing);
    const href = cell.href || (cell.figure && "/figure?" + cell.figure + tail);
    const made = element(href ? "a" : cell.code ? "code" : "span", cell.pill, cell.text);
    if (href) made.setAttribute("href", window.place.outside(href));
    if (cell.figure && !cell.href) made.classList.add("figure-link");
    if (cell.page) made.dataset.page = "1";
    if (cell.arrow) {
      const sign = element("span", "arrow", cell.arrow);
      sign.setAttribute("aria-hidden", "true");
      made.prepend(sign);
    }
    return made;
  }

  // A heading that sorts its column: a button, so that the keyboard reaches it.
  function sortable(made, cell) {
    const button = element("button", "sort", cell.text);
    button.type = "button";
    if (cell.small) button.append(element("small", "", cell.small));
    made.dataset.sort = cell.sort;
    made.append(button);
    return made;
  }

  // What is read in a cell, without its second line and what only a screen reader says.
  function wordsOf(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("small, .arrow, .visually-hidden").forEach((part) => part.remove());
    return copy.textContent.trim();
  }

  /** @type {[RegExp, number][]} */
  const UNITS = [[/亿/, 1e8], [/万/, 1e4], [/billion/, 1e9], [/million/, 1e6], [/thousand/, 1e3]];

  // The number that a cell begins with, in the base unit; null where there is none ("—").
  function numberOf(text) {
    const found = /[-−+]?[\d,]*\.?\d+/.exec(text);
    if (!found) return null;
    const unit = UNITS.find(([name]) => name.test(text.slice(found.index)));
    const less = /^[少低]/.test(text) || /\b(short|fewer|less)\b/.test(text);
    return (less ? -1 : 1) * Number(found[0].replace(/,/g, "").replace("−", "-")) * (unit ? unit[1] : 1);
  }

  function keyOf(line, place, isNumber) {
    const cell = line.cells[place];
    const given = cell.dataset.key;
    if (given !== undefined) return isNumber ? Number(given) : given;
    return isNumber ? numberOf(wordsOf(cell)) : wordsOf(cell);
  }

  // The rows in runs between those that stay: headings of groups, totals.
  function runsOf(lines) {
    const runs = [[]];
    lines.forEach((line) => {
      const stays = line.classList.contains("summary") || line.querySelector(":scope > .group");
      if (stays) runs.push([line], []);
      else runs[runs.length - 1].push(line);
    });
    return runs;
  }

  function sorted(lines, place, isNumber, sign) {
    const keys = new Map(lines.map((line) => [line, keyOf(line, place, isNumber)]));
    const isAbsent = (key) => key === null || key === "" || key === "—";
    return [...lines].sort((one, two) => {
      const [a, b] = [keys.get(one), keys.get(two)];
      if (isAbsent(a) || isAbsent(b)) return Number(isAbsent(a)) - Number(isAbsent(b)); // what is absent stands last
      return sign * (isNumber ? a - b : a.localeCompare(b, "zh", { numeric: true }));
    });
  }

  function sortBy(heading) {
    const table = heading.closest("table");
    const isNumber = heading.dataset.sort === "number";
    const first = isNumber && heading.classList.contains("number") ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = heading.ariaSort === first ? other : first;
    const sign = order === "ascending" ? 1 : -1;
    const runs = runsOf([...table.tBodies[0].rows]);
    const lines = runs.flatMap((run) => sorted(run, heading.cellIndex, isNumber, sign));
    table.querySelectorAll("thead th").forEach((each) => (each.ariaSort = null));
    heading.ariaSort = order;
    table.tBodies[0].append(...lines);
    return order;
  }

  // How the streets by targets, or the indicators, are sorted stands in the address, as "2" or "2-" (descending).
  function keepSort(heading, order) {
    if (!heading.closest(".matrix, .indicator-rows")) return;
    const url = new URL(window.location.href);
    url.searchParams.set("sort", heading.cellIndex + (order === "descending" ? "-" : ""));
    window.history.replaceState(window.history.state, "", url);
  }

  function asAddressed(table) {
    const asked = /^(\d+)(-?)$/.exec(new URLSearchParams(window.location.search).get("sort") || "");
    const heading = asked && table.matches(".matrix, .indicator-rows") && table.tHead.rows[0].cells[asked[1]];
    if (!heading || !heading.dataset.sort) return;
    const wanted = asked[2] ? "descending" : "ascending";
    if (sortBy(heading) !== wanted) sortBy(heading);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("th > button.sort");
    if (button) keepSort(button.parentElement, sortBy(button.parentElement));
  });

  function cellOf(cell, tail) {
    const made = element(cell.scope ? "th" : "td", cell.kind);
    if (cell.label) made.dataset.label = cell.label;
    if (cell.scope) made.scope = cell.scope;
    if (cell.sort) return sortable(made, cell);
    if (cell.key !== undefined) made.dataset.key = cell.key;
    if (cell.across) made.colSpan = cell.across;
    if (cell.down) made.rowSpan = cell.down;
    fill(made, cell, tail);
    return made;
  }

  function fill(made, cell, tail) {
    if (cell.text || cell.drawing) made.append(content(cell, tail));
    if (cell.small) made.append(element("small", "", cell.small));
    if (!cell.meaning) return;
    made.title = cell.meaning;
    const place = made.querySelector(".figure-link") || made; // a dash alone would name no link
    place.append(element("span", "visually-hidden", " " + cell.meaning));
  }

  function part(name, rows, tail) {
    const made = document.createElement(name);
    rows.forEach((row) => {
      const line = element("tr", row.kind);
      if (row.id) line.id = row.id;
      row.cells.forEach((cell) => line.append(cellOf(cell, tail)));
      made.append(line);
    });
    return made;
  }

  // Where rows become cards, each cell says itself which column it stands in.
  function labelCells(given) {
    const names = given.head[0].cells.map((cell) => cell.text);
    given.body.forEach((row) => row.cells.forEach((cell, place) => (cell.label = names[place])));
  }

  function build(box, given) {
    const table = element("table", "figures " + given.kind);
    table.append(element("caption", given.quiet ? "visually-hidden" : "", given.caption));
    if (given.kind.includes("as-cards")) labelCells(given);
    const parts = [["thead", given.head], ["tbody", given.body]];
    table.append(...parts.map(([name, rows]) => part(name, rows, given.tail)));
    asAddressed(table);
    box.replaceChildren(table);
  }

  window.given.drawn("table", build);
})();
