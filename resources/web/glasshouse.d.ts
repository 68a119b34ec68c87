// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
/** A client for rooms of a Glasshouse server. No dependencies; runs in browsers and in Node 20 (give it a WebSocket class there). */

export interface Envelope {
  type: string;
  data: any;
  id?: string | number;
  /** the request's id, in a direct answer */
  re?: string | number;
  /** the player who caused a relayed message */
  from?: string;
  seq?: number;
}

/** What the server says by itself, in every room: never with `from`. */
// messages: written by scripts/messages
export type ServerType =
  "connected" | "player_joined" | "player_left" | "player_dropped" | "player_resumed" | "player_ready" |
  "game_started" | "game_finished" | "game_paused" | "game_resumed" | "server_closing" | "notice" | "chat" | "pong" |
  "error";
// end of messages

export interface ClientOptions {
  /** e.g. "ws://192.168.1.20:8080/ws/K7QF"; a path alone is taken as of this page's server */
  url: string;
  name?: string;
  /** kind of game for a room that does not exist yet */
  game?: string;
  token?: string;
  /** come back after a loss; default true */
  reconnect?: boolean;
  /** Pauses between tries; defaults 500, 10000, 2, 0.5, 5000, 15000. The ladder begins anew only after a connection that
   * held for stableMs; jitter is the part of each pause that chance may take away; laterMs is the least pause after a
   * close code that asks for one. */
  backoff?: { firstMs?: number; maxMs?: number; factor?: number; jitter?: number; stableMs?: number; laterMs?: number };
  /** messages kept while offline, and while more is sent than the server takes; the oldest go first; default 100 */
  queueLimit?: number;
  /** join messages into one `batch` of at most `count` (64 at most) after at most `delayMs`; off unless given */
  batch?: { count: number; delayMs: number };
  /** ping of our own where the server was not heard for so long; default 20000, 0 = never */
  heartbeatMs?: number;
  /** how long to wait for `connected`, for the answer to a ping and for that to a request; default 10000 */
  answerMs?: number;
  /** how long nothing may be heard after a ping or a request before ":silent" says so; default 3000 */
  silentMs?: number;
  /** how long a request() may wait to be sent before it rejects with "lost"; default 60000 */
  queueMs?: number;
  /** where the resume token is kept over a reload; default none. sessionStore(key) is one. */
  store?: Store;
  /** class to use, for Node */
  WebSocket?: any;
  random?: () => number;
}

export interface Session { resume: string; seq: number }
export interface Store { load(): Session | null; save(session: Session | null): void }

/** idle → connecting → open → waiting → connecting …; ended is final until connect() is called again.
 * "open" begins with the server's `connected`. */
export type State = "idle" | "connecting" | "open" | "waiting" | "ended";

export interface StateChange {
  state: State;
  /** close code and reason of the last connection; 1006 where there was none */
  code?: number;
  reason?: string;
  /** 429 or 503: with this the server refused the upgrade, and `reason` has its words. A browser does not tell; it is found
   * out by a plain request, so it comes in a second change to "waiting", with the pause that the server asks for. */
  status?: number;
  /** when the next try begins (ms since 1970), in "waiting" */
  nextTryAt?: number;
  /** in "open": more is sent than the server takes, and waits. It comes with its own change, "open" to "open". */
  limited: boolean;
  /** pauses since the last connection that was stable */
  attempt: number;
  /** why it will not come back, in "ended": "left" by us | "over" (the server closed the room) | "refused" (not allowed in)
   * | "gone" (no such room) | "removed" | "replaced" | "protocol" | "lost" (only with reconnect: false) */
  why?: "left" | "over" | "refused" | "gone" | "removed" | "replaced" | "protocol" | "lost";
}

/** What request() rejects with: the `code` and `message` of an `error`, or code "lost" (the connection ended or the queue
 * was full) or "timeout". */
export interface RequestError extends Error {
  code: string;
  /** of an `error`, all that it said */
  data?: any;
}

export class Client {
  constructor(options: ClientOptions);
  readonly state: State;
  readonly playerId: string | null;
  readonly name: string | null;
  /** data.room of the last `connected`: {id, code, game, state, players: [{playerId, name, status}], gameState} */
  readonly room: any;
  readonly seq: number;
  readonly rttMs: number | null;
  /** serverTime − Date.now(), from the fastest pong of this connection */
  readonly clockOffsetMs: number;
  /** Date.now() of the server, as far as we can know: compare `startsAt` and the like with this. */
  serverNow(): number;
  /** messages waiting to be sent */
  readonly queued: number;
  /** Something was asked, and nothing is heard. */
  readonly silent: boolean;
  /** More was sent than the server takes: what is sent now waits in the queue, until there is room. */
  readonly limited: boolean;
  /** What the server takes, of this connection; a batch counts as what it holds. Null: it said nothing of a limit. Below it nothing
   * is delayed. */
  readonly messageLimit: { perSecond: number; burst: number } | null;
  /** Starts. In "waiting" it tries at once, in "open" and "connecting" it does nothing. */
  connect(): this;
  /** gives the seat up (close 1000); no reconnect */
  leave(): void;
  /** false: it waits in the queue, or was dropped, and ":lost" said so: the queue is off, the connection has ended, or it is a batch
   * above the server's limit */
  send(type: string, data?: any, extra?: { id?: string | number; to?: string }): boolean;
  sendBinary(bytes: ArrayBuffer | Uint8Array): boolean;
  /** Forgets what waits to be sent, e.g. moves of a game that went on without us. */
  clearQueue(): void;
  /** Resolves with the answer, rejects with a RequestError; one of both within queueMs and answerMs. */
  request(type: string, data?: any): Promise<Envelope>;
  /** Hears messages of one type; an `error` that answers a request() goes there and to "*" only. Returns the undo.
   * "*" hears every message. What is not a message of the wire begins with a colon, which no type can:
   * ":state" gets a StateChange (use "connected" for what has to be done once for each connection), ":binary" an ArrayBuffer,
   * ":lost" {count} when messages were dropped, ":silent" {silent} when nothing is heard though something was asked, and when it is
   * again.
   * A relayed message (envelope.from) with a type of the server's (ServerType) is heard by "*" only: players can not make
   * others believe that they are the server. */
  on(type: string, listener: (data: any, envelope: Envelope) => void): () => void;
}

/** Keeps the session in sessionStorage under this key, so that a reload comes back to its seat. In a browser it is written with
 * each seat and when the page goes or is hidden, elsewhere with each message. */
export function sessionStore(key: string): Store;
/** Should a client come back after this close code? "yes", "later" (after a pause), or "no". */
export function comesBack(code: number): "yes" | "later" | "no";
