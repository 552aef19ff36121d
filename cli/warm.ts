/** What the first command runs, after it has printed, before its code is kept: the commands after it start warm whatever it was. */
import { rehearse } from '../core/ide/rehearsal';
import { present } from '../core/notation/present';

rehearse({ present });
