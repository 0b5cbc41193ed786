import type { OrganisationKind } from './organisation.entity.js';
import { may, type Action } from './action.js';
import type { PrincipalKind } from './principal.entity.js';
import type { Role } from './role.js';

/** What a token or key proves, before the directory has been asked. */
export interface Credential {
  readonly tenantId: string;
  readonly principalId: string;
  /** Roles of the token; null for a key, whose machine has the roles of the directory. */
  readonly roles: readonly Role[] | null;
  readonly expiresAt: Date;
  /** The machine key that was shown, to be looked at again in every operation. */
  readonly keyId: string | null;
}

/** Somebody who is signed in, with the rights that hold in this operation. */
export interface Caller {
  readonly id: string;
  readonly kind: PrincipalKind;
  readonly displayName: string;
  readonly tenantId: string;
  readonly tenantKind: OrganisationKind;
  readonly roles: ReadonlySet<Role>;
}

export const callerMay = (caller: Caller, action: Action): boolean => may(caller.roles, action);

/** Whether a credential may turn out to allow something, before the directory has been asked. */
export const credentialMay = ({ roles }: Credential, action: Action): boolean => roles === null || may(roles, action);
