/// <reference lib="webworker" />
/** The service worker: the app opens without a network. What Python says is kept by the app itself, not here. */
export {};
declare const self: ServiceWorkerGlobalScope;

const CACHE = "hipwise-__VERSION__";
const FILES = JSON.parse("__FILES__") as string[];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
  void self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/api/") || address.pathname.startsWith("/trust")) return;
  const shell = event.request.mode === "navigate" ? "/" : event.request;
  event.respondWith(caches.match(shell, { ignoreSearch: true }).then((kept) => kept ?? fetch(event.request)));
});
