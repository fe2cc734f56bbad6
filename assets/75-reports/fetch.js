// A report that is ready is downloaded at once; its link stays for another time.
(function () {
  "use strict";

  function fetchNew() {
    for (const link of document.querySelectorAll("a[data-fetch='once']")) {
      link.dataset.fetch = "done";
      link.click();
    }
  }

  new MutationObserver(fetchNew).observe(document.documentElement, {
    childList: true,
    subtree: true,
  });
})();
