// The one formula that the page repeats: where a target ends at a pace.
import assert from "node:assert/strict";
import test from "node:test";

import { loaded, windowAt } from "./browser.mjs";

const { plans } = loaded(windowAt("/targets"), "50-targets/plans.js");
const ROW = { actual: 60, months: 3, denominator: 1, multiplier: 1, low: 90, high: null };

test("the end is what there is and the pace for every month left", () => {
  assert.equal(plans.endAt(ROW, 10), 90);
  assert.equal(plans.endAt({ ...ROW, denominator: 200, multiplier: 100 }, 10), 45);
});

test("a target is met from its lower to its upper end, both included", () => {
  assert.ok(plans.isMet(ROW, 90));
  assert.ok(!plans.isMet(ROW, 89.9));
  assert.ok(plans.isMet({ ...ROW, low: null, high: 90 }, 90));
  assert.ok(!plans.isMet({ ...ROW, low: null, high: 90 }, 90.1));
});

test("numbers are rounded half up on the decimal value, with the unit and a typographic minus", () => {
  const shape = (decimals, factor = 1, unit = "") => ({ decimals, factor, unit });
  assert.equal(plans.shown(1.005, shape(2)), "1.01");
  assert.equal(plans.shown(15.95, shape(1)), "16.0");
  assert.equal(plans.shown(12345678, shape(2, 10000, "万元")), "1,234.57万元");
  assert.equal(plans.shown(-2.5, shape(0, 1, " beds")), "−3 beds");
  assert.equal(plans.shown(-0.001, shape(0)), "0");
});
