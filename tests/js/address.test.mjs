// The address is the state: what controls and clicks make of it.
import assert from "node:assert/strict";
import test from "node:test";

import { element, loaded, windowAt } from "./browser.mjs";

const DRAWN = { area: "990101", streets: ["990101001"], period: "2026-09", compare: "year_on_year" };
const at = (address, found) => loaded(windowAt(address, found), "20-shell/address.js");
const chosen = (window, area, period, compare) =>
  window.dash_clientside.dashboard.addressOfControls(area, period, compare, DRAWN);

test("a control that shows what was drawn changes nothing", () => {
  const window = at("/topic/marriage?area=990101");
  assert.equal(chosen(window, "990101", "2026-09", "year_on_year"), "no update");
  assert.equal(chosen(window, "", "2026-09", "year_on_year"), "no update");
});

test("a period and a comparison go into the address, the usual comparison out of it", () => {
  const window = at("/topic/marriage?area=990101");
  const changed = chosen(window, "990101", "2026-08", "period_on_period");
  assert.equal(changed, "?area=990101&period=2026-08&compare=pop");
  window.location.search = changed;
  assert.equal(chosen(window, "990101", "2026-08", "year_on_year"), "?area=990101&period=2026-08");
});

test("a second choice that comes before the answer to the first keeps both", () => {
  const window = at("/topic/marriage?area=990101&period=2026-09");
  const first = chosen(window, "990101001", "2026-09", "year_on_year");
  assert.equal(first, "?area=990101001&period=2026-09");
  window.location.search = first;
  const second = chosen(window, "990101001", "2026-08", "year_on_year");
  assert.equal(second, "?area=990101001&period=2026-08");
  window.location.search = second;
  assert.equal(chosen(window, "990101001", "2026-08", "none"), `${second}&compare=none`);
});

test("another district forgets the period, a street of the same one keeps it", () => {
  const window = at("/topic/marriage?area=990101&period=2026-09");
  assert.equal(chosen(window, "990102", "2026-09", "year_on_year"), "?area=990102");
  const same = at("/topic/marriage?period=2026-09");
  assert.equal(chosen(same, "990101001", "2026-09", ""), "?period=2026-09&area=990101001");
});

test("on a street's page another street leads to its own page", () => {
  const window = at("/street/990101002?period=2026-09");
  assert.equal(chosen(window, "990101001", "2026-09", "year_on_year"), "no update");
  assert.deepEqual(window.turned, ["/street/990101001?period=2026-09"]);
});

test("an address draws panels only when the page stays the same", () => {
  const window = at("/topic/marriage");
  const { selectionOfAddress } = window.dash_clientside.dashboard;
  assert.equal(selectionOfAddress("?area=1", "/topic/marriage"), "no update");
  const selection = selectionOfAddress("?area=2&lang=en", "/topic/marriage");
  assert.deepEqual({ ...selection.query }, { area: "2", lang: "en" });
  assert.equal(selection.path, "/topic/marriage");
  const again = selectionOfAddress("?area=2&lang=en", "/topic/marriage");
  assert.notEqual(again.turn, selection.turn);
});

test("a click on a bar opens the door of its key", () => {
  const card = { dataset: { doors: '{"990101001":"/street/990101001"}' }, querySelector: () => null };
  const window = at("/topic/marriage", { '[data-ref="marriage/streets"]': card });
  window.dash_clientside.callback_context = {
    triggered: [{
      prop_id: '{"ref":"marriage/streets","type":"graph"}.clickData',
      value: { points: [{ curveNumber: 0, customdata: ["", "990101001"] }] },
    }],
  };
  window.dash_clientside.dashboard.followDrillLink();
  assert.deepEqual(window.turned, ["/street/990101001"]);
});

test("on a page with controls a link to the same page sets only the query", () => {
  const found = { "area-choice": element("select") };
  const window = at("/topic/marriage?area=990101", found);
  const card = { dataset: { doors: '{"k":"/topic/marriage?area=990102"}' }, querySelector: () => null };
  found['[data-ref="r"]'] = card;
  window.dash_clientside.callback_context = {
    triggered: [{ prop_id: '{"ref":"r","type":"graph"}.clickData',
      value: { points: [{ curveNumber: 0, customdata: ["", "k"] }] } }],
  };
  window.dash_clientside.dashboard.followDrillLink();
  assert.deepEqual(window.turned, []);
  assert.equal(JSON.stringify(window.set), '[["url",{"search":"?area=990102"}]]');
});
