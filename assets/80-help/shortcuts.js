// Keys that work by themselves: ? lists them, / leads to the area or the search. They can be switched
// off (for speech input, or hands that slip), and never fire while something is typed.
(function () {
  "use strict";

  const KEPT = "single-keys";
  let opener = null;

  function isOn() {
    try {
      return window.localStorage.getItem(KEPT) !== "off";
    } catch {
      return true;
    }
  }

  function keep(on) {
    try {
      window.localStorage.setItem(KEPT, on ? "on" : "off");
    } catch {
      return; // a browser that keeps nothing forgets it with the page
    }
  }

  window.singleKeys = { on: isOn };

  function showSwitch() {
    const button = document.getElementById("single-keys");
    if (!button) return;
    const on = isOn();
    button.setAttribute("aria-checked", String(on));
    button.querySelector("strong").textContent = on ? button.dataset.on : button.dataset.off;
  }

  function open(from) {
    const dialog = document.getElementById("shortcuts");
    if (!dialog || dialog.open) return;
    opener = from || document.activeElement;
    showSwitch();
    dialog.showModal();
    dialog.querySelector("h2").focus();
  }

  function close() {
    const dialog = document.getElementById("shortcuts");
    if (dialog && dialog.open) dialog.close();
  }

  // Opens a list as well as it focuses a field; what is not on the page is not on the list of keys.
  function lead() {
    const field = document.getElementById("indicator-search") || document.getElementById("area-choice");
    if (!field) return false;
    field.focus();
    return true;
  }

  const TYPED = "input, textarea, select, [contenteditable], [role=textbox], [role=combobox]";

  function isTyping(target) {
    if (!target.closest) return false;
    const field = target.closest(TYPED);
    const quiet = field && /^(checkbox|radio|button|submit|range|file)$/.test(field.type || "");
    return Boolean((field && !quiet) || target.closest(".dash-dropdown-content"));
  }

  const isChord = (event) => event.ctrlKey || event.metaKey || event.altKey || event.repeat;
  const isComposed = (event) => event.isComposing || event.key === "Process"; // a word takes shape

  document.addEventListener("keydown", (event) => {
    if (isChord(event) || isComposed(event) || !isOn() || isTyping(event.target)) return;
    if (document.querySelector("main.stage, dialog[open]")) return;
    if (event.key === "?" || event.key === "？") {
      event.preventDefault();
      open();
    } else if (event.key === "/" && lead()) {
      event.preventDefault();
    }
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-action], #single-keys");
    if (!button) return;
    if (button.dataset.action === "shortcuts") open(button);
    if (button.dataset.action === "close-keys") close();
    if (button.id === "single-keys") {
      keep(!isOn());
      showSwitch();
    }
  });

  // A modal dialog lets the focus out to the browser's own bars; here it goes round.
  document.addEventListener("keydown", (event) => {
    const dialog = event.key === "Tab" && event.target.closest && event.target.closest("#shortcuts");
    if (!dialog) return;
    const buttons = [...dialog.querySelectorAll("button")];
    const [first, last] = [buttons[0], buttons[buttons.length - 1]];
    const inside = buttons.includes(document.activeElement);
    if (event.shiftKey ? document.activeElement === first || !inside : document.activeElement === last) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  });

  document.addEventListener("close", (event) => {
    if (event.target.id === "shortcuts" && opener && opener.isConnected) opener.focus();
  }, true);
})();
