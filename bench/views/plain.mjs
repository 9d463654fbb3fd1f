// A client's page of shifts as a careful engineer writes it without a library: rows parsed, filtered as plain objects
// by who asks and what is shared, and validated by zod on the way out.
import * as z from 'zod';

const OF_TEAM = new Set(['confirmed', 'checked_in', 'checked_out']);
const PROPOSED = new Set(['proposed', 'invited', 'needs_reconfirmation']);
const KINDS = ['times', 'headcount', 'skill', 'note', 'cancel'];

const id = z.uuid();
const text = z.string().nullable();
const count = z.int().min(0);
const fills = z.enum(['unfilled', 'partly_filled', 'filled']);
const instant = z.iso.datetime();

const page = z.array(z.object({
  id,
  project: id,
  schedule: id,
  mandate: id.nullable(),
  starts_at: instant,
  ends_at: instant,
  local_start: z.string(),
  local_end: z.string(),
  zone: z.string(),
  break_minutes: count,
  site: id,
  site_name: z.string(),
  site_address: text,
  note: text,
  contact: z.record(z.string(), z.string()).nullable(),
  tags: z.array(z.string()),
  status: z.enum(['upcoming', 'running', 'finished', 'cancelled']),
  fill: fills,
  progress: z.object({ requested: count, proposed: count, confirmed: count, on_site: count, done: count }),
  positions: z.array(z.object({
    id,
    skill: id,
    skill_name: z.string(),
    role: z.enum(['staff', 'lead']),
    headcount: count,
    confirmed: count,
    fill: fills,
  })),
  team: z.array(z.object({ booking: id, name: z.string(), picture: text, position: id })).nullable(),
  lead: z.object({ name: z.string(), phone: text }).nullable(),
  cancellation: z.null(),
  changes: z.object({
    allowed: z.boolean(),
    kinds: z.array(z.string()),
    code: text,
    contact: z.null(),
    open: id.nullable(),
  }),
  revision: count,
}));

/** The page's reader over a database. */
export function reader(database) {
  const principals = database.prepare('SELECT body FROM staffgate_principal WHERE tenant = ? AND id = ?');
  const shifts = database.prepare('SELECT body FROM staffgate_shift WHERE tenant = ? AND client = ? ORDER BY client, starts_at, id LIMIT ?');
  return (agency, user, client, now, limit) => {
    const who = principals.get(agency, user);
    if (who === undefined || !JSON.parse(who.body).clients.some((one) => one.client === client)) throw new Error('not found');
    return page.parse(shifts.all(agency, client, limit).map(({ body }) => seen(JSON.parse(body), now)));
  };
}

const fill = (confirmed, wanted) => (confirmed >= wanted ? 'filled' : confirmed > 0 ? 'partly_filled' : 'unfilled');

function statusOf(shift, now) {
  if (shift.cancelled_at !== undefined) return 'cancelled';
  if (now < shift.starts_at) return 'upcoming';
  return now < shift.ends_at ? 'running' : 'finished';
}

/**
 * What the client sees of a shift whose project is shared. What a row does not say is null. Instants are written alike,
 * so they compare as texts.
 */
function seen(shift, now) {
  const shared = shift.team.immediately || shift.team.published_at !== undefined;
  const status = statusOf(shift, now);
  const positions = [];
  const team = [];
  let lead = null;
  let [requested, proposed, held] = [0, 0, 0];
  for (const position of shift.positions) {
    let confirmed = 0;
    for (const booking of position.bookings) {
      if (PROPOSED.has(booking.state)) proposed += 1;
      if (!OF_TEAM.has(booking.state)) continue;
      confirmed += 1;
      if (!shared) continue;
      team.push({ booking: booking.id, name: booking.name, picture: shift.team.pictures ? (booking.picture ?? null) : null, position: position.id });
      if (booking.id === shift.lead) {
        const reachable = status === 'upcoming' || status === 'running';
        lead = { name: booking.name, phone: reachable ? (booking.phone ?? null) : null };
      }
    }
    requested += position.headcount;
    held += confirmed;
    const { id, skill, skill_name, role, headcount } = position;
    positions.push({ id, skill, skill_name, role, headcount, confirmed, fill: fill(confirmed, headcount) });
  }
  const whole = positions.length === 1 && shift.part === undefined;
  const allowed = whole && status === 'upcoming';
  const first = positions[0]?.fill;
  return {
    id: shift.id,
    project: shift.project,
    schedule: shift.schedule,
    mandate: shift.mandate ?? null,
    starts_at: shift.starts_at,
    ends_at: shift.ends_at,
    local_start: shift.local_start,
    local_end: shift.local_end,
    zone: shift.zone,
    break_minutes: shift.break_minutes,
    site: shift.site,
    site_name: shift.site_name,
    site_address: shift.site_address ?? null,
    note: shift.note ?? null,
    contact: shift.contact ?? null,
    tags: shift.tags.filter((tag) => tag.visible_to_client).map((tag) => tag.text),
    status,
    fill: positions.every((position) => position.fill === first) ? first : 'partly_filled',
    progress: { requested, proposed, confirmed: held, on_site: 0, done: status === 'finished' ? held : 0 },
    positions,
    team: shared ? team : null,
    lead,
    cancellation: null,
    changes: {
      allowed,
      kinds: allowed ? KINDS : [],
      code: whole ? null : 'shift_split_contact_agency',
      contact: null,
      open: shift.open_change ?? null,
    },
    revision: shift.revision,
  };
}
