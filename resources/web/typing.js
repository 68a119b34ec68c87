// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

/** Letters that may stand after a mistake before more are refused. */
export const overrun = 8;
/** Letters that may come at once: a word that the keyboard completes, an indentation. More than that no fingers typed. */
const mostAtOnce = 50;

// What phones' keyboards write by themselves where code has the plain characters; attributes can not stop all of them.
const plain = new Map(Object.entries({
  "‘": "'", "’": "'", "‚": "'", "“": "\"", "”": "\"", "„": "\"", "«": "\"", "»": "\"",
  "–": "-", "—": "--", "…": "...", "\u00a0": " ", "\t": " ",
}));

/**
 * Typing one text, letter by letter. Knows no page: it is given what a text field holds and says what is right, wrong and
 * still to come. Positions count Unicode code points. Lines that are done are settled: they leave the field and can not be
 * deleted any more. Leading spaces of a line are filled in after Enter, and swallowed where they are typed all the same.
 */
export class Typing {
  /** `position` and `errors` go on with a race that was begun before. White space at the end need not be typed. */
  constructor(text, position = 0, errors = 0) {
    this.goal = [...text.replace(/\r\n/g, "\n")];
    this.end = [...text.replace(/\r\n/g, "\n").trimEnd()].length;
    this.settled = Math.min(position, this.end);
    this.typed = [];
    this.errors = errors;
    /** something was typed that is not taken: a mistake has to go first */
    this.blocked = false;
    /** more came at once than fingers type, and the server has not heard of it yet */
    this.leapt = false;
  }

  /** letters that are right from the beginning on; all of them once it is done */
  get position() {
    const right = this.settled + this.#right(this.typed);
    return right === this.end ? this.goal.length : right;
  }

  /** where the caret stands */
  get caret() { return this.settled + this.typed.length; }
  get done() { return this.caret === this.end && this.#right(this.typed) === this.typed.length; }
  get mistaken() { return this.#right(this.typed) < this.typed.length; }
  /** what stands typed, from the beginning */
  get code() { return [...this.goal.slice(0, this.settled), ...this.typed].join(""); }

  /** "right", "wrong", "after" (typed behind a mistake) or "" for the letter at `index` */
  stateAt(index) {
    if (index < this.settled) return "right";
    if (index >= this.caret) return "";
    const right = this.settled + this.#right(this.typed);
    if (index < right) return "right";
    return this.typed[index - this.settled] === this.goal[index] ? "after" : "wrong";
  }

  /**
   * The field holds `value` now. Returns what it shall hold; while letters are being composed it is left alone, because
   * keyboards lose their place otherwise.
   */
  take(value, composing = false) {
    const before = this.position;
    const typed = this.#read(value);
    const same = common(this.typed, typed);
    for (let i = same; i < typed.length; ++i) this.errors += typed[i] === this.goal[this.settled + i] ? 0 : 1;
    this.typed = typed;
    this.leapt ||= this.position - before > mostAtOnce;
    if (composing) return value;
    this.#settle();
    return this.typed.join("");
  }

  #right(typed) {
    let count = 0;
    while (count < typed.length && typed[count] === this.goal[this.settled + count]) ++count;
    return count;
  }

  #read(value) {
    const typed = [];
    let swallow = this.#indentBefore(this.settled);
    this.blocked = false;
    for (const letter of this.#letters(value)) {
      const at = this.settled + typed.length;
      if (swallow > 0 && letter === " " && this.goal[at] !== " ") { --swallow; continue; }
      swallow = 0;
      this.blocked = at >= this.end || typed.length - this.#right(typed) >= overrun;
      if (this.blocked) break;
      typed.push(meant(letter, this.goal[at]));
      if (letter === "\n" && this.#right(typed) === typed.length) swallow = this.#indent(typed);
    }
    return typed;
  }

  * #letters(value) {
    for (const letter of value.replace(/\r\n?/g, "\n").normalize("NFC")) {
      if (this.goal.includes(letter)) yield letter;
      else yield* plain.get(letter) ?? letter;
    }
  }

  #indent(typed) {
    const before = typed.length;
    while (isBlank(this.goal[this.settled + typed.length])) typed.push(this.goal[this.settled + typed.length]);
    return typed.length - before;
  }

  #indentBefore(at) {
    let count = 0;
    while (isBlank(this.goal[at - count - 1])) ++count;
    return this.goal[at - count - 1] === "\n" ? count : 0;
  }

  #settle() {
    let line = this.#right(this.typed);
    while (line > 0 && this.typed[line - 1] !== "\n") --line;
    while (line > 0 && line < this.typed.length && isBlank(this.typed[line])) ++line;
    this.settled += line;
    this.typed.splice(0, line);
  }
}

const isBlank = (letter) => letter === " " || letter === "\t";
const meant = (letter, wanted) => (letter === " " && isBlank(wanted) ? wanted : letter);

function common(one, other) {
  let count = 0;
  while (count < one.length && count < other.length && one[count] === other[count]) ++count;
  return count;
}
