/** The table of handlers: every request that the server answers. */
import { colours } from './colours';
import { derivations } from './derivation';
import { editing } from './editing';
import type { Handler } from './handler';
import { hovers } from './hover';
import { navigation } from './navigation';
import { outline } from './outline';
import { previews } from './preview';
import { diagnosing } from './publish';
import { verification } from './verify';
import { commands } from './commands';
import { writing } from './writing';

export const HANDLERS: readonly Handler[] = [
  ...diagnosing, ...hovers, ...writing, ...navigation, ...outline, ...colours, ...editing, ...verification, ...derivations, ...previews, ...commands,
];
