import { DirectoryService, Organisation, Paging, type Connection, type Operation, type PageArgs } from '@accord/access';
import { array, readPlain } from '@accord/persistence';
import DataLoader from 'dataloader';
import { readFlags } from './flag.disclosure.js';
import { FlagAcknowledgement } from './flag.entity.js';
import type { Acknowledgement, Flag } from './flag.type.js';
import { FlagStatus } from './vocabulary.js';

/** What belongs to flags, for all of one operation at once. */
export class FlagLoader {
  readonly acknowledgements = new DataLoader<string, Acknowledgement[]>(async (ids) => {
    const rows = await readPlain(
      this.op.em,
      FlagAcknowledgement,
      'where e.flag_id = any(?::uuid[]) order by e.acknowledged_at',
      [array(ids)],
    );
    const organisations = await this.op
      .get(DirectoryService)
      .organisation.loadMany(rows.map((row) => row.organisationId));
    return ids.map((id) =>
      rows.flatMap(({ flagId, acknowledgedBy, acknowledgedAt }, index) => {
        const organisation = organisations[index];
        return flagId === id && organisation instanceof Organisation
          ? [{ organisation, acknowledgedBy, acknowledgedAt }]
          : [];
      }),
    );
  });

  constructor(private readonly op: Operation) {}

  /** Flags on a provider and its homes: open ones first, then by the day on which they were raised, newest first. */
  async flagsOf(providerId: string, { first, after }: PageArgs): Promise<Connection<Flag>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'flags', providerId);
    const size = paging.size(first);
    const place = paging.after(after);
    const beyond = place === null ? '' : `and ${ORDER} < (?::boolean, ?::text, ?::uuid)`;
    const flags = await readFlags(this.op, `where provider_id = ? ${beyond} order by ${ORDER} desc limit ?`, [
      providerId,
      ...(place ?? []),
      size + 1,
    ]);
    return paging.page(
      flags,
      size,
      (flag) => [String(isOpen(flag)), flag.raisedOn ?? '', flag.id],
      (flag) => flag,
    );
  }
}

/** Only what the caller sees is ordered by: a day and not a moment, where the moment is withheld. */
const ORDER = `(is_open, coalesce(raised_on, ''), id)`;

/** Who knows only that a flag exists knows it while it is open. */
const isOpen = (flag: Flag): boolean =>
  flag.existenceOnly || flag.status === FlagStatus.OPEN || flag.status === FlagStatus.ACKNOWLEDGED;
