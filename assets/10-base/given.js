// Draws what the server gives as JSON in a data attribute, when it comes or changes.
(function () {
  "use strict";

  function element(name, kind, text) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    return made;
  }

  // Calls build(box, given) for every box with data-NAME, once for each text that it is given.
  function drawn(name, build) {
    const draw = (box) => {
      if (box.drawnFrom === box.dataset[name]) return;
      box.drawnFrom = box.dataset[name];
      build(box, JSON.parse(box.drawnFrom));
    };
    const look = (node) => {
      if (node.nodeType !== Node.ELEMENT_NODE) return;
      if (node.dataset[name]) draw(node);
      node.querySelectorAll(`[data-${name}]`).forEach(draw);
    };
    new MutationObserver((changes) => {
      changes.forEach((change) => {
        if (change.type === "attributes") draw(change.target);
        else change.addedNodes.forEach(look);
      });
    }).observe(document, {
      subtree: true, childList: true, attributes: true, attributeFilter: [`data-${name}`],
    });
  }

  window.given = { element, drawn };
})();
