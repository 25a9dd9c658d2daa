// Shows the door list where there is no net. It answers for one link only and for nothing else of the site; the page
// itself puts the copy here (page.js), on purpose: over HTTP a list of guests is never kept.
const name = `door ${new URL(registration.scope).pathname}`;
const PATIENCE = 4000; // ms a page is waited for while there is a copy: a cellar's net often hangs instead of failing
const ENDED = [403, 404, 410]; // revoked, or not this day

const forget = async () => {
  await caches.delete(name);
  await registration.unregister();
};

const kept = async (request) => {
  const copy = await (await caches.open(name)).match(request, { ignoreSearch: true, ignoreVary: true });
  if (copy && request.mode === "navigate" && Date.parse(copy.headers.get("Door-Closes")) <= Date.now()) {
    await forget();
    return undefined;
  }
  return copy;
};

const page = async (request) => {
  const copy = await kept(request);
  const late = new Promise((resolve) => { if (copy) setTimeout(resolve, PATIENCE, copy); });
  const fresh = fetch(request).then(async (answer) => {
    if (ENDED.includes(answer.status)) await forget();
    return answer.status >= 500 && copy ? copy : answer;
  });
  return Promise.race([fresh, late]).catch((failure) => {
    if (copy) return copy;
    throw failure;
  });
};

const asset = async (request) => (await kept(request)) || fetch(request);

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (pathname.startsWith("/static/") || pathname === "/favicon.svg") event.respondWith(asset(request));
});
