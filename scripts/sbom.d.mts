/** Declarations of sbom.mjs for the test that reads it. */
interface Metafile { readonly inputs: Readonly<Record<string, unknown>> }
export interface Component { readonly name: string; readonly version: string; readonly purl: string; readonly licenses: readonly { readonly license: { readonly id: string } }[]; readonly hashes: readonly { readonly alg: string; readonly content: string }[] }
export function bundledPackages(metafiles: readonly Metafile[]): string[];
export function bill(root: string, folders: readonly string[]): { readonly bomFormat: string; readonly components: readonly Component[] };
export function notices(root: string, folders: readonly string[]): string;
