// Lays out what is published, in a folder of the caller's: the package without native parts, which names one optional
// package per platform, and the package of this platform. A release joins the platform packages of all its machines.
//
//     node scripts/layout.mjs FOLDER
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const home = join(import.meta.dirname, '..');

export function layout(folder) {
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const platforms = readdirSync(join(home, 'npm'));
  delete manifest.scripts;
  delete manifest.devDependencies;
  manifest.optionalDependencies = Object.fromEntries(platforms.map((name) => [`@staffgate/${name}`, manifest.version]));
  const main = join(folder, 'staffgate');
  mkdirSync(main, { recursive: true });
  writeFileSync(join(main, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const isPart = (path) => /\.(node|native|sources)$/.test(path);
  cpSync(join(home, 'dist'), join(main, 'dist'), { recursive: true, filter: (path) => !isPart(path) });
  for (const part of readdirSync(join(home, 'dist')).filter((name) => name.endsWith('.node'))) {
    const name = part.slice('staffgate.'.length, -'.node'.length);
    const place = join(folder, '@staffgate', name);
    mkdirSync(place, { recursive: true });
    cpSync(join(home, 'npm', name, 'package.json'), join(place, 'package.json'));
    cpSync(join(home, 'dist', part), join(place, part));
  }
}

if (import.meta.filename === process.argv[1]) layout(process.argv[2] ?? 'out');
