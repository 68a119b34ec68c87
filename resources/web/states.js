// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The states of a page of a room, and what each of its parts does in them. This file imports nothing, so that tests can read it.

// tone: of the banner; none: there is no banner. action: what its button does (see connection.js); none: there is no button.
// play: the game, its fields and the chat can be used, and the clocks run. What is not in play is hidden until we were in, and greyed
// out afterwards. The words of a state are the text `link.NAME`.
const row = (tone, action, play) => ({ tone, action, play });

export const states = {
  // on the way in
  connecting: row("calm", "", false),
  unanswered: row("bad", "now", false),
  busy: row("bad", "now", false),
  full: row("bad", "now", false),
  // not let in
  tokenWanted: row("bad", "home", false),
  tokenBad: row("bad", "home", false),
  tokenElsewhere: row("bad", "own", false),
  refused: row("bad", "home", false),
  notFound: row("bad", "home", false),
  // in
  open: row("", "", true),
  paused: row("pause", "", true),
  silent: row("pause", "", true),
  back: row("good", "", true),
  backLate: row("good", "", true),
  expired: row("good", "", true),
  restarted: row("good", "", true),
  // in, and the line is lost: the seat waits
  lost: row("bad", "now", true),
  delayed: row("bad", "now", true),
  closing: row("bad", "now", true),
  failed: row("bad", "now", true),
  tooFast: row("bad", "now", true),
  tooSlow: row("bad", "now", true),
  unheard: row("bad", "now", true),
  idle: row("bad", "now", true),
  // out
  left: row("bad", "again", false),
  over: row("bad", "home", false),
  gone: row("bad", "home", false),
  removed: row("bad", "again", false),
  replaced: row("bad", "again", false),
  protocol: row("bad", "reload", false),
};

const lossOf = { 1001: "closing", 1011: "failed", 4002: "tooFast", 4005: "full", 4006: "tooSlow", 4007: "unheard", 4010: "idle" };
const endOf = { left: "left", over: "over", removed: "removed", replaced: "replaced" };

function refusal({ code, reason, hasToken, tokenRoom }) {
  if (code === 4003) return "refused";
  if (!hasToken) return "tokenWanted";
  return tokenRoom && /another room/.test(reason) ? "tokenElsewhere" : "tokenBad";
}

function loss({ code, status, wasIn, isRetrying }) {
  if (status) return wasIn ? "delayed" : "busy";
  return lossOf[code] ?? (wasIn ? "lost" : isRetrying ? "unanswered" : "connecting");
}

/** The name of the state. facts: {state, code, reason, why, status} of the client's last change that told them; isRetrying: there was
 * a try in vain; wasIn: we had a seat, and it has not ended; wantsToken: the server asks for a token that we do not have; hasToken;
 * tokenRoom (what the token says); paused; silent; news: "back", "backLate", "expired" or "restarted", for a moment. */
export function stateOf(facts) {
  const { state, why, wasIn, wantsToken, silent, news, paused } = facts;
  if (wantsToken) return "tokenWanted";
  if (state === "ended" && why === "refused") return refusal(facts);
  if (state === "ended" && why === "gone") return wasIn ? "gone" : "notFound";
  if (state === "ended") return endOf[why] ?? "protocol";
  if (state !== "open") return loss(facts);
  return silent ? "silent" : news || (paused ? "paused" : "open");
}
