/** The suite's entry in VS Code: runs every bundled `*.test.js` beside it with Mocha, and prints the counts. */
import Mocha from 'mocha';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { format } from 'node:util';

/** Marks our lines among VS Code's own; the code-server runner looks for it. */
const MARK = '\u2502 ';

export function run(): Promise<void> {
  const say = (...parts: readonly unknown[]): void => {
    for (const line of format(...parts).split('\n')) console.log(MARK + line);
  };
  Mocha.reporters.Base.consoleLog = say;
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, color: false, slow: 5000 });
  const only = process.env['MCALC_EDITOR_TESTS'];
  for (const file of fs.readdirSync(__dirname).sort()) {
    if (file.endsWith('.test.js') && (only === undefined || file.includes(only))) mocha.addFile(path.join(__dirname, file));
  }
  return new Promise((resolve, reject) => {
    let passed = 0;
    const runner = mocha.run((failed) => {
      say(`${passed} passed, ${failed} failed`);
      if (failed > 0) reject(new Error(`${failed} editor tests failed`));
      else if (passed === 0) reject(new Error('no editor test ran'));
      else resolve();
    });
    runner.on('pass', () => { passed += 1; });
  });
}
