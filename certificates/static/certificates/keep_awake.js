/* Keeps the screen from going dark while somebody scans it, where the browser can. */
(function () {
  "use strict";
  if (!("wakeLock" in navigator)) return;
  function keep() { if (document.visibilityState === "visible") navigator.wakeLock.request("screen").catch(function () {}); }
  document.addEventListener("visibilitychange", keep);
  keep();
})();
