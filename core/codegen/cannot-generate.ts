/** Raised for what no kernel computes, or no plan covers; `generateModule` turns it into a refusal that says so. */
export class CannotGenerate extends Error {}
