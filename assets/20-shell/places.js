// A place of the header that stands open closes once something else is clicked, one of its pages is
// chosen, the keyboard leaves it, or Escape is pressed.
(function () {
  "use strict";

  const OPEN = ".place[open]";

  document.addEventListener("click", ({ target }) => {
    for (const place of document.querySelectorAll(OPEN)) {
      if (!place.contains(target) || target.closest("a")) place.open = false;
    }
  });

  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    const place = target.closest(OPEN);
    if (place && relatedTarget && !place.contains(relatedTarget)) place.open = false;
  });

  document.addEventListener("keydown", ({ key, target }) => {
    const place = key === "Escape" && target.closest(OPEN);
    if (!place) return;
    place.open = false;
    place.firstElementChild.focus();
  });
})();
