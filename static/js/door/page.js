// The door list with instant search, and taps that are kept while there is no net. Without this file every tap is a form.
const SEND_AGAIN = 15000; // ms, while something is unsent
const LOOK_AGAIN = 30000; // ms: other helpers tick too
const EARLY = 30 * 60000;
const UNDO = 10 * 60000;
const MOST_TAPS = 100; // in one delivery

const root = document.querySelector("[data-door]");
const place = location.pathname;
const DRAWERS = "openday.door ";
const drawer = `${DRAWERS}${place.replace(/^\/en\//, "/")}`; // what is unsent is handed in whichever language is read
const opened = Date.now();
const shelf = `door ${place}`;
const one = (name, within = root) => within.querySelector(`[data-${name}]`);
const all = (selector) => [...root.querySelectorAll(selector)];
const fill = (text, gaps) => text.replace(/\{(\w+)\}/g, (_gap, word) => gaps[word]);
const plain = (text) => text.toLowerCase().replaceAll("ß", "ss").replaceAll("ı", "i").normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
const spelledOut = (text) => plain(text.toLowerCase().replace(/[äöü]/g, (umlaut) => `${{ ä: "a", ö: "o", ü: "u" }[umlaut]}e`));
const clock = (at) => new Date(at).toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Berlin" });
const newNonce = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// What is unsent: ids, numbers and times, no name.
const readDrawer = (key) => {
  try { return { queue: [], ...JSON.parse(localStorage.getItem(key)) }; } catch { return { queue: [] }; }
};
const readQueue = () => readDrawer(drawer).queue;
const keepQueue = (queue, until) => {
  try { localStorage.setItem(drawer, JSON.stringify({ queue, until, place, opened })); } catch { /* a full phone ticks on while the page is open */ }
};

const forget = async () => {
  localStorage.removeItem(drawer);
  if (window.caches) await caches.delete(shelf);
  const worker = await navigator.serviceWorker?.getRegistration(place);
  if (worker && worker.scope.endsWith(place)) await worker.unregister();
};

// A door of a day that is over leaves nothing on the phone, also when nobody opens it again; unsent taps wait for their page.
const forgetPast = () => {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(DRAWERS))) {
    const past = readDrawer(key);
    if (key === drawer || !(past.until <= Date.now())) continue;
    if (window.caches) caches.delete(`door ${past.place}`);
    if (!past.queue.length) localStorage.removeItem(key);
  }
};

// Hands in the oldest taps; gives the answer, or the status when it was refused, or nothing when nobody answered.
const deliver = async (url, queue) => {
  const taps = queue.slice(0, MOST_TAPS).map(({ at, ...tap }) => ({ ...tap, ago: Math.max(0, Math.round((Date.now() - at) / 1000)) }));
  try {
    const answer = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ taps }) });
    return answer.ok ? await answer.json() : { status: answer.status };
  } catch {
    return {};
  }
};

// A page that says the day is over still hands in what was tapped on it.
const emptyDrawer = async (url) => {
  let queue = readQueue();
  while (queue.length) {
    const answer = await deliver(url, queue);
    if (!answer.answers && answer.status !== 400) break;
    queue = queue.slice(MOST_TAPS);
    keepQueue(queue);
  }
  if (!queue.length) await forget();
};

const openDoor = () => {
  const { delivery } = root.dataset;
  const until = Number(root.dataset.until);
  const texts = JSON.parse(root.dataset.texts);
  const times = JSON.parse(root.dataset.times);
  const rows = all("[data-guest]").map((element) => ({
    element,
    id: element.dataset.guest,
    slot: element.dataset.slot,
    persons: Number(element.dataset.persons),
    counts: "expected" in element.dataset,
    name: one("name", element).textContent,
    found: `${plain(element.dataset.find)} ${spelledOut(element.dataset.find)} ${plain(element.dataset.find).replaceAll("-", "")}`,
  }));
  const query = new URLSearchParams(location.search);
  let showsAll = query.get("zeigen") === "alle";
  let sure = { guests: {}, walkIns: {}, last: root.dataset.lastWalkIn || null };
  let queue = delivery ? readQueue() : []; // staff tick by forms only
  let isSending = false;
  for (const { element, id } of rows) if (element.dataset.came) sure.guests[id] = [Number(element.dataset.came), Number(element.dataset.size)];
  for (const time of times) sure.walkIns[time.id] = time.walk_ins;

  // What stands after everything that is still unsent.
  const standing = () => {
    const guests = { ...sure.guests };
    let extra = 0;
    for (const tap of queue) {
      if (tap.deed === "here" && !guests[tap.number]) guests[tap.number] = [tap.at, rows.find((row) => row.id === tap.number)?.persons];
      if (tap.deed === "back") delete guests[tap.number];
      if (tap.deed === "count" && guests[tap.number]) guests[tap.number] = [guests[tap.number][0], tap.size];
      extra += { walk_in: 1, walk_in_back: -1 }[tap.deed] || 0;
    }
    return { guests, walkIns: Object.values(sure.walkIns).reduce((sum, number) => sum + number, extra) };
  };

  const timesNow = () => {
    const now = Date.now();
    const running = times.filter((time) => time.from - EARLY <= now && now < time.to);
    if (running.length) return running;
    const next = times.find((time) => time.from > now) || times.at(-1);
    return next ? times.filter((time) => time.from === next.from) : [];
  };

  const showRows = () => {
    const words = one("search").value.split("/c/").at(-1).split(/\s+/).filter(Boolean).map((word) => [plain(word), spelledOut(word)]);
    const now = timesNow().map((time) => String(time.id));
    let shown = 0;
    for (const { element, slot, found } of rows) {
      const isWanted = words.length
        ? words.every(([word, spelled]) => found.includes(word) || found.includes(spelled))
        : showsAll || now.includes(slot);
      element.hidden = !isWanted;
      shown += isWanted;
    }
    one("nobody").hidden = shown > 0;
    for (const link of all("[data-view]")) {
      if ((link.dataset.view === "all") === showsAll) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    all("[data-view] [data-now]").forEach((label) => { label.textContent = fill(texts.now, { time: timesNow()[0]?.words || "" }).trim(); });
  };

  const showStanding = () => {
    const { guests, walkIns } = standing();
    let here = 0;
    let persons = 0;
    for (const row of rows) {
      const [at, size] = guests[row.id] || [];
      one("there", row.element).hidden = !at;
      if (one("tick", row.element)) one("tick", row.element).hidden = Boolean(at);
      row.element.classList.toggle("here", Boolean(at));
      if (!at) continue;
      here += size > 0;
      persons += size;
      one("state", row.element).textContent = fill(texts.state, { time: clock(at) });
      one("came", row.element).textContent = fill(texts.size, { number: size });
      if (one("undo", row.element)) one("undo", row.element).hidden = Date.now() - at > UNDO;
    }
    const expected = rows.filter((row) => row.counts);
    one("counter").textContent = fill(texts.counter, { here, all: expected.length });
    one("persons").textContent = fill(texts.persons, { here: persons, all: expected.reduce((sum, row) => sum + row.persons, 0) });
    one("walk-ins").textContent = fill(texts.walkIns, { number: walkIns });
    if (!delivery) return;
    one("walk-in-back").hidden = !sure.last;
    one("walk-in-back").elements.number.value = sure.last || "";
    one("unsent").hidden = !queue.length;
    one("unsent").textContent = queue.length ? fill(texts.unsent, { number: queue.length }) : "";
  };

  const say = (words) => { one("said").textContent = words; };

  const keepCopy = async () => {
    try { await (await caches.open(shelf)).addAll([place, ...assets()]); } catch { /* no net right now */ }
  };
  const assets = () => [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((part) => part.href || part.src);

  const leave = async () => {
    await forget();
    location.reload();
  };

  const take = (answer, sent) => {
    queue = queue.filter((tap) => !sent.includes(tap));
    keepQueue(queue, until);
    for (const { nonce, words } of answer.answers.filter((result) => result.words)) {
      const tap = sent.find((candidate) => candidate.nonce === nonce);
      const row = rows.find((candidate) => candidate.id === tap?.number && !tap.deed.startsWith("walk"));
      say(row ? `${row.name}: ${words}` : words);
    }
    if (!answer.state) return;
    sure = { guests: answer.state.guests, walkIns: answer.state.walk_ins, last: answer.state.last_walk_in };
    one("changed").hidden = answer.state.edition === root.dataset.edition;
  };

  const send = async () => {
    if (isSending || !delivery) return;
    isSending = true;
    const sent = queue.slice(0, MOST_TAPS);
    const answer = await deliver(delivery, queue);
    isSending = false;
    if ([403, 404, 410].includes(answer.status)) return leave();
    if (answer.status === 400) take({ answers: [] }, sent);
    if (!answer.answers) return undefined;
    take(answer, sent);
    if (!answer.state && !queue.length) return leave();
    showStanding();
    if (sent.length) await keepCopy();
    return queue.length ? send() : undefined;
  };

  const tapped = (form, deed) => {
    const { number, size } = form.elements;
    const tap = { nonce: newNonce(), deed, number: number.value, at: Date.now() };
    if (deed === "count") {
      if (!/^\d{1,3}$/.test(size.value) || Number(size.value) > Number(size.dataset.most)) return false;
      tap.size = Number(size.value);
    }
    queue = [...queue, tap];
    keepQueue(queue, until);
    const row = rows.find((candidate) => candidate.element.contains(form));
    const text = { here: texts.here, back: texts.back, count: texts.counted, walk_in: texts.walkIn, walk_in_back: texts.walkInBack }[deed];
    if (deed === "walk_in_back") sure.last = null;
    showStanding();
    say(`${fill(text, { name: row?.name, number: tap.size })} ${one("counter").textContent}`);
    if (row) one("row", row.element).focus();
    send();
    return true;
  };

  const close = () => {
    if (window.caches) caches.delete(shelf);
    one("list").hidden = true;
    say(texts.over);
    send();
  };

  root.addEventListener("submit", (event) => {
    if (event.target === one("search").form) {
      event.preventDefault();
      showRows();
    } else if (delivery && tapped(event.target, event.submitter.value)) {
      event.preventDefault();
    }
  });
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-view]");
    if (!link) return;
    event.preventDefault();
    one("search").value = "";
    showsAll = link.dataset.view === "all";
    history.replaceState(null, "", link.href);
    showRows();
  });
  one("search").addEventListener("input", showRows);
  if (query.has("q")) one("search").value = query.get("q");

  showRows();
  showStanding();
  keepQueue(queue, until);
  if (!delivery) return;
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  setInterval(() => { if (queue.length) send(); }, SEND_AGAIN);
  setInterval(() => { showRows(); if (!document.hidden) send(); }, LOOK_AGAIN);
  setTimeout(close, Math.max(0, until - Date.now()));
  send();
  if (!isSecureContext || !navigator.serviceWorker) return;
  const policy = window.trustedTypes?.createPolicy("door", { createScriptURL: (url) => url });
  const url = root.dataset.worker;
  navigator.serviceWorker.register(policy ? policy.createScriptURL(url) : url, { scope: place }).then(keepCopy, () => undefined);
};

// A phone that opened a list today is a helper's: a scanned code leads to its guest there. Any other stays where it is.
const openCode = () => {
  const doors = Object.keys(localStorage)
    .filter((key) => key.startsWith(DRAWERS))
    .map(readDrawer)
    .filter((door) => door.until > Date.now())
    .sort((one, other) => other.opened - one.opened);
  if (doors.length) location.replace(`${doors[0].place}?q=${root.dataset.code}`);
};

forgetPast();
if (root?.dataset.door === "open") openDoor();
if (root?.dataset.door === "code") openCode();
if (root?.dataset.door === "closed") emptyDrawer(root.dataset.delivery);
