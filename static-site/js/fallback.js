// Shows the page's fallback where its modules do not come: lost on the way, or too new for this browser. No module
// and no new syntax, so that every browser runs it. `start` of page.mjs marks the root element.
(function () {
  var lost = !("noModule" in document.createElement("script"));

  function show() {
    var box = document.getElementById("fallback");
    if (!box || document.documentElement.hasAttribute("data-started")) return;
    box.hidden = false;
    document.getElementById("fallback-retry").onclick = function () { location.reload(); };
  }

  function lose() {
    lost = true;
    show();
  }

  // A module that is not there, cannot be read, or fails before the page has started.
  addEventListener("error", function (event) {
    if (event.target === window || event.target.tagName === "SCRIPT") lose();
  }, true);
  document.addEventListener("DOMContentLoaded", function () { if (lost) show(); });
  setTimeout(lose, 8000);
})();
