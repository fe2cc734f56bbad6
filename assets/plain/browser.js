// Runs before everything else, also where nothing else can: written for browsers of any age.
// One that lacks what the pages are built with is led to the same figures as plain tables.
(function () {
  "use strict";

  function supports(property, value) {
    return Boolean(window.CSS && window.CSS.supports && window.CSS.supports(property, value));
  }

  // What Chromium 109 and Firefox 121 have and browsers a little older do not, or not all of it.
  function isNewEnough() {
    return Boolean(
      window.Promise && window.fetch && window.structuredClone && window.MutationObserver &&
      Object.hasOwn && Array.prototype.findLast && String.prototype.at && window.URL &&
      window.HTMLDialogElement && window.HTMLDialogElement.prototype.showModal &&
      supports("height", "1dvh") && supports("container-type", "inline-size") &&
      window.CSS.supports("selector(:has(a))")
    );
  }

  // Who wants to see the full page all the same is asked once and not led away again.
  function wantsItAnyway() {
    var anyway = window.location.hash === "#full";
    try {
      if (anyway) window.sessionStorage.setItem("full-page", "1");
      return anyway || window.sessionStorage.getItem("full-page") === "1";
    } catch (refused) {
      return anyway;
    }
  }

  if (isNewEnough() || wantsItAnyway()) return;
  window.location.replace(
    window.place.outside("/plain" + window.place.inside(window.location.pathname)) + window.location.search
  );
})();
