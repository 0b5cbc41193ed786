import { AccordError } from '@accord/kernel';
import { GraphQLScalarType, Kind } from 'graphql';

/** Whether a text is a calendar date that exists, written YYYY-MM-DD. */
function isCalendarDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function parse(value: unknown): string {
  if (isCalendarDate(value)) return value;
  // Where in the input, says whoever reads the variables.
  throw new AccordError('BAD_USER_INPUT', `Expected a date such as 2026-11-22, got ${JSON.stringify(value)}.`);
}

/** A day without a time, as London's calendar counts it. */
export const CalendarDate = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A calendar day, YYYY-MM-DD.',
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
  // One that leaves was checked when it came, or is the database's own.
  serialize: (value) => {
    if (value instanceof Date) return value.toISOString().slice(0, 10);
    return typeof value === 'string' ? value : parse(value);
  },
});
