// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

const delayMs = 150;     // behind the server, so that there is a later report to move towards
const kept = 40;
const runOut = 0.075;    // how far behind the finish the winner comes to rest, and how much nearer each of the others
const runOutGap = 0.006;
const carryOnMs = 200;   // how fast a movement dies where reports stay away

/**
 * Turns reports that come ten times a second into a movement without steps. Knows no clock of its own: `now` is any
 * monotonic time in ms. After finish() the horses run out behind the line (1), so what it returns may be a little over 1.
 */
export class Smooth {
  constructor() { this.clear(); }

  clear() {
    this.samples = [];
    this.ends = null; // where each horse comes to rest
    this.lag = null;  // between the server's elapsed time and ours, from the reports that came fastest
  }

  /** The game stood still: how late reports come is found out anew. */
  forgetClock() { this.lag = null; }

  add(positions, elapsedMs, now) {
    const last = this.samples.at(-1);
    if (this.ends || (last && elapsedMs <= last.at)) return;
    const lag = now - elapsedMs;
    const far = this.lag === null || Math.abs(lag - this.lag) > 1000;
    this.lag = far ? lag : this.lag + (lag - this.lag) * (lag < this.lag ? 0.3 : 0.02);
    this.samples.push({ at: elapsedMs, positions });
    if (this.samples.length > kept) this.samples.shift();
  }

  /** There are no more reports; the order of the last one stays. */
  finish() {
    const last = this.samples.at(-1);
    if (!last || this.ends) return;
    const order = last.positions.map((_, i) => i).sort((one, other) => last.positions[other] - last.positions[one]);
    const ends = last.positions.map((value, i) => 1 + runOut - runOutGap * order.indexOf(i));
    this.speed = Math.max(this.#speed(this.samples.length - 1, order[0]), 5e-5); // one for all: nobody overtakes
    this.ends = ends;
  }

  /** Positions for `now`; null before the first report. */
  at(now) {
    if (this.samples.length === 0) return null;
    const time = now - (this.lag ?? now - this.samples.at(-1).at - delayMs) - delayMs;
    let index = this.samples.length - 1;
    while (index > 0 && this.samples[index].at > time) --index;
    const { at, positions } = this.samples[index];
    return positions.map((value, i) => {
      if (time <= at) return value;
      if (index < this.samples.length - 1) return this.#between(index, i, time);
      if (this.ends) return slowDown(value, this.ends[i] - value, this.speed, time - at);
      return slowDown(value, this.#speed(index, i) * carryOnMs, this.#speed(index, i), time - at);
    });
  }

  #speed(index, i) {
    const [from, to] = [this.samples[Math.max(0, index - 1)], this.samples[index]];
    return from === to ? 0 : Math.max(0, (to.positions[i] - from.positions[i]) / (to.at - from.at));
  }

  // Cubic between two reports with the speeds at both: no kink where one piece meets the next. Never backwards.
  #between(index, i, time) {
    const [from, to] = [this.samples[index], this.samples[index + 1]];
    const span = to.at - from.at;
    const part = (time - from.at) / span;
    const slope = (to.positions[i] - from.positions[i]) / span;
    const next = index + 2 < this.samples.length ? this.#speed(index + 2, i) : slope;
    const start = Math.min((this.#speed(index, i) + slope) / 2, slope * 3) * span;
    const stop = Math.min((next + slope) / 2, slope * 3) * span;
    const [square, cube] = [part * part, part * part * part];
    return (2 * cube - 3 * square + 1) * from.positions[i] + (cube - 2 * square + part) * start
      + (3 * square - 2 * cube) * to.positions[i] + (cube - square) * stop;
  }
}

/** From `from` on with `speed`, slower and slower, `way` in all. */
function slowDown(from, way, speed, ms) {
  return way > 0 ? from + way * (1 - Math.exp(-speed * ms / way)) : from;
}
