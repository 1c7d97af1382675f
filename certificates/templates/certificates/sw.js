/* Keeps the page that verifies without a network, and shows it for a certificate when the registry cannot be reached.
   It knows nothing of keys or answers: those are in the page's own scripts. Only /C/… is ever answered from here. */
"use strict";
const VERSION = "{{ version }}";
const SHELLS = {{ shells|safe }};
const FILES = {{ files|safe }};
const NAME = "twoskills-page-" + VERSION;
const KEPT = "twoskills-kept";
const LANGUAGE = "/kept/language"; // the one last used, written by phone.js
const PATIENCE = 8000; // ms; a phone with one bar of signal must not wait for ever

self.addEventListener("install", event => {
  const wanted = [...Object.values(SHELLS), ...FILES].map(address => new Request(address, { credentials: "omit", cache: "no-cache" }));
  event.waitUntil(caches.open(NAME).then(cache => cache.addAll(wanted)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", event => {
  const old = names => names.filter(name => name.startsWith("twoskills-page-") && name !== NAME);
  event.waitUntil(caches.keys().then(names => Promise.all(old(names).map(name => caches.delete(name)))));
});

self.addEventListener("fetch", event => {
  const request = event.request, address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate" && /^\/c\/[^/]+\/?$/i.test(address.pathname)) event.respondWith(page(request, address));
  else if (FILES.includes(address.pathname)) event.respondWith(file(request));
});

// The registry's own answer, also a refusal; ours only when there is none, or a gateway says that it is down.
async function page(request, address) {
  const late = new Promise(resolve => setTimeout(resolve, PATIENCE, null));
  const response = await Promise.race([fetch(request).catch(() => null), late]);
  return response && response.status < 500 ? response : shell(address);
}

async function file(request) {
  const response = await fetch(request).catch(() => null);
  return response && response.ok ? response : await caches.match(request, { ignoreSearch: true }) || Response.error();
}

async function shell(address) {
  const kept = await (await caches.open(KEPT)).match(LANGUAGE);
  const wanted = [address.searchParams.get("lang"), kept && await kept.text(), Object.keys(SHELLS)[0]];
  const cache = await caches.open(NAME);
  return await cache.match(SHELLS[wanted.find(language => language in SHELLS)]) || Response.error();
}
