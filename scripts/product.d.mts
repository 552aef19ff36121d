/** Declarations of product.mjs for the test that reads it. */
export function productFolders(root: string): readonly string[];
