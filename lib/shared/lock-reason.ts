/**
 * Why the vault is locked. `start`: the browser was started anew. `limit`: it was open for as long as it may be. `policy`: the
 * organisation asks for a passphrase, and there is none yet.
 */
export type LockReason = 'start' | 'user' | 'idle' | 'screen' | 'limit' | 'policy';
