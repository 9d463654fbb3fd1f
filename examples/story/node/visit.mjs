// Somebody of another client looks around and finds nothing.
// @ts-check

import assert from 'node:assert/strict';

import { StaffgateError } from 'staffgate';

import { chapter, says } from './account.mjs';

/** @import { Agency, Client } from './setting.mjs' */
/** @import { Teller } from './teller.mjs' */

const MISSING = '00000000-0000-4000-8000-000000000000';

/**
 * @param {Teller} teller
 * @param {Agency} agency
 * @param {Client} client
 * @param {string} shift
 * @param {string} mandate
 */
export async function stranger(teller, { mia }, client, shift, mandate) {
  chapter('Rob of another client looks around');
  const other = await mia.clients.create({ name: 'Riverside Hall' });
  const delivery = { base_url: 'https://northlight.example/join', send_now: false };
  const { token } = await mia.clients.enableAccess({ client: other.id, delivery });
  assert(token, 'the link is handed out once, and this is the time');
  const joined = await teller.guest().users.join({
    token,
    name: 'Rob Lang',
    email: 'rob@riverside.example',
    password: 'nine green kites above the dunes',
  });
  const rob = teller.user(joined.user);

  /**
   * The text of the answer, whatever it is.
   *
   * @param {Promise<unknown>} asked
   */
  async function answer(asked) {
    await asked.catch((/** @type {unknown} */ error) => {
      if (!(error instanceof StaffgateError)) throw error;
    });
    return teller.answers.at(-1);
  }

  const absent = await answer(rob.myShifts.get({ shift: MISSING }));
  const answers = [
    await answer(rob.myShifts.get({ shift })),
    await answer(rob.myShifts.list({ client: client.id })),
    await answer(rob.myMandates.get({ mandate })),
    await answer(rob.clients.get({ client: client.id })),
  ];
  const same = answers.filter((each) => each === absent).length;
  says('Rob', `asks for ${answers.length} things of the Astoria`);
  says('Rob', `gets ${same} times the very bytes of an id that never existed`);
  assert.equal(same, answers.length, "somebody else's ids are told apart from missing ones");
}
