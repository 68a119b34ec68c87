// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A client for rooms of a Glasshouse server; its shapes are described in glasshouse.d.ts, its use in docs/client-library.md.

const noReturn = new Set([1000, 1002, 1003, 1007, 1008, 1009, 4001, 4003, 4004, 4008, 4009]);
const lateReturn = new Set([4002, 4005]);
const endReasons = new Map([[1000, "over"], [4001, "refused"], [4003, "refused"], [4004, "gone"], [4008, "replaced"], [4009, "removed"]]);
// A relayed message with one of these types was made up by a player.
// messages: written by scripts/messages
const serverTypes = new Set([
  "connected", "player_joined", "player_left", "player_dropped", "player_resumed", "player_ready", "game_started",
  "game_finished", "game_paused", "game_resumed", "server_closing", "notice", "chat", "pong", "error",
]);
// end of messages
const maxBatch = 64;
const maxBatchLength = 16000; // characters; as UTF-8 still below the 64 KiB a message may have
const clockPings = 3;
const wakeAnswerMs = 4000;
const longestWaitMs = 300000; // that a server may ask for
const defaults = { reconnect: true, queueLimit: 100, heartbeatMs: 20000, answerMs: 10000, silentMs: 3000, queueMs: 60000, random: Math.random };
const closesMs = 2000; // more than a server that waits for a token needs to say that none came
const defaultBackoff = { firstMs: 500, maxMs: 10000, factor: 2, jitter: 0.5, stableMs: 5000, laterMs: 15000 };

export function comesBack(code) {
  if (noReturn.has(code)) return "no";
  return lateReturn.has(code) ? "later" : "yes";
}

export function sessionStore(key) {
  // Storage may be switched off; then a reload is a new player and nothing worse.
  return {
    load() {
      try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
    },
    save(session) {
      try { session ? sessionStorage.setItem(key, JSON.stringify(session)) : sessionStorage.removeItem(key); } catch { /* see above */ }
    },
  };
}

/** The server's limit of messages, as a bucket that fills again. Nothing is delayed below it; who has emptied it keeps a quarter
 * back until nothing waits any more, because networks bunch what was sent evenly. */
class Pace {
  #tokens = 0;
  #at = 0;
  limit = null; // {perSecond, burst}; null: there is none
  short = false;

  start(limit) {
    this.limit = limit?.perSecond > 0 && limit.burst > 0 ? { perSecond: limit.perSecond, burst: limit.burst } : null;
    this.short = false;
    [this.#tokens, this.#at] = [this.limit?.burst ?? 0, performance.now()];
  }

  /** The server has dropped messages. */
  missed(limit) {
    this.start(limit);
    this.spend(this.limit?.burst ?? 0);
    this.short = true;
  }

  spend(count) {
    this.#fill();
    this.#tokens -= count;
  }

  /** False: so much never passes at once. */
  fits(count) { return !this.limit || count <= this.limit.burst; }

  take(count) {
    if (!this.limit) return true;
    this.#fill();
    this.short ||= this.#tokens < count;
    if (this.#tokens < this.#wanted(count)) return false;
    this.#tokens -= count;
    return true;
  }

  msUntil(count) { return Math.max(1, Math.ceil((this.#wanted(count) - this.#tokens) * 1000 / this.limit.perSecond)); }

  #wanted(count) { return Math.min(this.limit.burst, count + (this.short ? this.limit.burst / 4 : 0)); }

  #fill() {
    const now = performance.now();
    if (this.limit) this.#tokens = Math.min(this.limit.burst, this.#tokens + (now - this.#at) * this.limit.perSecond / 1000);
    this.#at = now;
  }
}

export class Client {
  #options; #Socket; #url;
  #state = "idle";
  #socket = null;
  #session = null; // {resume, seq} of a seat that we may come back to
  #seq = 0;
  #attempt = 0;
  #late = false; // the server asked for this pause: waking up does not shorten it
  #timers = new Map(); // name → timer; whatever is in here ends with end()
  #wakers = null; // AbortController of the page's events
  #outbox = []; // {text, binary, id, alone, cost}: texts are whole envelopes
  #pace = new Pace();
  #silent = false; // something was asked, and nothing is heard
  #isOpened = false; // the socket is; the server has not said `connected` yet
  #unsaved = false; // the store has an older number of the last message
  #limited = false; // what we send is above the server's limit: it waits
  #requests = new Map(); // id → {resolve, reject, timer, sent}
  #listeners = new Map();
  #lastId = 0;
  #heardAt = 0;
  #ping = null; // {id, at} of the one that waits for its pong
  #pings = 0;
  #bestRtt = Infinity;
  playerId = null;
  name = null;
  room = null;
  rttMs = null;
  clockOffsetMs = 0;

  constructor(options) {
    this.#options = { ...defaults, ...options, backoff: { ...defaultBackoff, ...options.backoff } };
    this.#Socket = options.WebSocket ?? globalThis.WebSocket;
    this.#url = new URL(options.url, globalThis.location?.href);
    this.#url.protocol = this.#url.protocol.replace("http", "ws");
    this.#url.hash = "";
    for (const key of ["name", "game", "token"]) if (options[key]) this.#url.searchParams.set(key, options[key]);
  }

  get state() { return this.#state; }
  get seq() { return this.#seq; }
  get queued() { return this.#outbox.length; }
  get limited() { return this.#limited; }
  get silent() { return this.#silent; }
  get messageLimit() { return this.#pace.limit && { ...this.#pace.limit }; }
  serverNow() { return Date.now() + this.clockOffsetMs; }

  connect() {
    if (this.#state === "open" || this.#state === "connecting") return this;
    if (this.#state === "idle" || this.#state === "ended") {
      this.#session ??= this.#stored();
      this.#attempt = 0;
      this.#listenForWaking();
    }
    this.#open();
    return this;
  }

  leave() {
    if (this.#state === "idle" || this.#state === "ended") return;
    if (this.#state === "open") this.#flush();
    const socket = this.#detach();
    this.#end({ code: 1000, why: "left" });
    socket?.close(1000, "left");
  }

  send(type, data = {}, extra = {}) {
    const { id, to } = extra;
    return this.#post({ text: JSON.stringify({ type, data, id, to }), ...shape(type, data) });
  }

  sendBinary(bytes) { return this.#post({ binary: bytes.slice(0), alone: true, cost: 1 }); } // a copy: the caller may reuse its buffer

  clearQueue() { this.#drop(this.#outbox.splice(0)); }

  request(type, data = {}) {
    if (this.#state === "ended") return Promise.reject(failure("lost", "the connection ended"));
    const id = `r${++this.#lastId}`;
    return new Promise((resolve, reject) => {
      const item = { text: JSON.stringify({ type, data, id }), id, ...shape(type, data) }; // may throw
      this.#requests.set(id, { resolve, reject });
      this.#after(id, this.#options.queueMs, () => this.#giveUp(item));
      this.#post(item);
    });
  }

  on(type, listener) {
    if (!this.#listeners.has(type)) this.#listeners.set(type, new Set());
    this.#listeners.get(type).add(listener);
    return () => this.#listeners.get(type)?.delete(listener);
  }

  // ---- connection ----

  #open() {
    this.#clear("retry");
    const url = new URL(this.#url);
    if (this.#session) {
      url.searchParams.set("resume", this.#session.resume);
      url.searchParams.set("seq", this.#session.seq);
    }
    let socket;
    try {
      socket = new this.#Socket(url.href);
    } catch (error) { // e.g. ws: from a page with https:
      return this.#end({ reason: error.message, why: "refused" });
    }
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => this.#heard(data);
    socket.onclose = ({ code, reason }) => this.#closed(code, reason);
    socket.onerror = () => {}; // its close event follows and says more
    this.#socket = socket;
    this.#after("answer", this.#options.answerMs, () => this.#lose("no answer"));
    this.#become("connecting");
  }

  #opened() {
    this.#isOpened = true;
    if (this.#state === "connecting") this.#after("answer", this.#options.answerMs + closesMs, () => this.#lose("no answer"));
  }

  /** Forgets the socket; whatever it still has to say is not heard. */
  #detach() {
    const socket = this.#socket;
    this.#socket = null;
    // A socket of `ws` that is closed while it connects emits an error, which somebody must hear.
    if (socket) Object.assign(socket, { onopen: null, onmessage: null, onclose: null, onerror: () => {} });
    for (const name of ["answer", "beat", "batch", "stable", "pace"]) this.#clear(name);
    this.#hush(false);
    this.#isOpened = false;
    this.#limited = false;
    this.#ping = null;
    return socket;
  }

  /** The connection is as good as gone: nobody waits for its close, which may take minutes. */
  #lose(reason) {
    const wasOpen = this.#state === "open";
    const socket = this.#detach();
    this.#failSent();
    if (socket?.terminate) socket.terminate();
    else socket?.close();
    if (!this.#options.reconnect) this.#end({ code: 1006, reason, why: "lost" });
    else if (wasOpen) this.#open();
    else this.#wait(1006, reason);
  }

  #closed(code, reason) {
    const wasRefused = code === 1006 && this.#state === "connecting";
    const wantsToken = code === 4010 && this.#isOpened && this.#state === "connecting" && !this.#url.searchParams.has("token");
    this.#detach();
    this.#failSent();
    if (wantsToken) return this.#end({ code, reason, why: "refused" });
    const back = comesBack(code);
    if (back === "no") return this.#end({ code, reason, why: endReasons.get(code) ?? "protocol" });
    if (!this.#options.reconnect) return this.#end({ code, reason, why: "lost" });
    const nextTryAt = this.#wait(code, reason, back === "later" ? this.#options.backoff.laterMs : 0);
    if (wasRefused && this.#Socket === globalThis.WebSocket) this.#askWhy(nextTryAt);
  }

  /** A browser tells no page why its upgrade was refused. A plain request to the same place is refused for the same reason, in
   * words, and says how long to wait. */
  async #askWhy(nextTryAt) {
    const url = new URL(this.#url.href.replace(/^ws/, "http"));
    url.search = ""; // there may be a token in it
    const attempt = this.#attempt;
    try {
      const answer = await fetch(url, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(this.#options.answerMs) });
      const { status } = answer;
      if (status !== 429 && status !== 503) return;
      const { message } = await answer.json();
      if (this.#state !== "waiting" || this.#attempt !== attempt) return;
      const seconds = Number(answer.headers.get("Retry-After")) || 0;
      const left = Math.max(0, nextTryAt - Date.now());
      this.#waitFor(Math.min(longestWaitMs, seconds * 1000) + left, { code: 1006, reason: String(message), status }, seconds > 0);
    } catch { /* not heard either: what is known stays */ }
  }

  #wait(code, reason, leastMs = 0) {
    const { firstMs, maxMs, factor, jitter } = this.#options.backoff;
    const pause = Math.min(maxMs, firstMs * factor ** this.#attempt++);
    return this.#waitFor(leastMs + pause * (1 - jitter * this.#options.random()), { code, reason }, leastMs > 0);
  }

  /** Returns when the next try is. */
  #waitFor(ms, change, isAsked) {
    const nextTryAt = Date.now() + ms;
    this.#late = isAsked;
    this.#after("retry", ms, () => this.#open());
    this.#become("waiting", { ...change, nextTryAt });
    return nextTryAt;
  }

  #end(change) {
    for (const name of [...this.#timers.keys()]) this.#clear(name);
    this.#wakers?.abort();
    for (const [id] of this.#requests) this.#settle(id, failure("lost", "the connection ended"));
    this.clearQueue();
    if (change.why !== "lost") this.#session = null;
    if (change.why !== "lost" && change.why !== "replaced") this.#store(null); // a newer connection may use the same store
    this.#become("ended", change);
  }

  #become(state, change = {}) {
    this.#state = state;
    this.#emit(":state", { ...change, state, attempt: this.#attempt, limited: this.#limited });
  }

  // A phone that wakes up, or is in a network again, does not wait for its timers, which stood still as well.
  #listenForWaking() {
    if (!globalThis.addEventListener || !globalThis.document) return;
    this.#wakers?.abort();
    this.#wakers = new AbortController();
    const wake = () => { if (document.visibilityState === "visible") this.#wake(); };
    const { signal } = this.#wakers;
    for (const name of ["online", "offline", "pageshow"]) addEventListener(name, wake, { signal });
    document.addEventListener("visibilitychange", wake, { signal });
    addEventListener("pagehide", () => this.#saveNumber(), { signal });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.#saveNumber(); }, { signal });
  }

  #wake() {
    if (this.#state === "waiting" && !this.#late) this.#open();
    else if (this.#state === "open") this.#check(Math.min(wakeAnswerMs, this.#options.answerMs));
  }

  // ---- heartbeat and clock ----

  #beat() {
    const { heartbeatMs, answerMs } = this.#options;
    if (!heartbeatMs) return;
    const quiet = performance.now() - this.#heardAt;
    if (quiet >= heartbeatMs) this.#check(answerMs);
    this.#after("beat", quiet >= heartbeatMs ? heartbeatMs : heartbeatMs - quiet, () => this.#beat());
  }

  /** Sends a ping; whatever comes in time is an answer. */
  #check(answerMs) {
    this.#ping = { id: `p${++this.#lastId}`, at: performance.now() };
    this.#pace.spend(1);
    this.#socket.send(JSON.stringify({ type: "ping", data: { timestamp: Date.now() }, id: this.#ping.id }));
    this.#listen();
    this.#after("answer", answerMs, () => this.#lose("no answer"));
  }

  #pong(serverTime) {
    const rtt = performance.now() - this.#ping.at;
    this.#ping = null;
    this.rttMs = rtt;
    if (rtt < this.#bestRtt && Number.isFinite(serverTime)) {
      this.#bestRtt = rtt;
      this.clockOffsetMs = serverTime + rtt / 2 - Date.now();
    }
    if (++this.#pings < clockPings) this.#check(this.#options.answerMs);
  }

  /** Something is asked for: within silentMs there is something to hear. */
  #listen() {
    if (!this.#silent && !this.#timers.has("silent")) this.#after("silent", this.#options.silentMs, () => this.#hush(true));
  }

  #hush(silent) {
    this.#clear("silent");
    if (silent === this.#silent) return;
    this.#silent = silent;
    this.#emit(":silent", { silent });
  }

  // ---- in ----

  #heard(data) {
    this.#heardAt = performance.now();
    this.#hush(false);
    if (this.#state === "open") this.#clear("answer");
    if (typeof data === "string") return this.#text(data);
    this.#advance(this.#seq + 1); // a binary message counts as one of the session
    this.#emit(":binary", data);
  }

  #text(text) {
    let message = null;
    try { message = JSON.parse(text); } catch { /* not ours to judge: the rest may be fine */ }
    if (message?.type === "batch" && !message.from && Array.isArray(message.data)) {
      this.#advance(message.seq);
      for (const one of message.data) if (one?.type !== "batch") this.#envelope(one);
    } else {
      this.#envelope(message);
    }
  }

  #envelope(message) {
    if (typeof message !== "object" || typeof message?.type !== "string") return;
    message.data ??= {};
    const relayed = message.from !== undefined;
    if (message.type === "connected" && this.#state === "connecting" && !relayed) return this.#connected(message);
    this.#advance(message.seq);
    if (relayed) return this.#tell(message, serverTypes.has(message.type));
    if (message.type === "pong" && message.re === this.#ping?.id && this.#ping) this.#pong(message.data.serverTime);
    if (message.type === "error" && message.data.code === "rate_limited") this.#pace.missed(message.data);
    const asked = this.#settle(message.re, message.type === "error" ? failure(message.data.code, message.data.message, message.data) : message);
    this.#tell(message, asked && message.type === "error");
  }

  #tell(message, quietly) {
    if (!quietly && !message.type.startsWith(":")) this.#emit(message.type, message.data, message);
    this.#emit("*", message.data, message);
  }

  #connected(message) {
    const { playerId, name, room, resume, serverTime, messageLimit } = message.data;
    this.#pace.start(messageLimit);
    Object.assign(this, { playerId, name, room });
    this.#seq = Number.isInteger(message.seq) ? message.seq : 0;
    this.#session = typeof resume === "string" && resume ? { resume, seq: this.#seq } : null;
    this.#store(this.#session);
    this.#bestRtt = Infinity;
    if (Number.isFinite(serverTime)) this.clockOffsetMs = serverTime - Date.now();
    this.#clear("answer");
    this.#after("stable", this.#options.backoff.stableMs, () => { this.#attempt = 0; });
    this.#pings = 0;
    this.#become("open");
    this.#tell(message);
    if (this.#state !== "open") return; // a listener left
    if (this.#options.heartbeatMs) this.#check(this.#options.answerMs);
    this.#beat();
    this.#flush();
  }

  #advance(seq) {
    if (!Number.isInteger(seq)) return;
    this.#seq = seq;
    if (!this.#session) return;
    this.#session.seq = seq;
    this.#unsaved = true;
    if (!this.#wakers) this.#saveNumber(); // nobody tells a program before its end
  }

  /** An older number would do, too: the server says again what is behind it. */
  #saveNumber() {
    if (this.#unsaved && this.#session) this.#store(this.#session);
  }

  #emit(type, ...values) {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) {
      try { listener(...values); } catch (error) { console.error(error); } // one listener's fault is not the others'
    }
  }

  /** Is there a request with this id? Then it has its answer. */
  #settle(id, answer) {
    const request = this.#requests.get(id);
    if (!request) return false;
    this.#requests.delete(id);
    this.#clear(id);
    answer instanceof Error ? request.reject(answer) : request.resolve(answer);
    return true;
  }

  /** Requests that went out with the connection that is gone. Those in the queue still have their chance. */
  #failSent() {
    for (const [id, { sent }] of this.#requests) if (sent) this.#settle(id, failure("lost", "the connection was lost"));
  }

  // ---- out ----

  #post(item) {
    if (this.#state === "ended") {
      this.#drop([item]);
      return false;
    }
    if (this.#state === "open" && !this.#pace.fits(item.cost)) {
      this.#drop([item]);
      return false;
    }
    this.#outbox.push(item);
    const { batch, queueLimit } = this.#options;
    if (this.#state === "open" && !this.#limited) {
      if (!batch || item.alone || this.#outbox.length >= Math.min(batch.count, maxBatch)) this.#flush();
      else if (!this.#timers.has("batch")) this.#after("batch", batch.delayMs, () => this.#flush());
      if (!this.#limited) return true;
    }
    this.#drop(this.#outbox.splice(0, Math.max(0, this.#outbox.length - queueLimit)));
    return false;
  }

  #drop(items) {
    for (const { id } of items) this.#settle(id, failure("lost", "it was never sent"));
    if (items.length) this.#emit(":lost", { count: items.length });
  }

  /** Sends what waits, in order, as far as the server's limit goes; the rest follows by itself. */
  #flush() {
    this.#clear("batch");
    for (let next = this.#next(); next.length; next = this.#next()) {
      const cost = next.reduce((sum, item) => sum + item.cost, 0);
      if (!this.#pace.fits(cost)) {
        this.#drop(this.#outbox.splice(0, next.length)); // a batch of the caller's, from before the limit was known
        continue;
      }
      if (!this.#pace.take(cost)) return this.#limit(true, this.#pace.msUntil(cost));
      this.#outbox.splice(0, next.length);
      for (const { id } of next) if (id !== undefined) this.#sent(id);
      this.#socket.send(next.length === 1 ? next[0].binary ?? next[0].text : `{"type":"batch","data":[${next.map(({ text }) => text).join()}]}`);
    }
    this.#pace.short = false;
    this.#limit(false);
  }

  /** What goes out as one message. */
  #next() {
    const most = Math.min(this.#options.batch?.count ?? 1, maxBatch, this.#pace.limit?.burst ?? maxBatch);
    let length = 0;
    let count = 0;
    for (const { text, alone } of this.#outbox.slice(0, most)) {
      if (count > 0 && (alone || length + text.length > maxBatchLength)) break;
      ++count;
      if (alone) break;
      length += text.length;
    }
    return this.#outbox.slice(0, count);
  }

  #limit(limited, ms) {
    if (limited) this.#after("pace", ms, () => this.#flush());
    if (limited === this.#limited) return;
    this.#limited = limited;
    this.#become("open");
  }

  #sent(id) {
    const request = this.#requests.get(id);
    if (!request) return;
    request.sent = true;
    this.#listen();
    this.#after(id, this.#options.answerMs, () => this.#settle(id, failure("timeout", "the server did not answer")));
  }

  /** A request that could not be sent for too long. */
  #giveUp(item) {
    this.#outbox = this.#outbox.filter((one) => one !== item);
    this.#drop([item]);
  }

  // ---- help ----

  #after(name, ms, then) {
    this.#clear(name);
    this.#timers.set(name, setTimeout(() => { this.#timers.delete(name); then(); }, ms));
  }

  #clear(name) {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }

  #stored() {
    const session = this.#options.store?.load();
    return typeof session?.resume === "string" && Number.isInteger(session.seq) ? session : null;
  }

  #store(session) {
    this.#unsaved = false;
    this.#options.store?.save(session && { ...session });
  }
}

const shape = (type, data) => ({ alone: type === "batch", cost: type === "batch" && Array.isArray(data) ? Math.max(1, data.length) : 1 });
const failure = (code, message, data) => Object.assign(new Error(String(message)), { code: String(code), data });
