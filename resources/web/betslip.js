// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
import { announce, make } from "./common.js";
import { silkOf } from "./horse.js";
import { number, t } from "./texts.js";

export const mostStake = 500;
export const mostBets = 5;
const tokens = [10, 50, 100];
const margin = 0.05; // what the house keeps: odds are (1 − margin) / chance

export const payoutOf = (stake, odds) => Math.floor(stake * Math.round(odds * 100) / 100);
const chanceOf = (odds) => Math.round(100 * (1 - margin) / odds);

/** A horse's number on its jockey's colour. */
export function disc(horse) {
  const { silk, ink } = silkOf(horse ?? 1);
  const node = make("span", { className: "disc" }, horse ?? "?");
  if (horse) Object.assign(node.style, { background: silk, color: ink });
  return node;
}

/** The form to bet with: one horse, a stake, a button that says what it does. */
export class BetSlip {
  #horses = [];
  #chips = 0;
  #bets = 0;
  #busy = false;
  #paused = false;

  /** places: {form, horses, stake, tokens, button}; bet(horse, stake) returns a promise. */
  constructor(places, bet) {
    Object.assign(this, places, { bet });
    this.form.noValidate = true;
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.form.addEventListener("input", () => this.#say());
    this.words();
  }

  /** After a change of language. */
  words() {
    const add = (amount) => make("button", { type: "button", className: "token", "aria-label": t("horses.token", { amount }), onclick: () => this.#add(amount) }, `+${amount}`);
    this.tokens.replaceChildren(...tokens.map(add),
      make("button", { type: "button", className: "quiet most", onclick: () => this.#set(this.#most) }),
      make("button", { type: "button", className: "quiet", "aria-label": t("horses.clear"), onclick: () => this.#set(0) }, "×"));
    tokens.forEach((amount, i) => { this.tokens.children[i].dataset.amount = amount; });
    this.show(this.#horses, this.#chosen?.number);
  }

  show(horses, chosen) {
    const best = Math.min(...horses.map(({ odds }) => odds));
    this.#horses = horses;
    this.horses.replaceChildren(...horses.map((horse) => this.#card(horse, best, horse.number === chosen)));
    this.#say();
  }

  /** What can be bet now. */
  purse(chips, bets) {
    this.#chips = chips;
    this.#bets = bets;
    this.#say();
  }

  pause(paused) {
    if (paused === this.#paused) return;
    this.#paused = paused;
    this.#say();
  }

  get #chosen() {
    const value = Number(this.form.elements.horse?.value ?? this.form.querySelector("[name=horse]:checked")?.value);
    return this.#horses.find((horse) => horse.number === value);
  }
  get #most() { return Math.min(this.#chips, mostStake); }
  get #amount() { return Number(this.stake.value); }

  #card({ number: horse, name, odds }, best, checked) {
    const chance = chanceOf(odds);
    const strength = make("span", { className: "strength", "aria-hidden": "true" }, make("span"));
    strength.firstChild.style.transform = `scaleX(${best / odds})`;
    const radio = make("input", { type: "radio", name: "horse", value: horse, checked, className: "unseen",
      "aria-label": t("horses.horse", { number: horse, name, odds: number(odds, 2), chance }) });
    return make("label", { className: "horse" }, radio, disc(horse),
      make("span", { className: "name" }, name),
      make("span", { className: "form" }, strength, t("horses.chance", { chance }), odds === best && make("span", { className: "tag accent" }, t("horses.favourite"))),
      make("strong", { className: "odds" }, `×${number(odds, 2)}`));
  }

  #add(amount) { this.#set(Math.min(this.#most, (this.#amount || 0) + amount)); }
  #set(amount) {
    this.stake.value = amount || "";
    this.#say();
  }

  // The button says what is missing, so that nobody has to find out by an error.
  #missing() {
    const horse = this.#chosen;
    const stake = this.#amount;
    if (this.#paused) return t("horses.paused");
    if (this.#busy) return t("horses.placing");
    if (this.#bets >= mostBets) return t("horses.place.full");
    if (this.#chips < 1) return t("horses.place.broke");
    if (!horse) return t("horses.place.none");
    if (!Number.isInteger(stake) || stake < 1) return t("horses.place.stake");
    return stake > this.#most ? t("horses.place.much", { count: this.#most }) : "";
  }

  #say() {
    const missing = this.#missing();
    const horse = this.#chosen;
    this.button.setAttribute("aria-disabled", missing !== ""); // disabled, it would lose the focus with each bet
    const stake = this.#amount;
    this.button.replaceChildren(...(missing ? [missing] : [t("horses.place.bet", { stake: number(stake), name: horse.name }),
      make("small", {}, t("horses.bet.pays", { payout: number(payoutOf(stake, horse.odds)) }))]));
    this.tokens.querySelector(".most").textContent = this.#chips > mostStake ? t("horses.most.of", { count: mostStake }) : t("horses.most");
    this.stake.max = this.#most;
    for (const token of this.tokens.children) token.disabled = this.#most < 1;
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#missing()) return announce(this.#missing());
    this.#busy = true;
    this.#say();
    const placed = await this.bet(this.#chosen.number, this.#amount);
    this.#busy = false;
    if (placed) this.#set(0);
    else this.#say();
  }
}
