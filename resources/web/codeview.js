// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
import { make } from "./common.js";
import { kinds } from "./highlight.js";

/**
 * Shows a piece of code letter by letter, with a caret of one's own and thin ones of the others. `box` scrolls; in it lie
 * `lines`, `caret` and `field` (see code-racer.html). Positions count code points.
 */
export class CodeView {
  #letters = [];
  #line = null;
  #ghosts = new Map();

  constructor(box, lines, caret, field) { Object.assign(this, { box, lines, caret, field }); }

  show(code, language) {
    const kind = kinds(code, language);
    this.#letters = [...code].map((letter, i) => make("span", { className: kind[i] }, letter === "\n" ? "⏎" : letter));
    const lines = [make("div", { className: "line" })];
    [...code].forEach((letter, i) => {
      lines.at(-1).append(this.#letters[i]);
      if (letter !== "\n") return;
      this.#letters[i].classList.add("enter");
      lines.push(make("div", { className: "line" }));
    });
    if (!lines.at(-1).firstChild) lines.pop();
    // What does not fit goes on below, a little further in than the line itself.
    for (const line of lines) line.style.setProperty("--in", line.textContent.search(/[^ \t]|$/) + 2);
    this.lines.replaceChildren(...lines);
    this.#ghosts.clear();
    this.#line = null;
    this.box.scrollTop = 0;
  }

  /** `typing` null: nobody types here, everything shows as it is. */
  paint(typing) {
    this.box.classList.toggle("watched", typing === null);
    this.caret.hidden = typing === null || typing.done;
    this.#letters.forEach((span, i) => {
      const state = typing?.stateAt(i) ?? "";
      if (span.dataset.state !== state) span.dataset.state = state;
    });
    if (typing) this.moveCaret(typing.caret);
  }

  moveCaret(position) {
    const { left, top, height } = this.#place(position);
    this.caret.style.transform = this.field.style.transform = `translate(${left}px, ${top}px)`;
    this.caret.style.height = `${height}px`;
    this.#letters.forEach((span, i) => span.classList.toggle("next", i === position));
    this.#scrollTo(top, height);
  }

  /** Keeps a position in sight. */
  follow(position) {
    const { top, height } = this.#place(position);
    this.#scrollTo(top, height);
  }

  /** others: [{playerId, position, colour}] */
  showOthers(others) {
    for (const [id, ghost] of this.#ghosts) if (!others.some((other) => other.playerId === id)) { ghost.remove(); this.#ghosts.delete(id); }
    for (const { playerId, position, colour } of others) {
      if (!this.#ghosts.has(playerId)) this.#ghosts.set(playerId, this.lines.appendChild(make("i", { className: "ghost" })));
      const ghost = this.#ghosts.get(playerId);
      const { left, top, height } = this.#place(position);
      ghost.style.transform = `translate(${left}px, ${top}px)`;
      ghost.style.height = `${height}px`;
      ghost.dataset.colour = colour;
    }
  }

  #place(position) {
    const letter = this.#letters[Math.min(position, this.#letters.length - 1)];
    if (!letter) return { left: 0, top: 0, height: 0 };
    const behind = position >= this.#letters.length ? letter.offsetWidth : 0;
    return { left: letter.offsetLeft + behind, top: letter.offsetTop, height: letter.offsetHeight };
  }

  #scrollTo(top, height) {
    if (top === this.#line) return;
    const wanted = top - (this.box.clientHeight - height) * 0.4;
    this.box.scrollTo({ top: wanted, behavior: this.#line === null ? "instant" : "smooth" });
    this.#line = top;
  }
}
