/** The command line's entry: one row a command. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { EXIT, Stop } from './exit';
import { print, say } from './output';
import { VERSION } from '../server/version';

export type Flags = Readonly<Record<string, string | boolean | undefined>>;
interface Command {
  /** Loaded when it is called for: the others' parts of the engine stay unread. */
  readonly load: () => Promise<(files: readonly string[], flags: Flags) => Promise<number> | number>;
  readonly options: ParseArgsConfig['options'];
  readonly usage: string;
  readonly does: string;
  /** How many files it takes. */
  readonly files: readonly [number, number];
}
const text = { type: 'string' } as const;
const on = { type: 'boolean' } as const;

const COMMANDS: Readonly<Record<string, Command>> = {
  derive: { load: async () => (await import('./derive')).derive, files: [1, Infinity], usage: 'mcalc derive FILE… [--of F --wrt X] [--form F,…] [--format text|unicode|latex|markdown|json] [--steps] [--json]', does: 'the derivative of every request, in every notation', options: { of: text, wrt: text, form: text, format: text, steps: on, json: on } },
  check: { load: async () => (await import('./check')).check, files: [1, Infinity], usage: 'mcalc check FILE… [--fix] [--seed N] [--json] [--report text|json|junit|sarif]', does: 'shapes checked, claims decided, requests verified', options: { fix: on, json: on, report: text, seed: text } },
  generate: { load: async () => (await import('./generate')).generate, files: [1, Infinity], usage: 'mcalc generate FILE… [--target typescript|javascript|typescript-wasm|mathjs|ml-matrix|numpy] [--out DIR] [--tests vitest|jest|mocha|node|unittest|pytest] [--check] [--force] [--json]', does: 'code for the value and the derivatives', options: { target: text, out: text, tests: text, check: on, force: on, json: on } },
  verify: { load: async () => (await import('./verify')).verify, files: [1, Infinity], usage: 'mcalc verify FILE… [--of F --wrt X] [--values V.json] [--seed N] [--json] [--report text|json|junit|sarif]', does: 'the numerical tests of each request, with their figures', options: { of: text, wrt: text, values: text, json: on, report: text, seed: text } },
  eval: { load: async () => (await import('./eval')).evaluateFile, files: [1, Infinity], usage: 'mcalc eval FILE… --values V.json (--of F [--wrt X] [--order 2] | --expr) [--engine generated|interpreted] [--json]', does: 'the value and the derivative at a point', options: { values: text, of: text, wrt: text, expr: on, engine: text, order: text, json: on } },
  format: { load: async () => (await import('./format')).formatFiles, files: [1, Infinity], usage: 'mcalc format FILE… [--check]', does: 'the canonical layout', options: { check: on } },
  convert: { load: async () => (await import('./convert')).convert, files: [1, Infinity], usage: 'mcalc convert FILE… --from latex [--with DECLARATIONS] | --to latex', does: 'LaTeX to mcalc, and back', options: { from: text, to: text, with: text } },
  lsp: { load: async () => (await import('./lsp')).lsp, files: [0, 0], usage: 'mcalc lsp --stdio', does: 'the language server', options: { stdio: on } },
};

const help = (): string => `mcalc: matrix calculus\n\n${Object.values(COMMANDS).map((c) => `  ${c.usage}\n      ${c.does}`).join('\n')}\n\n  mcalc --help, -h | mcalc COMMAND --help\n  mcalc --version, -V\n\nA FILE of - is standard input. Exit codes: 0 all is well; 1 errors, or a check failed; 2 wrong usage.\n`;

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    print(help());
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  if (name === 'version' || name === '--version' || name === '-V') {
    print(`mcalc ${VERSION}\n`);
    return EXIT.ok;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new Stop(`mcalc: there is no command ${JSON.stringify(name)}\n\n${help()}`, EXIT.usage);
  let parsed;
  try {
    parsed = parseArgs({ args: [...rest], options: { ...command.options, help: on }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Stop(`mcalc ${name}: ${(error as Error).message}\nusage: ${command.usage}`, EXIT.usage);
  }
  if (parsed.values.help === true) {
    print(`usage: ${command.usage}\n${command.does}\n`);
    return EXIT.ok;
  }
  const [least, most] = command.files;
  if (parsed.positionals.length < least || parsed.positionals.length > most) throw new Stop(`mcalc ${name}: expected ${least === 0 ? 'no file' : most === 1 ? 'one file' : 'one or more files'}\nusage: ${command.usage}`, EXIT.usage);
  return (await command.load())(parsed.positionals, parsed.values as Flags);
}

main(process.argv.slice(2)).then(
  (code) => { process.exitCode = code; },
  (error: unknown) => {
    say(error instanceof Stop ? error.message.trimEnd() : `mcalc: internal error: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = error instanceof Stop ? error.exitCode : EXIT.failed;
  },
);
