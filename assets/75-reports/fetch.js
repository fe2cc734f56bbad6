// A report that is ready is downloaded at once; its link stays for another time.
(function () {
  "use strict";

  function fetchNew() {
    for (const link of document.querySelectorAll(".report-ready a[download]:not([data-fetched])")) {
      link.dataset.fetched = "yes";
      link.click();
    }
  }

  new MutationObserver(fetchNew).observe(document.documentElement, {
    childList: true,
    subtree: true,
  });
})();
