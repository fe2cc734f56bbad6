// Where the dashboard stands on its host: at the root, or below a path such as /minzheng, which the
// server writes into the document. Data and scripts name addresses from the dashboard's own root;
// what a browser shows and asks for is outside. Written for browsers of any age.
(function () {
  "use strict";

  var root = document.documentElement.getAttribute("data-root") || "/";
  var below = root.slice(0, -1);

  // "/figure" as the browser asks for it: "/minzheng/figure".
  function outside(address) {
    return address.charAt(0) === "/" ? below + address : address;
  }

  // "/minzheng/figure" as data and scripts name it: "/figure".
  function inside(path) {
    if (path === below) return "/";
    return path.indexOf(root) === 0 ? path.slice(below.length) : path;
  }

  window.place = { root: root, outside: outside, inside: inside };
})();
