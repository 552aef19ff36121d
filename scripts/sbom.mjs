// What the parcel holds of others: a software bill of materials (CycloneDX 1.5) and the texts of their licences.
// The packages are those that esbuild read, not those that npm installed; nothing in either file depends on the machine or the day.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const json = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The folders of the packages that the bundles were made from, as the lock file names them, sorted. */
export function bundledPackages(metafiles) {
  const folders = new Set();
  for (const { inputs } of metafiles) {
    for (const input of Object.keys(inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
      if (folder !== undefined) folders.add(folder.slice(folder.indexOf('node_modules/')));
    }
  }
  return [...folders].sort();
}

/** CycloneDX 1.5, without the serial number and the time that would make two builds differ. */
export function bill(root, folders) {
  const manifest = json(path.join(root, 'package.json'));
  const { packages } = json(path.join(root, 'package-lock.json'));
  const components = folders.map((folder) => {
    const entry = packages[folder];
    if (entry === undefined) throw new Error(`${folder} is bundled, but the lock file does not name it`);
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const [algorithm, digest] = entry.integrity.split('-');
    return {
      type: 'library',
      'bom-ref': `${name}@${entry.version}`,
      name,
      version: entry.version,
      purl: `pkg:npm/${name.replace('@', '%40')}@${entry.version}`,
      licenses: [{ license: { id: entry.license ?? json(path.join(root, folder, 'package.json')).license } }],
      hashes: [{ alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') }],
    };
  });
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': `mcalc@${manifest.version}`, name: manifest.name, version: manifest.version, licenses: [{ license: { id: manifest.license } }] } },
    components,
    dependencies: [{ ref: `mcalc@${manifest.version}`, dependsOn: components.map((one) => one['bom-ref']) }],
  };
}

/** Every bundled package with the text of its licence; equal texts stand once. */
export function notices(root, folders) {
  const texts = new Map();
  for (const folder of folders) {
    const { name, version, license } = json(path.join(root, folder, 'package.json'));
    const file = readdirSync(path.join(root, folder)).sort().find((one) => /^licen[cs]e/i.test(one));
    const text = file === undefined ? `Licensed under ${license}.` : readFileSync(path.join(root, folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
    texts.set(text, [...texts.get(text) ?? [], `${name} ${version}`]);
  }
  return `mcalc holds code of these packages.\n\n${[...texts].map(([text, names]) => `${names.join(', ')}\n${'-'.repeat(72)}\n${text}\n`).join('\n\n')}`;
}
