// Marks Chinese on a page in English, so that a screen reader pronounces it and the browser takes the
// right glyphs: names of files and places, what was typed, what a form calls a line.
(function () {
  "use strict";

  const HAN = /[\u3400-\u9fff]/g;
  const LATIN = /[A-Za-z]/g;

  const count = (text, kind) => (text.match(kind) || []).length;

  function mark(element) {
    if (!element || element.closest("svg, script, style, option")) return;
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    const text = own.map((node) => node.nodeValue).join("");
    const signs = count(text, HAN);
    // A Chinese name within an English sentence stays part of the sentence.
    const chinese = signs > 0 && signs >= count(text, LATIN);
    if (chinese && !element.closest("[lang^=zh]")) {
      element.lang = "zh-CN";
      element.dataset.spoken = "1";
    } else if (!chinese && element.dataset.spoken) {
      element.removeAttribute("lang");
      delete element.dataset.spoken;
    }
  }

  function look(node) {
    if (node.nodeType === Node.TEXT_NODE) return mark(node.parentElement);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const seen = new Set();
    while (walker.nextNode()) {
      if (/[\u3400-\u9fff]/.test(walker.currentNode.nodeValue)) seen.add(walker.currentNode.parentElement);
    }
    seen.forEach(mark);
  }

  if (document.documentElement.lang !== "en") return;
  new MutationObserver((changes) => {
    changes.forEach((change) => {
      if (change.type === "characterData") look(change.target);
      else change.addedNodes.forEach(look);
    });
  }).observe(document, { subtree: true, childList: true, characterData: true });
})();
