/* The page that the service worker shows when the registry cannot be reached: the address alone is checked with what
   the phone kept. Runs before anything is shown; the answer is written first, so that it is read like any page. */
(function () {
  "use strict";
  var parts = /^\/c\/([^\/]+)\/?$/i.exec(location.pathname), fragment = location.hash.slice(1);
  if (!parts) return;
  var root = document.documentElement;
  root.classList.add("checking");

  function chosen() {
    var cookie = /(?:^|; )text=(\w+)/.exec(document.cookie);
    return new URLSearchParams(location.search).get("text") || (cookie && cookie[1]) || "standard";
  }

  // The page was kept in one size; links to others are the page's own and must not lose the signature.
  function setUp() {
    var size = document.querySelector(".pick-" + CSS.escape(chosen()));
    if (size) {
      root.className = "checking text-" + chosen();
      document.querySelectorAll("[class*=pick-]").forEach(function (link) { link.removeAttribute("aria-current"); });
      size.setAttribute("aria-current", "true");
    }
    document.querySelectorAll(".preferences a").forEach(function (link) { link.hash = fragment; });
    addEventListener("hashchange", function () { location.reload(); });
  }

  function typed() {
    try { return decodeURIComponent(parts[1]); } catch (error) { return parts[1]; }
  }

  document.addEventListener("DOMContentLoaded", function () {
    setUp();
    var code = typed();
    Promise.all([TwoSkillsPhone.look(code, fragment), TwoSkillsPhone.names()])
      .then(function (known) { TwoSkillsTold.tell(known[0], code, known[1]); })
      .catch(function () {
        var nothing = { kind: "cannot_tell", reason: "cannot_check", claims: null, bundle_at: null };
        TwoSkillsTold.tell({ answer: nothing, refused: null }, "", {});
      })
      .then(function () { root.classList.remove("checking"); });
  });
})();
