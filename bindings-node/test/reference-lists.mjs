// The price list that the vectors in `tests/vectors` describe by a handful of figures.

export function demand(given) {
  const { zone, headcount, start, end } = given;
  return { zone, positions: [{ headcount, start, end }] };
}

/** Nine rules: minimum call, night, weekend and holiday, overtime in the shift, rounding up. */
export function priceList(given) {
  const premium = (code, percent, more) => ({
    id: code,
    component: code,
    rate: { kind: 'percent', percent, of: ['base'] },
    ...more,
  });
  const rate = { kind: 'per_hour', amount: given.hourly_rate };
  const codes = ['base', 'minimum', 'night', 'weekend', 'holiday', 'overtime'];
  const weekend = { weekdays: ['saturday', 'sunday'], holiday: false };
  const overtime = { kind: 'in_shift_after', minutes: given.overtime_after_minutes };
  const step = given.rounding_minutes;
  return {
    id: `list-${given.list ?? 0}`,
    currency: 'EUR',
    valid_from: '1990-01-01',
    vat: { percent: given.vat_percent },
    components: codes.map((code) => ({ code, name: code })),
    calendar: {
      windows: [{ code: 'night', from: '22:00', to: '06:00' }],
      holidays: given.holidays.map((day) => ({ name: 'Holiday', from: `${day}T00:00`, to: `${dayAfter(day)}T00:00` })),
    },
    // Every premium is added to the others.
    policies: { stacking: [], rounding: { kind: 'duration', mode: { kind: 'up' }, step_minutes: step } },
    rules: [
      { id: 'base', rate },
      { id: 'minimum', component: 'minimum', unit: { kind: 'minimum_call', minutes: given.minimum_minutes }, rate },
      premium('night', given.night_percent, { when: { window: 'night' } }),
      premium('weekend', given.weekend_percent, { when: weekend }),
      premium('holiday', given.holiday_percent, { when: { holiday: true } }),
      premium('overtime', given.overtime_percent, { unit: overtime }),
    ],
  };
}

function dayAfter(day) {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
