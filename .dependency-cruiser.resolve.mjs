import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = (path) => fileURLToPath(new URL(path, import.meta.url));

const packages = ['packages', 'services', '.']
  .flatMap((folder) => readdirSync(source(folder)).map((name) => [name, `./${folder}/${name}/src/index.ts`]))
  .filter(([, index]) => existsSync(source(index)));

/** How dependency-cruiser finds modules: by their sources, as they are written, not as they were last built. */
export default {
  resolve: {
    alias: Object.fromEntries(packages.map(([name, index]) => [`@accord/${name}$`, source(index)])),
    extensions: ['.ts', '.mjs', '.js', '.json'],
    extensionAlias: { '.js': ['.ts', '.js'] },
  },
};
