// Two controls of Dash cannot be told their names and places; they are given them here.
(function () {
  "use strict";

  function mend(root) {
    // The list's trigger is reached through a hidden input, which a screen reader cannot announce.
    root.querySelectorAll(".dash-dropdown-focus-target").forEach((input) => {
      const trigger = input.parentElement.querySelector("button.dash-dropdown");
      if (!trigger) return;
      input.tabIndex = -1;
      trigger.tabIndex = 0;
    });
    root.querySelectorAll(".upload-box input[type=file]").forEach((input) => {
      input.setAttribute("aria-label", input.closest(".upload-box").dataset.label);
    });
  }

  new MutationObserver((changes) => {
    if (changes.some((change) => change.addedNodes.length)) mend(document);
  }).observe(document, { subtree: true, childList: true });
})();
