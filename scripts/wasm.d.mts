// Types of scripts/wasm.mjs, for the test that holds its table.
export declare const TABLE: string;
export declare function sourcesHash(): string;
export declare function wasmTable(): string;
