/** What the tests use of docs.mjs. */
export interface Command { readonly line: string; readonly output: readonly string[] }
export interface Session { readonly start: number; readonly end: number; readonly commands: readonly Command[] }
export interface Tables { readonly operators: readonly { readonly name: string; readonly family: string; readonly spellings: readonly string[] }[]; readonly CODES: readonly { readonly code: string }[] }
export function pages(): readonly string[];
export function tables(): Promise<Tables>;
export function buildCli(): Promise<{ readonly cli: string; readonly remove: () => void }>;
export function generatedPages(tables: Tables): Readonly<Record<string, string>>;
export function sessions(text: string): readonly Session[];
export function runSession(cli: string, commands: readonly Command[]): readonly (Command | undefined)[];
