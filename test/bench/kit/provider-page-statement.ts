import { dossierFields } from './dossier-statement.ts';
import { DUE_DILIGENCE_FIELD } from './due-diligence-statement.ts';
import { VISITS_OF_HOME } from './home-visits-statement.ts';
import { providerStatement } from './provider-statement.ts';

export const providerPageStatement = providerStatement(`${dossierFields(VISITS_OF_HOME)}, ${DUE_DILIGENCE_FIELD}`);
