// A request that fails: what reads is asked again, what may have been written is not.
import assert from "node:assert/strict";
import test from "node:test";

import { element, loaded, windowAt } from "./browser.mjs";

const CALLBACK = "/_dash-update-component";
const PANEL = { body: '{"output":"{\\"name\\":\\"chart\\",\\"type\\":\\"panel\\"}.children"}' };
const WRITE = { body: '{"output":"target-message.children"}' };

// A wrapped fetch that fails as often as said, the requests it made, and what the page says.
function page(failures) {
  const place = element("div", { "data-trying-en": "trying", "data-unsure-en": "unsure",
    "data-busy-en": "busy", "data-back-en": "back" });
  const window = windowAt("/", { connection: place });
  window.setTimeout = (act) => setTimeout(act, 0); // no test waits
  const asked = [];
  const ask = async (input) => {
    asked.push(input);
    const failure = failures.shift();
    if (failure instanceof Error) throw failure;
    return { status: failure || 200, ok: !failure };
  };
  return { fetch: loaded(window, "20-shell/connection.js").connection.retrying(ask), asked, place };
}

const gone = () => new TypeError("network");

test("what only reads is asked again until it is answered", async () => {
  const { fetch, asked, place } = page([gone(), gone(), 503]);
  const answer = fetch(CALLBACK, PANEL);
  await Promise.resolve();
  assert.equal((await answer).status, 200);
  assert.deepEqual(asked, [CALLBACK, CALLBACK, CALLBACK, CALLBACK]);
  assert.ok(["back", ""].includes(place.textContent));
});

test("what may have been written is sent once, and the page says that it is not known", async () => {
  const { fetch, asked, place } = page([gone(), gone()]);
  await assert.rejects(fetch(CALLBACK, WRITE), { name: "TypeError" });
  assert.equal(place.textContent, "unsure");
  while (asked.length < 3) await new Promise((done) => setTimeout(done, 1));
  assert.deepEqual(asked, [CALLBACK, "/healthz", "/healthz"]);
});

test("a request that the page gave up itself is not asked again", async () => {
  const over = Object.assign(new Error("over"), { name: "AbortError" });
  const { fetch, asked, place } = page([over]);
  await assert.rejects(fetch(CALLBACK, PANEL), { name: "AbortError" });
  assert.equal(asked.length, 1);
  assert.equal(place.textContent, "");
});

test("other requests go straight through, failures and all", async () => {
  const { fetch, asked } = page([gone()]);
  await assert.rejects(fetch("/export/a.csv"), TypeError);
  assert.deepEqual(asked, ["/export/a.csv"]);
});

test("where somebody has no right to an act, the page says the server's sentence", async () => {
  const failure = element("div", {});
  const window = windowAt("/", { failure });
  const answer = { status: 403, ok: false, clone: () => ({ json: async () => ({ error: "no right" }) }) };
  const fetch = loaded(window, "20-shell/connection.js").connection.retrying(async () => answer);
  assert.equal((await fetch(CALLBACK, WRITE)).status, 403);
  await new Promise((done) => setTimeout(done, 0));
  assert.equal(failure.textContent, "no right");
});
