// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
import { make } from "./common.js";
import { number, place, t } from "./texts.js";

export const colours = 8;
const sortEveryMs = 700;

/** Those who are done by place, then the others by how far they are. */
export function inOrder(racers) {
  return [...racers].sort((one, other) => (one.place ?? Infinity) - (other.place ?? Infinity) || other.position - one.position);
}

// Where only the first three are seen, the own one is the third at the latest.
function shortRow(index, mine) {
  if (index === mine) return Math.min(index, 2);
  return index >= 2 && index < mine ? index + 1 : index;
}

/** A bar for every racer; they change places as the race does. */
export class Lanes {
  #rows = new Map();
  #order = new Map();
  #key = "";
  #sortedAt = 0;

  constructor(list) { this.list = list; }

  show(racers, length, me) {
    const order = this.#calm([...racers]);
    for (const [id, row] of this.#rows) if (!order.some((racer) => racer.playerId === id)) { row.item.remove(); this.#rows.delete(id); }
    const mine = order.findIndex(({ playerId }) => playerId === me);
    order.forEach((racer, index) => {
      const row = this.#row(racer, me);
      this.#fill(row, racer, index, length);
      row.item.style.setProperty("--row", index);
      row.item.style.setProperty("--short-row", shortRow(index, mine));
    });
    this.list.style.setProperty("--count", order.length);
  }

  // Neighbours who overtake each other all the time would make the list unreadable.
  #calm(racers) {
    const now = performance.now();
    const key = racers.map(({ playerId, place: rank }) => playerId + (rank ?? "")).join();
    if (key !== this.#key || now - this.#sortedAt > sortEveryMs) {
      this.#order = new Map(inOrder(racers).map(({ playerId }, index) => [playerId, index]));
      this.#key = key;
      this.#sortedAt = now;
    }
    return racers.sort((one, other) => this.#order.get(one.playerId) - this.#order.get(other.playerId));
  }

  #row(racer, me) {
    if (this.#rows.has(racer.playerId)) return this.#rows.get(racer.playerId);
    const [rank, name, speed, fill] = ["rank", "name", "speed", "fill"].map((className) => make(className === "name" ? "bdi" : "span", { className }));
    const bar = make("span", { className: "bar", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100" }, fill);
    const own = racer.playerId === me;
    const item = make("li", { className: own ? "me" : "" }, rank, name, speed, bar);
    item.dataset.colour = racer.colour;
    name.textContent = racer.name + (own ? ` (${t("racer.you")})` : "");
    const row = { item, rank, name, speed, fill, bar };
    this.#rows.set(racer.playerId, row);
    this.list.append(item);
    return row;
  }

  #fill({ item, rank, speed, fill, bar }, { name, position, wpm, place: done, away }, index, length) {
    const rounded = Math.round(wpm);
    const now = [position, rounded, done, away, index].join();
    if (item.dataset.shown === now) return;
    item.dataset.shown = now;
    const part = length ? Math.min(1, position / length) : 0;
    const percent = Math.floor(part * 100);
    item.classList.toggle("away", Boolean(away));
    rank.textContent = done ? place(done) : position > 0 ? `${index + 1}` : "–";
    rank.dataset.place = done ?? "";
    speed.textContent = `${number(rounded)} ${t("racer.wpm")}`;
    fill.style.transform = `scaleX(${part})`;
    bar.setAttribute("aria-valuenow", percent);
    bar.setAttribute("aria-label", t("racer.lane", { name, percent, wpm: rounded }));
  }

  clear() {
    this.#rows.clear();
    this.list.replaceChildren();
  }
}
