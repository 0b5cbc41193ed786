import type { Question } from './contestant.ts';
import type { ListVariables } from './list-statement.ts';

const first = 20;

const ask = (
  words: string,
  variables: Omit<ListVariables, 'first'> = {},
  pagesBefore = 0,
): Question<ListVariables> => ({
  words,
  variables: { first, ...variables },
  pagesBefore,
});

/** What every one of the servers can be asked: the register by name and by change, from its start and from a cursor. */
export const PLAIN: readonly Question<ListVariables>[] = [
  ask('by name'),
  ask('by name, second page', {}, 1),
  ask('by name, backwards', { orderBy: { field: 'NAME', direction: 'DESC' } }),
  ask('by name, third page', {}, 2),
  ask('last changed', { orderBy: { field: 'UPDATED_AT', direction: 'DESC' } }),
  ask('last changed, second page', { orderBy: { field: 'UPDATED_AT', direction: 'DESC' } }, 1),
];

/** What the contract's filters and orders add: the rotation of a register in use. */
export const FULL: readonly Question<ListVariables>[] = [
  ...PLAIN,
  ask('search for a name', { filter: { search: 'quilavo' } }),
  ask('search for part of a name, misspelt', { filter: { search: 'caldavodrft' } }),
  ask('search for a postcode', { filter: { search: 'zz3' } }),
  ask('accredited, next review first', {
    filter: { accreditationStatus: ['ACCREDITED', 'ACCREDITED_WITH_CONDITIONS'] },
    orderBy: { field: 'REVIEW_DUE', direction: 'ASC' },
  }),
  ask('with an open flag, most flags first', {
    filter: { hasOpenFlag: true },
    orderBy: { field: 'OPEN_FLAG_COUNT', direction: 'DESC' },
  }),
  ask('used by my borough', { filter: { usedByMyBorough: true } }),
  ask('with a home in two boroughs', { filter: { hostBoroughGss: ['E09000005', 'E09000003'] } }),
  ask(
    'registered and shared, second page',
    { filter: { placementType: ['SUPPORTED_SHARED_RING_FENCED'], registrationStatus: ['REGISTERED'] } },
    1,
  ),
];
