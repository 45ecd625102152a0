// Builds ../static/vendor from the exact packages of package-lock.json. Usage: node build.mjs [DIR]
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, 'node_modules');
const target = path.resolve(process.argv[2] ?? path.join(here, '../static/vendor'));

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const bundled = await bundleViewer();
await writeStylesheet();
await writeLicences([...bundled, 'govuk-frontend']);
await writeChecksums();

// Returns the names of the packages that went into the bundle.
async function bundleViewer() {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: ['src/viewer.js'],
    outdir: target,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2020'],
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const names = Object.keys(metafile.inputs)
    .filter((file) => file.startsWith('node_modules/'))
    .map((file) => file.split('/').slice(1, file.includes('/@') ? 3 : 2).join('/'));
  return [...new Set(names)];
}

// The stylesheet of govuk-frontend without what may be used on gov.uk only: its font and the crest.
async function writeStylesheet() {
  const file = path.join(modules, 'govuk-frontend/dist/govuk/govuk-frontend.min.css');
  const css = (await readFile(file, 'utf8'))
    .replace(/\/\*!.*?\*\//gs, '')
    .replace(/@font-face\{[^}]*\}/g, '')
    .replace(/[^{}]*\{[^{}]*govuk-crest[^{}]*\}/g, '')
    .replaceAll('GDS Transport', 'Noto Sans')
    .replace(/\/\*# sourceMappingURL=.*?\*\//g, '');
  if (/url\(|@font-face|crest|GDS/.test(css)) {
    throw new Error('Expected no address, font or crest in the stylesheet of govuk-frontend');
  }
  await writeFile(path.join(target, 'govuk-frontend.css'), `${css.trim()}\n`);
}

async function writeLicences(names) {
  const texts = await Promise.all([...names].sort().map(licenceOf));
  await writeFile(path.join(target, 'licences.txt'), texts.join('\n'));
}

async function licenceOf(name) {
  const folder = path.join(modules, name);
  const { version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file
    ? await readFile(path.join(folder, file), 'utf8')
    : await readFile(path.join(here, `../../licences/${name}.txt`), 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}\n\n${'-'.repeat(80)}\n`;
}

async function writeChecksums() {
  const files = (await readdir(target)).sort();
  const lines = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(path.join(target, file));
      return `${createHash('sha256').update(bytes).digest('hex')}  ${file}\n`;
    }),
  );
  await writeFile(path.join(target, 'checksums.txt'), lines.join(''));
}
