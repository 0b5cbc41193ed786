import { calendarDaysAfter, londonDate } from '@accord/kernel';
import type { RowOf } from './load-world.js';
import type { MonitoringWorld } from './monitoring-world.js';

/** What a model says stands for an id of a world. */
export const ref = (kind: string, number: number) => ({ id: `${kind} ${number}` });
export const refOrNull = (kind: string, number: number | null) => (number === null ? null : ref(kind, number));

export const dayOf = (number: number): string => calendarDaysAfter(londonDate(new Date()), number);

/**
 * A line for what a surface shows, the same whoever writes it: lists inside it in the order of their words, without
 * what has nothing to say.
 */
export const lineOf = (surface: string, shown: unknown): string => `${surface} ${JSON.stringify(canonical(shown))}`;

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .map(canonical)
      .filter((one) => !saysNothing(one))
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, canonical(one)]));
}

const saysNothing = (value: unknown): boolean =>
  value !== null && typeof value === 'object' && Object.values(value).every((one) => one === null);

/** A text with the model’s words for the ids of a world in it. */
export const named = (text: string, names: ReadonlyMap<string, string>): string =>
  text.replaceAll(UUID, (id) => names.get(id) ?? id);

const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

/** The model’s words for the ids of a world: of another world none. */
export function namesOf(world: MonitoringWorld, rowOf: RowOf): Map<string, string> {
  const names = new Map<string, string>();
  const name = (kind: string, count: number): void => {
    for (let number = 0; number < count; number += 1) names.set(rowOf(kind, number), `${kind} ${number}`);
  };
  for (const kind of ['organisation', 'principal']) name(kind, world.suspended.length);
  name('provider', 2);
  name('home', world.homes.length);
  name('sharing', world.sharings.length);
  name('rule', world.rules.length);
  name('request', world.requests.length);
  name('check', world.checks.length);
  for (const number of world.requests.keys()) name(`reference of ${number}`, world.suspended.length);
  for (const { number, findings, actions } of world.visits) {
    name(`finding of ${number}`, findings.length);
    name(`action of ${number}`, actions.length);
    for (const kind of ['officer', 'visitor', 'photo']) names.set(rowOf(kind, number), `${kind} ${number}`);
  }
  return names;
}
