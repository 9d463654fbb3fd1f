// Builds the package into dist/: the native part with cargo, the facade with tsc, and the doors for ES modules.
// What is up to date is left alone. STAFFGATE_PROFILE=checked builds the native part quickly, for tests.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const home = join(import.meta.dirname, '..');
const dist = join(home, 'dist');
const require = createRequire(import.meta.url);
const doors = ['index', 'testing'];
const target = join(home, '../target');
const profile = process.env.STAFFGATE_PROFILE ?? 'release';
// Whoever builds more than this package names it all, so that what is shared is built once.
const packages = (process.env.STAFFGATE_PACKAGES ?? '-p staffgate-node').split(' ');

function run(program, args) {
  execFileSync(program, args, { cwd: home, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** The facade: compiled again only when a source or a setting changed. */
function buildFacade() {
  const sources = readdirSync(join(home, 'lib/src'), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => join('lib/src', name));
  const hash = createHash('sha256');
  for (const name of [...sources, 'tsconfig.json', 'package.json', 'scripts/build.mjs']) {
    hash.update(name).update('\0').update(readFileSync(join(home, name))).update('\0');
  }
  const wanted = hash.digest('hex');
  const stamp = join(dist, '.sources');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  for (const name of existsSync(dist) ? readdirSync(dist) : []) {
    if (!name.endsWith('.node') && name !== '.native') rmSync(join(dist, name), { recursive: true });
  }
  run(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', '.']);
  for (const door of doors) writeFileSync(join(dist, `${door}.d.mts`), `export * from './${door}.js';\n`);
  return () => writeFileSync(stamp, wanted);
}

/** The native part: cargo knows what changed. */
function buildNative() {
  console.log(`building the native part of the Node package, profile ${profile} (the first time takes some minutes)`);
  run('cargo', ['build', '--profile', profile, '--quiet', '--locked', ...packages]);
  const { platform } = require(join(dist, 'platform.js'));
  const names = { darwin: 'libstaffgate_node.dylib', win32: 'staffgate_node.dll' };
  const built = join(target, profile, names[process.platform] ?? 'libstaffgate_node.so');
  const place = join(dist, `staffgate.${platform()}.node`);
  const stamp = join(dist, '.native');
  const wanted = `${profile} ${statSync(built).mtimeMs}`;
  if (existsSync(place) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  // Renamed into place: a process that has the old file loaded keeps it whole.
  copyFileSync(built, `${place}.new`);
  renameSync(`${place}.new`, place);
  writeFileSync(stamp, wanted);
}

/**
 * One door for ES modules beside each for CommonJS. It hands on the same objects, so that a class is one class
 * however a program came to it, and `instanceof` holds.
 */
function buildDoors() {
  for (const door of doors) {
    const names = Object.keys(require(join(dist, `${door}.js`))).filter((name) => name !== '__esModule');
    const code = `import door from './${door}.js';\n\nexport const {\n  ${names.join(',\n  ')},\n} = door;\n`;
    writeFileSync(join(dist, `${door}.mjs`), code);
  }
}

mkdirSync(dist, { recursive: true });
const keep = buildFacade();
buildNative();
if (keep) {
  buildDoors();
  keep();
}
