// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
import { announce, errorText, glide, make, openRoom, toast } from "./common.js";
import { number, onLanguage, place, t } from "./texts.js";
import "./horse-race.texts.js";
import { BetSlip, disc, payoutOf } from "./betslip.js";
import { Track } from "./track.js";

const at = (id) => document.getElementById(id);
const startChips = 1000;
const leaderEveryMs = 4000; // how often a screen reader says who leads
const ordersEveryMs = 250;
const suspenseMs = 900; // until the others are in, too

const accounts = new Map(); // playerId → {name, chips, staked, loans}
const { client, on, roster, connection, room, redrawPlayers } = openRoom("horse-race", { extra: playerExtra });
const track = new Track(at("track"), place);
const slip = new BetSlip({ form: at("slip"), horses: at("horses"), stake: at("stake"), tokens: at("tokens"), button: at("place") }, placeBet);

let round = { phase: "waiting", roundId: 0, horses: [] };
let bets = []; // ours in this round: {horse (null: not known any more), stake, payout (after the race)}
let known = false;
let caughtUpAt = 0; // up to this message the state that we have knows it all already
const catchingUp = () => client.seq <= caughtUpAt;
let paused = false;
let leader = { number: 0, at: 0 };
let orderAt = 0;

const horse = (number_) => round.horses.find((one) => one.number === number_);
const chips = (count) => t("horses.purse", { count, amount: number(count) });
const signed = (value) => (value > 0 ? "+" : value < 0 ? "−" : "±") + number(Math.abs(value));

// ---- accounts ----

function account(playerId, name) {
  if (!accounts.has(playerId)) accounts.set(playerId, { name: name ?? roster.name(playerId), chips: startChips, staked: 0, loans: 0 });
  return accounts.get(playerId);
}
const mine = () => account(client.playerId, client.name);

function playerExtra({ playerId }) {
  const { chips: held, staked, loans } = accounts.get(playerId) ?? {};
  if (held === undefined) return null;
  const more = [staked > 0 && t("horses.staked", { amount: number(staked) }), loans > 0 && t("horses.debt", { amount: number(loans) })].filter(Boolean);
  return make("span", {}, chips(held), more.length > 0 && make("small", {}, more.join(" · ")));
}

/** By what they own, debts taken off. */
const standing = () => [...accounts].map(([playerId, one]) => ({ playerId, ...one, score: one.chips + one.staked - one.loans }))
  .sort((one, other) => other.score - one.score);

// ---- what the server says ----

on("connected", ({ resumed, missed = 0, room: { gameState, paused: still, players } }) => {
  paused = still === true;
  if (resumed && known) return; // what was missed follows, in order
  caughtUpAt = resumed ? client.seq + missed : 0;
  known = true;
  accounts.clear();
  for (const one of gameState.players) accounts.set(one.playerId, { ...one });
  for (const player of players) account(player.playerId, player.name);
  takeState(gameState);
});

function takeState(state) {
  round = { ...state, payouts: null }; // who comes late is not told what the bets paid
  bets = ownBets(state);
  track.line(round.horses);
  track.mark(bets.map((bet) => bet.horse));
  slip.show(round.horses);
  if (state.positions) track.sync(state.positions, state.elapsedMs);
  if (state.ranking) track.finish(state.ranking);
  if (state.secondsLeft) round.secondsLimit = state.secondsLeft;
  show();
}

on("new_round", (data) => {
  if (catchingUp() && data.roundId <= round.roundId) return;
  round = { ...data, phase: "betting", secondsLeft: data.secondsLimit, payouts: [] };
  bets = [];
  for (const one of accounts.values()) one.staked = 0;
  track.line(round.horses);
  slip.show(round.horses);
  show();
  announce(t("horses.said.new"));
});

const ofThisRound = (listener) => (data) => { if (data.roundId === round.roundId) listener(data); };

on("timer_update", ofThisRound(({ secondsLeft }) => {
  if (round.phase !== "betting") return;
  round.secondsLeft = secondsLeft;
  showPhase();
  if (secondsLeft === 5) announce(t("horses.said.close", { count: secondsLeft }));
}));

on("timer_expired", ofThisRound(() => {
  if (round.phase !== "betting") return;
  round.phase = "closed";
  show();
}));

on("race_start", ofThisRound(({ startsAt }) => {
  if (round.phase === "results") return;
  Object.assign(round, { phase: "racing", startsAt, positions: null });
  show();
}));

on("race_sync", ofThisRound(({ positions, elapsedMs }) => {
  if (round.phase === "results") return;
  const first = !round.positions;
  Object.assign(round, { phase: "racing", positions });
  track.sync(positions, elapsedMs);
  if (first) showPhase();
  showLeaders();
}));

on("race_results", ofThisRound((data) => {
  const { ranking, payouts, chips: held, loans } = data;
  const knew = catchingUp() && round.phase === "results";
  Object.assign(round, { phase: "results", ranking, payouts, loans });
  for (const [playerId, amount] of Object.entries(held)) Object.assign(account(playerId), { chips: amount, staked: 0 });
  if (!knew) for (const { playerId, amount } of loans) account(playerId).loans += amount;
  bets = payouts.filter(({ playerId }) => playerId === client.playerId);
  track.finish(ranking);
  setTimeout(tellOutcome, catchingUp() ? 0 : suspenseMs, data.roundId);
}));

function tellOutcome(roundId) {
  if (roundId !== round.roundId || round.phase !== "results") return;
  show();
  announce(`${t("horses.winner", { name: horse(round.ranking[0]).name })} ${ownText()} ${t("horses.said.purse", { chips: chips(mine().chips) })}`);
}

on("bet_accepted", ({ roundId, horse: number_, stake, chips: left }) => {
  if (roundId !== round.roundId) return;
  const unknown = catchingUp() && bets.find((bet) => bet.horse === null && bet.stake === stake);
  if (unknown) unknown.horse = number_;
  else if (!catchingUp()) {
    bets.push({ horse: number_, stake });
    mine().staked += stake;
  }
  mine().chips = left;
  remember();
  track.mark(bets.map((bet) => bet.horse));
  showBets();
  if (!catchingUp()) announce(t("horses.said.bet", { stake: number(stake), horse: horse(number_)?.name ?? "", chips: chips(left) }));
});

on("bet_placed", ofThisRound(({ playerId, stake }) => {
  if (catchingUp()) return;
  account(playerId).chips -= stake;
  account(playerId).staked += stake;
  redrawPlayers();
}));

// Somebody came back to what he left here, or took over what his other seat left. What is bet only its owner is told.
on("purse", ({ playerId, chips: amount, staked, loans, bets: open }) => {
  if (catchingUp()) return;
  Object.assign(account(playerId), { chips: amount, staked, loans });
  if (open && ["betting", "closed", "racing"].includes(round.phase)) {
    bets = open;
    remember();
    track.mark(bets.map((bet) => bet.horse));
  }
  showBets();
  redrawPlayers();
});

on("game_started", ({ chips: held = {} }) => {
  if (catchingUp()) return;
  for (const [playerId, amount] of Object.entries(held)) Object.assign(account(playerId), { chips: amount, staked: 0, loans: 0 });
  round = { phase: "waiting", roundId: round.roundId, horses: [] };
  show();
});

on("game_finished", ({ results }) => {
  if (catchingUp()) return;
  for (const { playerId, chips: amount, loans } of results) Object.assign(account(playerId), { chips: amount, loans, staked: 0 });
  round = { phase: "finished", roundId: round.roundId, horses: [], results };
  bets = [];
  show();
});

on("game_paused", () => { paused = true; showPhase(); });
on("game_resumed", () => {
  paused = false;
  track.forgetClock();
  showPhase();
});

roster.onChange((what, player) => {
  if (what === "all") for (const playerId of accounts.keys()) if (!roster.get(playerId)) accounts.delete(playerId);
  if (what === "left") accounts.delete(player.playerId);
  if (what === "joined") account(player.playerId, player.name);
  if (known) { showPhase(); redrawPlayers(); }
});

// ---- bets ----

/** True: the server has taken it. What it takes it says with bet_accepted, what not it answers with an error. */
function placeBet(horse_, stake) {
  return new Promise((resolve) => {
    const heard = client.on("bet_accepted", () => { heard(); resolve(true); });
    client.request("place_bet", { horse: horse_, stake }).catch((error) => {
      heard();
      if (error.code !== "timeout") toast(errorText(error));
      resolve(false);
    });
  });
}

// The state of the room tells our stakes, but not our horses: those survive a reload here.
const storeKey = `bets:${room}`;
function remember() {
  try { sessionStorage.setItem(storeKey, JSON.stringify({ playerId: client.playerId, roundId: round.roundId, bets })); } catch { /* see ownBets() */ }
}
function ownBets(state) {
  let stored = null;
  try { stored = JSON.parse(sessionStorage.getItem(storeKey)); } catch { /* the horses are not known then */ }
  const left = stored?.playerId === client.playerId && stored.roundId === state.roundId ? [...stored.bets] : [];
  const take = (stake) => {
    const index = left.findIndex((bet) => bet.stake === stake);
    return index < 0 ? { horse: null, stake } : left.splice(index, 1)[0];
  };
  return state.bets.filter(({ playerId }) => playerId === client.playerId).map(({ stake }) => take(stake));
}

// ---- what is shown ----

function show() {
  const { phase } = round;
  const running = round.horses.length > 0;
  if (document.body.dataset.phase !== phase) goUp();
  document.body.dataset.phase = phase;
  at("betting").hidden = phase !== "betting";
  at("race").hidden = !running;
  at("outcome").hidden = phase !== "results" && phase !== "finished";
  if (phase !== "racing") at("leaders").replaceChildren();
  showPhase();
  showBets();
  showOutcome();
}

// What matters now is at the top; who writes in the chat stays there.
function goUp() {
  if (!at("chat").contains(document.activeElement)) scrollTo({ top: 0, behavior: glide() });
}

function phaseText() {
  if (paused) return t("horses.paused");
  const who = roster.mayStart ? "you" : roster.starter ? "other" : "nobody";
  switch (round.phase) {
  case "betting": return t("horses.betting", { count: round.secondsLeft ?? 0 });
  case "closed": return t("horses.closed");
  case "racing": return t(round.positions ? "horses.racing" : "horses.closed");
  case "results": return t("horses.results");
  case "finished": return t("horses.finished");
  default: return t(`horses.waiting.${who}`, { name: roster.starter?.name ?? "" });
  }
}

function showPhase() {
  const { phase, secondsLeft, secondsLimit, roundId } = round;
  const idle = phase === "waiting" || phase === "finished";
  at("round").textContent = idle ? t("game.horse-race") : t("horses.round", { round: roundId });
  if (at("phase").textContent !== phaseText()) at("phase").textContent = phaseText();
  at("phase").setAttribute("aria-live", phase === "betting" ? "off" : "polite"); // not every second
  const held = document.activeElement === at("start");
  at("start").hidden = !idle || !roster.mayStart;
  if (held && at("start").hidden) at("round").focus({ preventScroll: true });
  at("time").hidden = phase !== "betting";
  at("time").classList.toggle("short", secondsLeft <= 5);
  at("time").firstElementChild.style.transform = `scaleX(${Math.max(0, (secondsLeft - (paused ? 0 : 1)) / (secondsLimit || 1))})`;
  const stands = paused || !connection.plays;
  document.body.classList.toggle("still", stands);
  slip.pause(paused);
}

function showBets() {
  const { chips: held, loans } = mine();
  at("purse").replaceChildren(make("strong", {}, chips(held)), loans > 0 ? make("span", { className: "soft small" }, t("horses.debt", { amount: number(loans) })) : "");
  at("mine").hidden = bets.length === 0 || round.phase === "finished";
  at("mine-title").textContent = t("horses.mine");
  at("bets").replaceChildren(...bets.map(betLine));
  slip.purse(held, bets.length);
  redrawPlayers();
}

function betLine({ horse: number_, stake, payout }) {
  const on = horse(number_);
  const text = on ? t("horses.bet.line", { stake: number(stake), name: on.name }) : t("horses.bet.unknown", { stake: number(stake) });
  const outcome = payout === undefined ? on && t("horses.bet.pays", { payout: number(payoutOf(stake, on.odds)) })
    : payout > 0 ? t("horses.bet.won", { payout: number(payout) }) : t("horses.bet.lost");
  return make("li", { className: payout > 0 ? "won" : payout === 0 ? "lost" : "" }, disc(number_), make("span", { className: "name" }, text),
    make("span", { className: "extra" }, outcome ?? ""));
}

function showLeaders() {
  const now = performance.now();
  if (now - orderAt < ordersEveryMs) return;
  orderAt = now;
  const order = round.horses.map((one, i) => ({ ...one, position: round.positions[i] })).sort((one, other) => other.position - one.position);
  at("leaders").replaceChildren(...order.slice(0, 3).map((one, i) => make("li", {}, make("span", { className: "soft" }, place(i + 1)),
    disc(one.number), make("span", { className: "name" }, one.name))));
  const first = order[0];
  if (first.position < 0.05 || first.number === leader.number || now - leader.at < leaderEveryMs) return;
  leader = { number: first.number, at: now };
  announce(t("horses.said.leader", first));
}

const changeOf = (playerId) => (round.payouts ?? []).filter((one) => one.playerId === playerId).reduce((sum, { stake, payout }) => sum + payout - stake, 0);

function ownText() {
  if (round.phase === "finished") {
    const me = round.results.find(({ playerId }) => playerId === client.playerId);
    return me ? t("horses.final.you", { rank: me.place, place: place(me.place) }) : "";
  }
  if (!round.payouts) return "";
  const change = changeOf(client.playerId);
  const loan = round.loans?.find(({ playerId }) => playerId === client.playerId);
  const kind = bets.length === 0 ? "none" : change > 0 ? "won" : change < 0 ? "lost" : "even";
  const words = t(`horses.own.${kind}`, { count: Math.abs(change), amount: number(Math.abs(change)) });
  return loan ? `${words} ${t("horses.own.loan", { amount: number(loan.amount) })}` : words;
}

function showOutcome() {
  const { phase, ranking } = round;
  if (phase !== "results" && phase !== "finished") return;
  const final = phase === "finished";
  const change = final ? 0 : changeOf(client.playerId);
  at("outcome-title").textContent = final ? t("horses.final") : t("horses.winner", { name: horse(ranking[0]).name });
  at("outcome-title").dataset.kind = final ? "" : "winner";
  at("own").textContent = ownText();
  at("own").className = change > 0 ? "won" : change < 0 ? "lost" : "";
  at("ranking").hidden = final;
  at("ranking").replaceChildren(...(final ? [] : ranking).map((number_, i) =>
    make("li", {}, make("span", { className: "soft" }, place(i + 1)), disc(number_), make("span", { className: "name" }, horse(number_).name))));
  at("standing").replaceChildren(...standing().map((one, i) => standingRow(one, i, final)));
}

function standingRow({ playerId, name, chips: held, loans }, index, final) {
  const change = changeOf(playerId);
  const staked = !final && (round.payouts ?? []).some((one) => one.playerId === playerId);
  return make("tr", { className: playerId === client.playerId ? "me" : "" }, make("td", {}, place(index + 1)), make("th", { scope: "row" }, make("bdi", {}, name)),
    make("td", { className: staked && change > 0 ? "won" : staked && change < 0 ? "lost" : "soft" }, staked ? signed(change) : "–"),
    make("td", {}, number(held), loans > 0 && make("small", {}, t("horses.debt", { amount: number(loans) }))));
}

at("start").addEventListener("click", () => {
  client.request("start").catch((error) => { if (["waiting", "finished"].includes(round.phase) && error.code !== "timeout") toast(errorText(error)); });
});

connection.onChange(() => {
  if (!connection.plays) track.stop();
  if (known) showPhase();
});

onLanguage(() => { slip.words(); if (known) show(); });
