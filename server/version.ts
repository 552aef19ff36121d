/** The version that the server gives in `initialize`. */
export { version as VERSION } from '../package.json';
