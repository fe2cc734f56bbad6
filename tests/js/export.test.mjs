// Pictures and files of a chart: their addresses, their names, and lines that fit.
import assert from "node:assert/strict";
import test from "node:test";

import { loaded, windowAt } from "./browser.mjs";

const window = loaded(windowAt("/topic/marriage"), "30-charts/pictures.js", "30-charts/export.js");
const card = {
  querySelector: () => ({ getAttribute: () => "/export/marriage/trend.csv?area=990101&lang=zh" }),
};

test("a file's address is that of the card's table, in the language chosen", () => {
  const { address } = window.pictureExport;
  assert.equal(address(card, "xlsx", "en"), "/export/marriage/trend.xlsx?area=990101&lang=en");
  assert.equal(address(card, "csv", ""), "/export/marriage/trend.csv?area=990101&lang=zh");
  assert.equal(address(card, "figure", "zh"), "/api/figure/marriage/trend?area=990101&lang=zh");
});

test("a picture is named after title and subtitle, without signs a file system refuses", () => {
  const meta = { file: '结婚登记：6/5 对 "少"_示例区 2026 ' };
  assert.equal(window.pictureExport.fileName(meta), "结婚登记：6_5_对_少__示例区_2026");
  assert.equal(window.pictureExport.fileName({ file: "x".repeat(200) }).length, 80);
});

test("Chinese is broken after any sign, other words at their spaces, a stop never begins a line", () => {
  const lines = (text, width) => [...window.pictures.folded(text, 10, width, false)];
  assert.deepEqual(lines("结婚登记，", 40), ["结婚登", "记，"]);
  assert.deepEqual(lines("one two three", 70), ["one two", "three"]);
  assert.deepEqual(lines("a_name_without_end", 60), ["a_name", "_witho", "ut_end"]);
  assert.deepEqual(lines("", 60), []);
});
