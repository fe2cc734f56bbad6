// Gives Dash's controls the names and roles that screen readers and keyboards need.
(function () {
  "use strict";

  // A figure that is wider than its place scrolls, so the keyboard must be able to reach it.
  const sizes = new ResizeObserver((changes) => {
    changes.forEach(({ target }) => {
      const box = target.closest(".figure");
      if (!box) return;
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  });

  function mend(root) {
    root.querySelectorAll(".figure, .figure .graph").forEach((part) => sizes.observe(part));
    // The list's trigger is reached through a hidden input, which a screen reader cannot announce.
    root.querySelectorAll(".dash-dropdown-focus-target").forEach((input) => {
      const trigger = input.parentElement.querySelector("button.dash-dropdown");
      if (!trigger) return;
      input.tabIndex = -1;
      trigger.tabIndex = 0;
    });
    // A name that has no room is cut short; the whole of it is at hand.
    root.querySelectorAll(".dash-dropdown-value").forEach((value) => {
      if (value.title !== value.textContent) value.title = value.textContent;
    });
    // The open list calls itself a list box but holds radio buttons, which have the focus: it is a
    // group of them, named as the list is.
    root.querySelectorAll(".dash-options-list[role=listbox]").forEach((list) => {
      const trigger = document.querySelector("button.dash-dropdown[aria-expanded=true]");
      const label = trigger && trigger.id && document.querySelector(`label[for="${CSS.escape(trigger.id)}"]`);
      list.setAttribute("role", "group");
      if (label) list.setAttribute("aria-label", label.textContent);
    });
    // Whoever opens a list by mouse or keyboard may type at once; a finger gets no keyboard unasked.
    root.querySelectorAll(".dash-dropdown-search:not([data-met])").forEach((box) => {
      box.dataset.met = "1";
      if (window.matchMedia("(pointer: coarse)").matches) return;
      // Twice: Dash's own focus on the chosen option may come between.
      [60, 250].forEach((moment) => setTimeout(() => box.value || box.focus(), moment));
    });
    root.querySelectorAll(".dash-options-list-option[role=option]").forEach((option) => {
      option.removeAttribute("role");
      option.removeAttribute("aria-selected");
    });
    root.querySelectorAll(".dash-dropdown-content[role=dialog]:not([aria-label])").forEach((box) => {
      const list = box.querySelector(".dash-options-list[aria-label]");
      if (list) box.setAttribute("aria-label", list.getAttribute("aria-label"));
    });
    root.querySelectorAll(".upload-box input[type=file]").forEach((input) => {
      input.setAttribute("aria-label", input.closest(".upload-box").dataset.label);
    });
  }

  new MutationObserver((changes) => {
    if (changes.some((change) => change.addedNodes.length)) mend(document);
  }).observe(document, { subtree: true, childList: true });
})();
