// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
import { make, write } from "./common.js";
import { number, place, t } from "./texts.js";

export const colours = 8;
const sortEveryMs = 700;
const unseenEveryMs = 1000;

/** Those who are done by place, then the others by how far they are. */
export function inOrder(racers) {
  return [...racers].sort((one, other) => (one.place ?? Infinity) - (other.place ?? Infinity) || other.position - one.position);
}

// Where only the first three are seen, the own one is the third at the latest.
function shortRow(index, mine) {
  if (index === mine) return Math.min(index, 2);
  return index >= 2 && index < mine ? index + 1 : index;
}

/** A bar for every racer; they change places as the race does. What nobody sees is drawn once a second, for who hears it. */
export class Lanes {
  #rows = new Map();
  #order = new Map();
  #key = "";
  #sortedAt = 0;
  #count = 0;
  #observer = new IntersectionObserver((entries) => { for (const { target, isIntersecting } of entries) target.classList.toggle("seen", isIntersecting); });

  constructor(list) { this.list = list; }

  show(racers, length, me) {
    const order = this.#calm([...racers]);
    const ids = new Set(order.map(({ playerId }) => playerId));
    for (const [id, row] of this.#rows) if (!ids.has(id)) this.#remove(id, row);
    const mine = order.findIndex(({ playerId }) => playerId === me);
    const now = performance.now();
    order.forEach((racer, index) => {
      const row = this.#row(racer, me);
      this.#put(row, index, shortRow(index, mine));
      if (!row.item.classList.contains("seen") && now - row.filledAt < unseenEveryMs) return;
      row.filledAt = now;
      this.#fill(row, racer, index, length);
    });
    if (this.#count === order.length) return;
    this.#count = order.length;
    this.list.style.setProperty("--count", this.#count);
  }

  #put(row, index, short) {
    if (row.index === index && row.short === short) return;
    Object.assign(row, { index, short });
    row.item.style.setProperty("--row", index);
    row.item.style.setProperty("--short-row", short);
  }

  #remove(id, { item }) {
    this.#observer.unobserve(item);
    this.#rows.delete(id);
    item.remove();
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
    const row = { item, rank, speed, fill, bar, shown: {}, filledAt: -Infinity };
    this.#rows.set(racer.playerId, row);
    this.list.append(item);
    this.#observer.observe(item);
    return row;
  }

  #fill({ item, rank, speed, fill, bar, shown }, { name, position, wpm, place: done, away }, index, length) {
    const set = (key, value, draw) => {
      if (shown[key] === value) return;
      shown[key] = value;
      draw();
    };
    const part = length ? Math.min(1, position / length) : 0;
    const thousandths = Math.round(part * 1000);
    const percent = Math.floor(part * 100);
    const rounded = Math.round(wpm);
    const words = done ? place(done) : position > 0 ? `${index + 1}` : "–";
    set("part", thousandths, () => { fill.style.transform = `scaleX(${thousandths / 1000})`; });
    set("away", Boolean(away), () => item.classList.toggle("away", Boolean(away)));
    set("done", done, () => { rank.dataset.place = done ?? ""; });
    set("rank", words, () => { write(rank, words); });
    set("wpm", rounded, () => { write(speed, `${number(rounded)} ${t("racer.wpm")}`); });
    set("label", `${percent} ${rounded}`, () => {
      bar.setAttribute("aria-valuenow", percent);
      bar.setAttribute("aria-label", t("racer.lane", { name, percent, wpm: rounded }));
    });
  }

  clear() {
    for (const [id, row] of this.#rows) this.#remove(id, row);
  }
}
