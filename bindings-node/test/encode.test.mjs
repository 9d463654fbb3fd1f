// How values become JSON: as JSON.stringify has them, whatever is in them and however long they are.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const { encode, encoded } = createRequire(import.meta.url)('../dist/encode.js');

const TEXTS = ['', 'plain', '"quoted"', 'back\\slash', 'line\nend', '\0\x1f\x7f', 'Zoë', 'Кухар', '料理人', '\u{1f600}', '\u2028', '~ '];
const NUMBERS = [0, -0, 1, 9, 10, -1, 0.5, 1e21, 1e-7, 2 ** 53, Number.MAX_VALUE, Number.MIN_VALUE, -123.456];

/** Numbers that look random and are the same in every run. */
function sequence(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function value(draw, levels) {
  switch (draw(levels > 0 ? 6 : 4)) {
    case 0:
      return TEXTS[draw(TEXTS.length)].repeat(1 + draw(3));
    case 1:
      return NUMBERS[draw(NUMBERS.length)];
    case 2:
      return [true, false, null][draw(3)];
    case 3:
      return new Date(draw(2 ** 31) * 1000);
    case 4:
      return Array.from({ length: draw(5) }, () => value(draw, levels - 1));
    default: {
      const fields = Array.from({ length: draw(5) }, () => [TEXTS[draw(TEXTS.length)], draw(5) === 0 ? undefined : value(draw, levels - 1)]);
      return Object.fromEntries(fields);
    }
  }
}

test('a value is written as JSON.stringify writes it', () => {
  const draw = sequence(7);
  for (let round = 0; round < 20_000; round += 1) {
    const given = value(draw, 4);
    assert.equal(encode(given, false), JSON.stringify(given));
    const { bytes, length } = encoded(given);
    assert.equal(Buffer.from(bytes.subarray(0, length)).toString('utf8'), JSON.stringify(given));
  }
});

test('room grows at any length, and a short value after a long one stands alone', () => {
  for (const part of ['x', '"', 'ë', '料']) {
    for (let length = 4000; length < 4200; length += 1) {
      const given = [part.repeat(length)];
      assert.equal(encode(given, false), JSON.stringify(given));
    }
    const long = Array.from({ length: 3000 }, (_, at) => part.repeat(at % 300));
    assert.equal(encode(long, false), JSON.stringify(long));
    assert.equal(encode({ part }, false), JSON.stringify({ part }));
  }
});
