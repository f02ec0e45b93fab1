/** Stands in for the browser the CLI opens: signs in on the sandbox's pages and follows the way back to the waiting CLI. */
import { walkSignIn } from '../sandbox-crm/walk-sign-in.ts';

const address = process.argv.findLast((argument) => argument.startsWith('http'));
if (address === undefined) throw new Error('The browser was opened without an address');
await fetch(await walkSignIn(address));
