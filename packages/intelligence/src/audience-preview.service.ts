import {
  DirectoryService,
  hiddenGroups,
  Organisation,
  previewAudience,
  SharingLevel,
  SharingService,
  type Operation,
  type Previewed,
  type SharingInput,
} from '@accord/access';
import { ProviderService } from '@accord/providers';
import type { PreviewAudienceInput } from './intelligence.inputs.js';
import type { AudiencePreview } from './intelligence.type.js';

/** Says who would see intelligence if it were shared so, before it is. */
export class AudiencePreviewService {
  constructor(private readonly op: Operation) {}

  async preview({ providerId, homeId, sharing }: PreviewAudienceInput): Promise<AudiencePreview> {
    const { tenantId } = await this.op.caller();
    const { provider, home } = await this.op.get(ProviderService).askedAbout(providerId, homeId);
    const shared = { kind: 'INTELLIGENCE', providerId: provider.id, homeId: home?.id ?? null } as const;
    await this.op.get(SharingService).checkNames(sharing);
    const { level, boroughIds = null } = sharing;
    const hidden = await hiddenGroups(this.op.em, sharing.groupIds ?? []);
    const groupIds = (sharing.groupIds ?? []).filter((id) => !hidden.some((group) => group.id === id));
    const previewed = await previewAudience(this.op.em, tenantId, shared, { level, boroughIds, groupIds });
    const found = await this.op.get(DirectoryService).organisation.loadMany(previewed.map(({ id }) => id));
    const preview: AudiencePreview = { boroughs: [], andMembersOf: hidden.map(({ name }) => name), excluded: [] };
    for (const [index, one] of previewed.entries()) {
      const organisation = found[index];
      if (!(organisation instanceof Organisation)) continue;
      if (one.sees) preview.boroughs.push(organisation);
      // Who may be in a group that hides its members is not said not to be.
      else if (hidden.length === 0 || one.suspended || !one.agreed)
        preview.excluded.push({ borough: organisation, reason: reasonFor(one, sharing) });
    }
    return preview;
  }
}

/** The first that stands in the way. An agreement comes before use: who places where is not told of those outside it. */
function reasonFor({ suspended, agreed }: Previewed, { level }: SharingInput): string {
  if (level === SharingLevel.OWN_BOROUGH) return 'It stays in the own borough.';
  if (suspended) return 'It is suspended.';
  if (!agreed) return 'No sharing agreement in force covers intelligence with it.';
  return level === SharingLevel.NAMED
    ? 'It is neither named nor in a group that is.'
    : 'It is not concerned: it neither places there nor hosts it.';
}
