// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
import { drawHorse, horseLength, silkOf } from "./horse.js";
import { Smooth } from "./smooth.js";

const hedge = 26;
const rail = 14;
const runOutMs = 6000;
const strideHz = 2.1;
const usualSpeed = 1 / 14000; // of the way, per ms
const themes = {
  light: { turf: ["#7fb069", "#76a761"], line: "rgb(255 255 255 / 34%)", sky: "#dceef7", hedge: ["#4f8a4b", "#5f9c58"], name: "rgb(16 44 20 / 78%)", back: "#e7ede9", text: "#16211c" },
  dark: { turf: ["#2c5a3b", "#285336"], line: "rgb(255 255 255 / 16%)", sky: "#16232b", hedge: ["#1c3f2a", "#234a31"], name: "rgb(226 240 230 / 72%)", back: "#1b2420", text: "#e6eeea" },
};
const still = matchMedia("(prefers-reduced-motion: reduce)");
const night = matchMedia("(prefers-color-scheme: dark)");

/** The race on a canvas. Horses are {number, name}; positions come with sync() and are in order of number. */
export class Track {
  #context;
  #horses = [];
  #mine = new Set();
  #smooth = new Smooth();
  #ranking = [];
  #rankText = String;
  #gaits = [];
  #scene = null;
  #frame = 0;
  #shownAt = 0;
  #restAt = 0;

  constructor(canvas, rankText) {
    this.canvas = canvas;
    this.#rankText = rankText;
    this.#context = canvas.getContext("2d");
    new ResizeObserver(() => this.#rebuild()).observe(canvas.parentElement);
    for (const query of [still, night]) query.addEventListener("change", () => this.#rebuild());
    document.addEventListener("visibilitychange", () => { this.#shownAt = 0; });
  }

  /** A new round: everyone stands at the start. */
  line(horses) {
    this.#horses = horses;
    this.#ranking = [];
    this.#mine = new Set();
    this.#smooth.clear();
    this.#gaits = horses.map((_, i) => ({ phase: i * 1.7, gait: 0, at: 0 }));
    this.#rest();
    this.#rebuild();
  }

  /** Numbers of the horses that we have bet on. */
  mark(numbers) {
    this.#mine = new Set(numbers);
    this.#rebuild();
  }

  sync(positions, elapsedMs) {
    this.#smooth.add(positions, elapsedMs, performance.now());
    this.#restAt = Infinity;
    if (still.matches) this.#draw();
    else this.#run();
  }

  forgetClock() { this.#smooth.forgetClock(); }

  /** The race is over; the horses run out. */
  finish(ranking) {
    this.#ranking = ranking;
    this.#smooth.finish();
    this.#restAt = performance.now() + runOutMs;
    if (still.matches) this.#draw();
    else this.#run();
  }

  /** We are out: nothing moves any more. */
  stop() {
    this.#restAt = 0;
    this.#rest();
  }

  #run() { if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#step()); }

  #rest() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #step() {
    this.#frame = 0;
    this.#draw();
    if (performance.now() < this.#restAt && !still.matches) this.#run();
  }

  // ---- places ----

  #size() {
    const count = Math.max(this.#horses.length, 1);
    const width = this.canvas.parentElement.clientWidth;
    const lane = width < 520 ? (count > 7 ? 36 : 44) : count > 7 ? 46 : 58;
    const size = lane * 0.98;
    const gutter = width < 520 ? 30 : 44;
    const start = gutter + (still.matches ? 12 : size * horseLength);
    return { width, height: hedge + lane * count + rail, lane, size, gutter, start, way: (width - start - 8) / 1.085 };
  }

  #rebuild() {
    if (!this.#horses.length) return;
    const size = this.#size();
    if (size.width === 0) return;
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    this.canvas.style.height = `${size.height}px`;
    Object.assign(this.canvas, { width: Math.round(size.width * ratio), height: Math.round(size.height * ratio) });
    this.#scene = { ...size, ratio, theme: themes[night.matches ? "dark" : "light"], picture: document.createElement("canvas") };
    Object.assign(this.#scene.picture, { width: this.canvas.width, height: this.canvas.height });
    const context = this.#scene.picture.getContext("2d");
    context.scale(ratio, ratio);
    if (still.matches) this.#paintBars(context);
    else this.#paintGround(context);
    this.#draw();
  }

  #paintGround(context) {
    const { width, height, lane, start, way, theme } = this.#scene;
    const bottom = height - rail;
    context.fillStyle = theme.sky;
    context.fillRect(0, 0, width, hedge);
    for (const [row, colour] of theme.hedge.entries()) {
      context.fillStyle = colour;
      context.beginPath();
      for (let x = -10 + row * 9; x < width + 20; x += 19) context.arc(x, hedge - 3 + row * 3, 12 - row * 3, 0, Math.PI * 2);
      context.fill();
    }
    for (let i = 0, x = 0; x < width; ++i, x += way / 10) {
      context.fillStyle = theme.turf[i % 2];
      context.fillRect(x, hedge, way / 10 + 1, bottom - hedge + rail);
    }
    context.fillStyle = theme.line;
    for (let i = 1; i < this.#horses.length; ++i) context.fillRect(0, hedge + i * lane, width, 1);
    for (const part of [0.25, 0.5, 0.75]) context.fillRect(start + way * part, hedge, 1.5, bottom - hedge);
    context.fillStyle = "#fff";
    context.fillRect(start, hedge, 2.5, bottom - hedge);
    this.#paintFinish(context, start + way, bottom);
    this.#paintRail(context, hedge + 1, width);
    this.#paintRail(context, bottom + 4, width);
    this.#paintLabels(context);
  }

  #paintFinish(context, x, bottom) {
    const square = 5;
    for (let row = 0, y = hedge; y < bottom; ++row, y += square) {
      for (const column of [0, 1]) {
        context.fillStyle = (row + column) % 2 ? "#fff" : "#1c1c1c";
        context.fillRect(x + column * square, y, square, Math.min(square, bottom - y));
      }
    }
    context.fillStyle = "#c62828";
    context.fillRect(x + 3, 3, 3, hedge);
    context.beginPath();
    context.arc(x + 4.5, 6, 5, 0, Math.PI * 2);
    context.fill();
  }

  #paintRail(context, y, width) {
    context.fillStyle = "rgb(255 255 255 / 90%)";
    context.fillRect(0, y, width, 2);
    for (let x = 8; x < width; x += 34) context.fillRect(x, y, 2, 8);
  }

  #paintLabels(context) {
    const { lane, gutter, start, theme } = this.#scene;
    this.#horses.forEach(({ number, name }, i) => {
      const middle = hedge + (i + 0.5) * lane;
      this.#paintDisc(context, gutter / 2, middle, number, Math.min(lane * 0.3, 14));
      context.textAlign = "left";
      context.textBaseline = "middle";
      context.fillStyle = theme.name;
      context.font = `600 ${lane < 40 ? 11 : 13}px system-ui, sans-serif`;
      context.fillText(name, start + 10, middle);
    });
  }

  #paintDisc(context, x, y, number, radius) {
    const { silk, ink } = silkOf(number);
    const mine = this.#mine.has(number);
    context.beginPath();
    context.arc(x, y, radius, 0, Math.PI * 2);
    context.fillStyle = silk;
    context.fill();
    context.lineWidth = mine ? 3 : 1.5;
    context.strokeStyle = mine ? "#ffd54a" : "rgb(255 255 255 / 85%)";
    context.stroke();
    context.fillStyle = ink;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.font = `700 ${Math.round(radius * 1.2)}px system-ui, sans-serif`;
    context.fillText(number, x, y + 0.5);
  }

  #paintBars(context) {
    const { width, height, lane, start, way, theme } = this.#scene;
    context.fillStyle = theme.back;
    context.fillRect(0, 0, width, height);
    this.#paintFinish(context, start + way, height - rail);
    this.#paintLabels(context);
    context.fillStyle = theme.line;
    for (let i = 1; i < this.#horses.length; ++i) context.fillRect(0, hedge + i * lane, width, 1);
  }

  // ---- a moment ----

  #draw() {
    if (!this.#scene) return;
    const { ratio, picture } = this.#scene;
    const now = performance.now();
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(picture, 0, 0);
    context.scale(ratio, ratio);
    const last = this.#smooth.samples.at(-1)?.positions;
    const positions = (still.matches ? last : this.#smooth.at(now)) ?? this.#horses.map(() => 0);
    const passed = this.#shownAt ? Math.min(now - this.#shownAt, 100) : 16;
    this.#shownAt = now;
    this.#horses.forEach((horse, i) => (still.matches ? this.#drawBar(horse, i, positions[i]) : this.#drawRunner(horse, i, positions[i], passed)));
    this.#drawRanks(positions);
  }

  #drawRunner({ number }, i, position, passed) {
    const { lane, size, start, way } = this.#scene;
    const runner = this.#gaits[i];
    const speed = Math.max(0, position - runner.at) / passed / usualSpeed;
    runner.gait += (Math.min(1, speed * 1.6) - runner.gait) * Math.min(1, passed / 120);
    runner.phase += passed / 1000 * Math.PI * 2 * strideHz * (0.55 + 0.45 * Math.min(1.5, speed)) * (runner.gait > 0.02 ? 1 : 0);
    runner.at = position;
    const ground = hedge + (i + 1) * lane - 3;
    const x = start + way * position;
    if (runner.gait > 0.3) this.#drawDust(x - size * 1.15, ground, runner, size);
    drawHorse(this.#context, { x, ground, size, number, phase: runner.phase, gait: runner.gait });
  }

  #drawDust(x, ground, { phase, gait }, size) {
    for (let puff = 0; puff < 3; ++puff) {
      const age = ((phase / (Math.PI * 2) + puff / 3) % 1);
      this.#context.fillStyle = `rgb(222 205 170 / ${(1 - age) * 34 * gait}%)`;
      this.#context.beginPath();
      this.#context.arc(x - age * size * 0.5, ground - age * size * 0.12 - 1, size * (0.05 + age * 0.1), 0, Math.PI * 2);
      this.#context.fill();
    }
  }

  #drawBar({ number }, i, position) {
    const { lane, start, way } = this.#scene;
    const y = hedge + (i + 0.5) * lane;
    const { silk } = silkOf(number);
    this.#context.fillStyle = silk;
    this.#context.strokeStyle = this.#scene.theme.text;
    this.#context.lineWidth = 1;
    const bar = [start, y + lane * 0.24, Math.max(1, way * Math.min(1, position)), lane * 0.16];
    this.#context.fillRect(...bar);
    this.#context.strokeRect(...bar);
    this.#paintDisc(this.#context, start + way * Math.min(1, position), y + lane * 0.1, number, Math.min(lane * 0.3, 14));
  }

  #drawRanks(positions) {
    const { lane, gutter, start, way } = this.#scene;
    const context = this.#context;
    this.#ranking.forEach((number, rank) => {
      const i = this.#horses.findIndex((horse) => horse.number === number);
      if (positions[i] < 1 && !still.matches) return;
      const y = hedge + (i + (still.matches ? 0.36 : 0.5)) * lane;
      const x = still.matches ? start + way * 0.82 : (gutter + start) / 2;
      const text = this.#rankText(rank + 1);
      context.font = `700 ${lane < 40 ? 12 : 14}px system-ui, sans-serif`;
      const width = context.measureText(text).width + 16;
      context.fillStyle = rank === 0 ? "#f2c94c" : "rgb(255 255 255 / 90%)";
      context.beginPath();
      context.roundRect(x - width / 2, y - 11, width, 22, 11);
      context.fill();
      context.fillStyle = "#1c1c1c";
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(text, x, y + 0.5);
    });
  }
}
