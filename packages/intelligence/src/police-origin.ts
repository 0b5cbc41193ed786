import { Organisation, plainText, optionalText, type Operation } from '@accord/access';
import { badInput, isId, londonDate } from '@accord/kernel';
import { PoliceOriginRecord } from './intelligence-item.entity.js';
import type { PoliceOriginInput } from './intelligence.inputs.js';

const LONGEST = 200;
const PATH = 'input.policeOrigin';

/** Writes down where an item came from, with its 3x5x2 grading. @throws `BAD_USER_INPUT`. */
export async function writePoliceOrigin(op: Operation, itemId: string, input: PoliceOriginInput): Promise<void> {
  const { source, information, handling, receivedOn } = input;
  if (![1, 2, 3].includes(source)) throw badInput(`${PATH}.source`, 'Source is 1, 2 or 3.');
  if (!/^[A-E]$/.test(information)) throw badInput(`${PATH}.information`, 'Information is one of A, B, C, D and E.');
  if (!/^[PC]$/.test(handling)) throw badInput(`${PATH}.handling`, 'Handling is P or C.');
  if (receivedOn > londonDate(new Date())) throw badInput(`${PATH}.receivedOn`, 'This day is still to come.');
  const conditions = optionalText(`${PATH}.conditions`, input.conditions, LONGEST * 5);
  if (handling === 'C' && conditions === null) {
    throw badInput(`${PATH}.conditions`, 'Handling C means that there are conditions: write down which.');
  }
  await op.em.insert(PoliceOriginRecord, {
    itemId,
    force: plainText(`${PATH}.force`, input.force, LONGEST),
    reference: plainText(`${PATH}.reference`, input.reference, LONGEST),
    receivedOn,
    source,
    information,
    handling,
    conditions,
  });
}

/** The organisations that an originator has consented to, each once. @throws `BAD_USER_INPUT` for an unknown one. */
export async function consentOf(op: Operation, ids: readonly string[] | null | undefined): Promise<string[]> {
  const named = [...new Set(ids ?? [])];
  const known = named.every(isId) ? await op.em.count(Organisation, { id: { $in: named } }) : 0;
  if (named.length > 0 && known < named.length) {
    throw badInput(`${PATH}.consentedBoroughIds`, 'Not every id is one of the alliance’s boroughs; see organisations.');
  }
  return named;
}
