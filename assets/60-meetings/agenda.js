// Once something is put on the chosen agenda, the keyboard stands on the link to it.
(function () {
  "use strict";

  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const button = target.closest && target.closest(".agenda-choice");
    const told = button && button.closest(".told");
    if (!told) return;
    const watch = new MutationObserver(() => {
      const link = /** @type {HTMLElement | null} */ (told.querySelector(":scope > a"));
      if (!link) return;
      watch.disconnect();
      if (document.activeElement === document.body) link.focus();
    });
    watch.observe(told, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), 10000);
  });
})();
