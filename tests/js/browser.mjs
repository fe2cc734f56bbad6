// A browser as far as the scripts under test need one: what they load with, and what they call.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const ASSETS = new URL("../../assets/", import.meta.url);

const nothing = () => {};

// An element that accepts what scripts do to it and remembers its attributes and text.
export function element(name = "div", attributes = {}) {
  return {
    tagName: name.toUpperCase(), dataset: {}, textContent: "", children: [],
    getAttribute: (key) => attributes[key] ?? null,
    setAttribute: (key, value) => { attributes[key] = String(value); },
    getContext: () => ({ font: "", measureText: (text) => ({ width: 10 * text.length }) }),
    append(...parts) { this.children.push(...parts); },
    addEventListener: nothing,
    click: nothing,
  };
}

// A window at an address; ``found`` are elements by the selector or id they are asked for.
// The dashboard's root is where the document says.
export function windowAt(address, found = {}, root = "/") {
  const url = new URL(address, "http://dashboard.test");
  const set = []; // what scripts told Dash: [component, properties]
  const turned = []; // addresses that were pushed
  const find = (key) => found[key] ?? null;
  const window = {
    location: url, set, turned,
    addEventListener: nothing, dispatchEvent: nothing, scrollTo: nothing,
    history: { pushState: (state, title, to) => turned.push(to), replaceState: nothing },
    dash_clientside: {
      no_update: "no update",
      set_props: (id, props) => set.push([id, props]),
    },
    fetch: nothing,
    document: {
      addEventListener: nothing, dispatchEvent: nothing,
      createElement: element, body: element("body"), documentElement: { lang: "en", getAttribute: () => root },
      getElementById: find, querySelector: find, querySelectorAll: () => [],
    },
    getComputedStyle: () => ({ fontFamily: "serif" }),
    MutationObserver: class { observe() {} disconnect() {} },
    given: { element, drawn: nothing },
    URL, URLSearchParams, Event, CustomEvent, Intl, setTimeout, clearTimeout,
    CSS: { escape: (text) => text },
    console,
  };
  window.window = window;
  return loaded(vm.createContext(window), "plain/root.js");
}

// Runs scripts of assets/ in a window and returns it.
export function loaded(window, ...names) {
  for (const name of names) {
    vm.runInContext(readFileSync(new URL(name, ASSETS), "utf-8"), window, { filename: name });
  }
  return window;
}
