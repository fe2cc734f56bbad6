// The one button of a sheet of paper: it opens the browser's own print dialogue.
(function () {
  "use strict";

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest('[data-action="print"]');
    if (button) window.print();
  });
})();
