const PNPM = 'npx --yes pnpm@12.21.0';

/** The commands as one types them in a clone. */
export const COMMAND = {
  start: `${PNPM} start`,
  reset: `${PNPM} start --reset`,
  install: `${PNPM} install`,
  seed: `${PNPM} seed --world`,
  importOfsted: `${PNPM} import:ofsted`,
  /** `run`, because pnpm has a `token` of its own; `--silent`, so that the token is all it prints. */
  token: (persona: string) => `${PNPM} --silent run token ${persona}`,
} as const;
