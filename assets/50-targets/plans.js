// Builds the table of a plan, with a slider for each area's pace (see components/targets/target_plan.py).
// It repeats one formula of analysis/plan_pace.py: actual + pace × months, ÷ denominator of a rate;
// tests/test_scripts.py holds both equal.
(function () {
  "use strict";

  const element = window.given.element;

  const endAt = (row, pace) =>
    ((row.actual + pace * row.months) / row.denominator) * row.multiplier;
  const isMet = (row, end) =>
    (row.low === null || end >= row.low) && (row.high === null || end <= row.high);

  // Rounded half up on the decimal value, 15 digits of it, as dashboard/base/rounding.py does.
  function shown(value, shape) {
    const places = { minimumFractionDigits: shape.decimals, maximumFractionDigits: shape.decimals };
    const format = new Intl.NumberFormat("en-US", places);
    const decimal = /** @type {any} */ (Math.abs(value / shape.factor).toPrecision(15));
    const text = format.format(decimal);
    return (value < 0 && /[1-9]/.test(text) ? "−" : "") + text + shape.unit;
  }

  function verdict(cell, given, row, pace) {
    const end = endAt(row, pace);
    const met = isMet(row, end);
    // What only a better month than the best could do is said once, in amber.
    const hard = met && typeof row.most === "number" && pace > row.most;
    const [sign, text] = hard ? given.hard : met ? given.met : given.unmet;
    const arrow = element("span", "arrow", sign);
    arrow.setAttribute("aria-hidden", "true");
    const pill = element("span", "status-pill status-" + (hard ? "hard" : met ? "done" : "behind"));
    pill.append(arrow, text);
    cell.end.textContent = shown(end, given.end);
    cell.met.replaceChildren(pill);
  }

  // One line; the parts that change are returned by name.
  function line(given, row, look) {
    const made = element("tr", look);
    const cells = {};
    const names = ["name", "left", "months", "needed", "best", "pace", "end", "met"];
    names.forEach((name, place) => {
      const kind = ["name", "pace", "met"].includes(name) ? "plan-" + name : "number";
      const cell = element(name === "name" ? "th" : "td", kind);
      if (name === "name") cell.scope = "row";
      cell.dataset.label = given.heads[place];
      const text = row[name] === undefined ? "" : String(row[name]);
      if (text && name === "name" && row.href) {
        cell.append(Object.assign(element("a", "", text), { href: window.place.outside(row.href) }));
      } else if (text) cell.append(element("span", "", text));
      if (name === "best" && row.bestMonth) cell.append(element("small", "", row.bestMonth));
      cells[name] = cell;
      made.append(cell);
    });
    return { made, cells };
  }

  function slider(row) {
    const made = element("input", "form-range");
    Object.assign(made, { type: "range", min: 0, max: row.top, step: row.step, value: row.start });
    made.setAttribute("aria-label", row.label);
    made.dataset.area = row.area;
    return made;
  }

  function build(box, given) {
    const table = element("table", "figures plan as-cards");
    const head = element("tr");
    given.heads.forEach((text, place) => {
      const wide = place === 0 || place === 5 || place === 7;
      const cell = element("th", wide ? "" : "number", text);
      cell.scope = "col";
      head.append(cell);
    });
    const top = element("thead");
    top.append(head);
    const body = element("tbody");
    const paces = {};
    const total = given.total && line(given, given.total, "summary");

    function addUp() {
      if (!total) return;
      const pace = Object.values(paces).reduce((sum, each) => sum + each, 0);
      total.cells.pace.textContent = shown(pace, given.pace);
      verdict(total.cells, given, given.total, pace);
    }

    given.rows.forEach((row) => {
      const { made, cells } = line(given, row, "");
      const range = slider(row);
      const output = element("output", "plan-message");
      const follow = () => {
        paces[row.area] = Number(range.value);
        output.textContent = shown(paces[row.area], given.pace);
        range.setAttribute("aria-valuetext", output.textContent);
        verdict(cells, given, row, paces[row.area]);
      };
      range.addEventListener("input", () => {
        follow();
        addUp();
      });
      range.addEventListener("change", () => {
        window.dash_clientside.set_props(given.store, { data: { ...paces } });
      });
      cells.pace.append(range, output);
      body.append(made);
      follow();
    });
    if (total) body.append(total.made);
    addUp();
    table.append(element("caption", "visually-hidden", given.caption), top, body);
    box.replaceChildren(table);
  }

  window.plans = { endAt, isMet, shown };
  window.given.drawn("plan", build);
})();
