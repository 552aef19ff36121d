/** The rooms and what each may import: the table of ARCHITECTURE.md. */

export interface Room {
  /** The folder; a file belongs to the longest that holds it. */
  readonly folder: string;
  /** Rooms that it may import besides itself. */
  readonly mayImport: readonly string[];
  /** Packages that it may import. */
  readonly packages: readonly RegExp[];
}

const coreRooms = ['core/syntax', 'core/algebra', 'core/calculus', 'core/simplify', 'core/notation', 'core/proof', 'core/numeric', 'core/verify', 'core/codegen', 'core/ide'];
const everyCore = ['core', ...coreRooms];

export const ROOMS: readonly Room[] = [
  { folder: 'core/syntax', mayImport: [], packages: [] },
  { folder: 'core/algebra', mayImport: ['core/syntax'], packages: [] },
  { folder: 'core/calculus', mayImport: ['core/algebra', 'core/syntax'], packages: [] },
  { folder: 'core/simplify', mayImport: ['core/algebra', 'core/syntax'], packages: [] },
  { folder: 'core/notation', mayImport: ['core/algebra', 'core/calculus', 'core/simplify', 'core/syntax'], packages: [] },
  { folder: 'core/proof', mayImport: ['core/algebra', 'core/calculus', 'core/notation', 'core/simplify', 'core/syntax'], packages: [] },
  { folder: 'core/numeric', mayImport: ['core/algebra', 'core/syntax'], packages: [] },
  { folder: 'core/verify', mayImport: ['core/algebra', 'core/calculus', 'core/numeric', 'core/simplify', 'core/syntax'], packages: [/^mathjs$/] },
  { folder: 'core/codegen', mayImport: ['core/algebra', 'core/numeric', 'core/calculus', 'core/simplify', 'core/syntax'], packages: [] },
  { folder: 'core/ide', mayImport: everyCore, packages: [] },
  { folder: 'core', mayImport: coreRooms, packages: [] },
  { folder: 'server', mayImport: everyCore, packages: [/^vscode-languageserver/, /^mathjax-full\//, /^node:/] },
  { folder: 'client', mayImport: [], packages: [/^vscode$/, /^vscode-languageclient(\/|$)/] },
  { folder: 'cli', mayImport: [...everyCore, 'server'], packages: [/^node:/] },
];

/** Single files that may be imported from elsewhere, beyond the table. */
export const SHARED_FILES: Readonly<Record<string, readonly string[]>> = { 'server/protocol.ts': ['client'], 'server/flags.ts': ['client'] };

export function roomOf(file: string): Room | undefined {
  return ROOMS.filter((room) => file.startsWith(`${room.folder}/`)).sort((a, b) => b.folder.length - a.folder.length)[0];
}
