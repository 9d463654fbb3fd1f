// Compiles only if the types are as promised. Never run.
import { NotFound, Portal, StaffgateError, type AgencyView, type Outcome, type Read, type Row, type Store } from 'staffgate';
import { checkStore } from 'staffgate/testing';

class MyStore implements Store {
  load(reads: Read[]): Promise<Row[][]> {
    return Promise.resolve(reads.map((read) => (read.read === 'range' ? [{ id: read.index, version: read.limit, body: '' }] : [])));
  }

  commit(): Outcome {
    return { outcome: 'conflict' };
  }
}

const portal = new Portal(new MyStore(), { clock: () => new Date(), commandId: () => 'one' });
const operator = portal.asOperator('agency', { locale: 'fr' });
const agency: AgencyView = await operator.agencies.create({ name: 'Northlight Staffing', currency: 'EUR' }, { commandId: 'c' });
const orderable: string[] = agency.orderable;
const cases: number = (await checkStore(new MyStore())).cases;

try {
  await operator.agencies.get();
} catch (error) {
  if (error instanceof NotFound) console.log(error.path, cases, orderable);
  // `code` is a closed list: a code that does not exist does not compile.
  if (error instanceof StaffgateError && error.code === 'stale_revision') console.log(error.details['revision']);
  // @ts-expect-error -- there is no such code
  if (error instanceof StaffgateError && error.code === 'stale_bread') console.log(error.retryable);
}

// @ts-expect-error -- a field is missing
await operator.agencies.create({ name: 'Northlight Staffing' });
// @ts-expect-error -- there is no such field
await operator.agencies.create({ name: 'Northlight Staffing', currency: 'EUR', colour: 'red' });
// @ts-expect-error -- there is no such language
portal.asOperator('agency', { locale: 'de' });
