/** Writes the tensors of the problems: `node scripts/anchors.mjs`. */
import { writeFileSync } from 'node:fs';
import { stored } from './store';

const lines = Object.entries(stored()).map(([id, s]) => `${JSON.stringify(id)}: ${JSON.stringify(s)}`);
writeFileSync('test/data/anchors.json', `{\n${lines.join(',\n')}\n}\n`);
