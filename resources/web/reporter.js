// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

const everyMs = 125;
const most = { perMs: 0.035, ms: 1000 }; // below what the server takes for too fast
const refusals = 6;
const pauseMs = 400;
const answerMs = 3000;

/** Tells the server how far we are, eight times a second at the most, and hands in the code until it is judged. */
export class Reporter {
  #judge = null;
  #stopped = false;
  #behind = false; // more was typed than the server has heard of: it is told little by little
  #onRefused;
  #sent = 0;
  #answered = 0; // as many were sent when the last refusal came

  /**
   * typing: {position, errors, leapt} as they are now. `reported`: the position that the server has. `onRefused`: called with it
   * where the server does not take what no fingers typed; this reporter has done its part then.
   */
  constructor(client, typing, reported = 0, onRefused = () => {}) {
    Object.assign(this, { client, typing, reported, errors: -1, at: 0, forgotten: 0 });
    this.#onRefused = onRefused;
    this.#behind = typing.position > reported;
  }

  /** To be called often: sends if there is something new and it is time. */
  report(time = performance.now()) {
    if (this.#stopped) return;
    const { position, errors } = this.typing;
    const passed = time - this.at;
    const isOpen = this.client.state === "open";
    if (!isOpen) this.#behind ||= position > this.reported;
    if (!isOpen || passed < everyMs || (position <= this.reported && errors === this.errors)) return;
    const next = this.#behind ? Math.min(position, this.reported + Math.floor(most.perMs * Math.min(passed, most.ms))) : position;
    this.#behind = next < position;
    this.#send(Math.max(next, this.reported), errors, time);
  }

  /** The server has told everyone, and so us, where we are. */
  confirmed(position) { this.reported = Math.max(this.reported, position); }

  /** The server has judged the code. */
  judged() { this.#judge?.(); }

  /** The race is over: nothing is sent any more. */
  stop() {
    this.#stopped = true;
    this.judged();
  }

  #send(position, errors, time) {
    const before = this.reported;
    const { leapt } = this.typing;
    const number = ++this.#sent;
    if (position === this.typing.position) this.typing.leapt = false;
    Object.assign(this, { reported: position, errors, at: time });
    // Only a refusal is answered. The server has kept the older position then, and hears the newer one a little later.
    this.client.request("progress", { position, errors }).catch(({ code, data }) => {
      if (code === "timeout" || this.#stopped || this.#isOutdated(number)) return;
      this.#answered = this.#sent;
      this.reported = data?.position ?? Math.min(this.reported, before);
      this.#behind = true;
      this.typing.leapt ||= leapt;
      if (code === "bad_data") this.#admit();
      if (code === "not_allowed" && leapt && data?.position !== undefined) this.#onRefused(data.position);
    });
  }

  // Several reports may be under way, and be refused one after the other. What was sent since the first refusal knows better.
  #isOutdated(number) { return number <= this.#answered && this.#sent > this.#answered; }

  // The server has counted more mistakes than we know of: a reload where nothing can be stored. Fewer are never taken.
  #admit() {
    this.forgotten = 2 * this.forgotten + 1;
    this.typing.errors += this.forgotten;
  }

  /** Resolves with null when the code was judged or the race is over, or with the error of the last try. */
  async submit(code) {
    let failure = null;
    for (let refused = 0; refused < refusals && !this.#stopped;) {
      await this.#catchUp();
      failure = this.#stopped ? null : await this.#handIn(code);
      if (!failure) return null;
      refused += ["lost", "timeout"].includes(failure.code) ? 0 : 1;
      await pause(pauseMs);
    }
    return failure;
  }

  async #catchUp() {
    while (!this.#stopped && (this.client.state !== "open" || this.reported < this.typing.position)) {
      this.report();
      await pause(everyMs / 4);
    }
  }

  // The answer is a message to everyone; only a refusal answers the request itself.
  #handIn(code) {
    return new Promise((resolve) => {
      this.#judge = () => resolve(null);
      setTimeout(() => resolve({ code: "timeout" }), answerMs);
      this.client.request("submit_code", { code }).catch((error) => { if (error.code !== "timeout") resolve(error); });
    });
  }
}

const pause = (ms) => new Promise((then) => setTimeout(then, ms));
