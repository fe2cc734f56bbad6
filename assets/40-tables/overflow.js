// Marks the boxes whose table goes on to the right, so that a cut column reads as "more", also where
// the system shows no scroll bar until one scrolls. The mark is drawn by assets/40-tables/tables.css.
(function () {
  "use strict";

  const NEAR = 16; // pixels that hold a cell's edge and nothing to read
  const watched = new WeakSet();
  let waiting = false;

  function mark(box) {
    box.classList.toggle("has-more", box.scrollWidth - box.clientWidth - box.scrollLeft > NEAR);
  }

  const sizes = new ResizeObserver((changed) =>
    changed.forEach(({ target }) => {
      const box = target.closest(".scroll"); // none around a table that was taken off the page
      if (box) mark(box);
    })
  );

  function watch() {
    waiting = false;
    document.querySelectorAll(".scroll, .scroll > table").forEach((part) => {
      if (watched.has(part)) return;
      watched.add(part);
      sizes.observe(part);
    });
  }

  document.addEventListener("scroll", ({ target }) => {
    if (target.classList && target.classList.contains("scroll")) mark(target);
  }, { capture: true, passive: true });

  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(watch);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
