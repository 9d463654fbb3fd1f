// The host's side of the story: who speaks, what time it is, and a record of every answer.
// @ts-check

import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';

import { Portal, SqliteStore } from 'staffgate';

const AGENCY = '0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11';

/** Texts that no client may ever see. */
const SECRET_RATES = ['17.31', '13.37', '13.38', '13.39', '13.41'];

/**
 * A portal with a clock that stands where the story puts it.
 *
 * Everything is fixed, so that three languages can be compared byte by byte; a real host says
 * `await Portal.open('portal.db')` and gets its own clock and the machine's randomness.
 */
export class Teller {
  /** @type {string[]} */
  answers = [];
  /** @type {string[]} */
  heardByClients = [];
  #now = '';
  #store;
  #inside;
  #outside;

  /** @param {SqliteStore} store */
  constructor(store) {
    this.#store = store;
    this.#inside = this.#portal((answer) => this.answers.push(answer));
    this.#outside = this.#portal((answer) => {
      this.answers.push(answer);
      this.heardByClients.push(answer);
    });
  }

  /** @param {string} path */
  static async open(path) {
    return new Teller(await SqliteStore.open(path));
  }

  /**
   * The clock moves.
   *
   * @param {string} now
   */
  at(now) {
    this.#now = now;
  }

  /** The embedding platform's own code. */
  operator() {
    return this.#inside.asOperator(AGENCY);
  }

  /**
   * A person at the agency.
   *
   * @param {string} member
   */
  member(member) {
    return this.#inside.asMember(AGENCY, member);
  }

  /** Somebody with a link. */
  guest() {
    return this.#inside.asGuest(AGENCY);
  }

  /**
   * A person at a client.
   *
   * @param {string} user
   */
  user(user) {
    return this.#outside.asUser(AGENCY, user);
  }

  /** How many answers people at clients got, and how many of them hold a pay rate. */
  leaks() {
    const leaking = this.heardByClients.filter((answer) => SECRET_RATES.some((rate) => answer.includes(rate)));
    return { answers: this.heardByClients.length, leaking: leaking.length };
  }

  /**
   * Closes the file, and keeps every answer as it went out, one a line.
   *
   * @param {string} answers
   */
  async end(answers) {
    await this.#store.close();
    writeFileSync(answers, this.answers.map((answer) => `${answer}\n`).join(''));
  }

  /** @param {(answer: string) => void} watch */
  #portal(watch) {
    // Each call gets the number that its answer will have.
    const number = () => this.answers.length + 1;
    return new Portal(this.#store, {
      clock: () => this.#now,
      commandId: () => `story ${number()}`,
      entropy: () => createHash('sha256').update(`story entropy ${number()}`).digest(),
      watch,
    });
  }
}
