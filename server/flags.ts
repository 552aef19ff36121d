/** The flags of Node with which the extension and `mcalc lsp` start the server: young garbage is small, and a larger space for it would stay taken (30 MB). */
export const SERVER_FLAGS: readonly string[] = ['--max-semi-space-size=1'];
