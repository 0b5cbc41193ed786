import { readConfig } from '@accord/kernel';
import { migrate } from '@accord/persistence';
import { assertDevelopment } from './identity/development-only.js';
import { assertCanListen, portFrom } from './free-port.js';
import { launchEmbedded } from './launch-embedded.js';
import type { Launched, LaunchOptions } from './launched.js';
import { Problem } from './problem.js';
import { startServices } from './services.js';

/**
 * Starts all of Accord in this process. This is the one place that asks which way it is run: with
 * `DATABASE_URL` on databases of your own, without it on one that it brings (the embedded profile).
 * @throws Problem in the person's words where there is something to do; what had begun is in `shutdown`.
 */
export async function launch(options: LaunchOptions): Promise<Launched> {
  return options.env['DATABASE_URL'] ? launchOnOwnDatabase(options) : launchEmbedded(options);
}

async function launchOnOwnDatabase({ env, reset, report, shutdown }: LaunchOptions): Promise<Launched> {
  if (reset) throw new Problem('--reset is for the database that Accord brings: with DATABASE_URL set there is none.');
  if (!env['OIDC_ISSUER']) assertDevelopment(env);
  const config = readConfig(env);
  await assertCanListen(config.HOST, portFrom('PORT', env['PORT'], config.PORT));
  if (config.DATABASE_OWNER_URL !== undefined) {
    const ran = await migrate(config.DATABASE_OWNER_URL);
    report(`database of your own, ${ran.length === 0 ? 'up to date' : `migrated (${ran.length})`}`);
  }
  const url = await startServices(config, shutdown);
  report('gateway and worker started');
  return {
    url,
    issuer: config.OIDC_ISSUER,
    folder: undefined,
    developmentSignIn: false,
    queryPage: config.NODE_ENV !== 'production',
  };
}
