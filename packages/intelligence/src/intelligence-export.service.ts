import {
  DirectoryService,
  exportFile,
  optionalText,
  Organisation,
  ReadKind,
  ReadLogService,
  type ExportFile,
  type Operation,
} from '@accord/access';
import { badInput } from '@accord/kernel';
import { ProviderLoader } from '@accord/providers';
import { IntelligenceFeedService } from './intelligence-feed.service.js';
import type { ExportIntelligenceInput } from './intelligence-export.resolver.js';
import { IntelligenceLoader } from './intelligence.loader.js';
import type { IntelligenceItem } from './intelligence.type.js';
import { trafficLightLabel } from './vocabulary.js';

/** So many fit into an answer; more are asked for by a narrower filter. */
const MOST_EXPORTED = 1000;
const LONGEST_NOTE = 1000;

const COLUMNS = [
  'tlp',
  'conditions',
  'id',
  'version',
  'provider',
  'home',
  'borough',
  'category',
  'summary',
  'detail',
  'observedOn',
  'sharedOn',
  'sharing',
  'reviewOn',
  'isFaded',
];

/** Hands out what the caller sees, with its markings, under a log that comes first. */
export class IntelligenceExportService {
  constructor(private readonly op: Operation) {}

  async export({ filter, format, purpose, note }: ExportIntelligenceInput): Promise<ExportFile> {
    const words = optionalText('input.note', note, LONGEST_NOTE);
    const items = await this.op.get(IntelligenceFeedService).all(filter ?? {}, MOST_EXPORTED + 1);
    if (items.length > MOST_EXPORTED) {
      throw badInput('input.filter', `This is more than ${MOST_EXPORTED} items: narrow the filter.`);
    }
    const others = items
      .filter((item) => !item.isOwn)
      .map(({ id, logOwnerId: ownerId, version, providerId }) => ({ id, ownerId, version, providerId }));
    await this.op.get(ReadLogService).logAll(others, ReadKind.EXPORT, purpose, words);
    const rows = await Promise.all(items.map((item) => this.#row(item)));
    return exportFile('intelligence', format, COLUMNS, rows);
  }

  async #row(item: IntelligenceItem) {
    const { provider, home } = this.op.get(ProviderLoader);
    const borough = item.ownerId === null ? null : await this.op.get(DirectoryService).organisation.load(item.ownerId);
    return {
      tlp: trafficLightLabel(item.tlp),
      conditions: item.conditions,
      id: item.id,
      version: item.version,
      provider: (await provider.load(item.providerId))?.name ?? null,
      home: item.homeId === null ? null : ((await home.load(item.homeId))?.name ?? null),
      borough: borough instanceof Organisation ? borough.name : null,
      category: item.category,
      summary: item.text,
      detail: await this.op.get(IntelligenceLoader).detail.load(item.id),
      observedOn: item.observedOn,
      sharedOn: item.sharedOn,
      sharing: item.sharing,
      reviewOn: item.reviewOn,
      isFaded: item.isFaded,
    };
  }
}
