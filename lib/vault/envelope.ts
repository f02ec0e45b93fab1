import { AppError } from '@/lib/shared/errors';

/**
 * The envelope of a sealed box, the only form in which record data or tokens touch the disk:
 *
 *   byte 0      version, 1
 *   bytes 1-2   key generation, big endian
 *   bytes 3-14  96-bit nonce, fresh for every box
 *   bytes 15-   AES-256-GCM ciphertext with its 128-bit tag
 */
const ENVELOPE_VERSION = 1;
export const NONCE_BYTES = 12;
const HEADER_BYTES = 3 + NONCE_BYTES;
const TAG_BYTES = 16;

export interface Envelope {
  generation: number;
  nonce: Uint8Array<ArrayBuffer>;
  ciphertext: Uint8Array<ArrayBuffer>;
}

/** Where a box belongs. All of it is authenticated, so a box cannot be moved, swapped or read as another version. */
export interface BoxPlace {
  connectionId: string;
  table: string;
  /** The box's key in its table, e.g. run and cell. */
  key: string;
  /** Version of what is inside. */
  schema: number;
}

/** The bytes of `envelope` as they are stored. */
export function encodeEnvelope(envelope: Envelope): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + envelope.ciphertext.length);
  bytes[0] = ENVELOPE_VERSION;
  new DataView(bytes.buffer).setUint16(1, envelope.generation);
  bytes.set(envelope.nonce, 3);
  bytes.set(envelope.ciphertext, HEADER_BYTES);
  return bytes;
}

/**
 * Reads stored bytes.
 * @throws AppError `storage.newer-version` for a version from the future, `vault.tampered` for bytes that are no envelope.
 */
export function decodeEnvelope(bytes: Uint8Array): Envelope {
  // Whoever can write to the disk can put anything there.
  if (!ArrayBuffer.isView(bytes)) throw new AppError('vault.tampered');
  const version = bytes[0];
  if (version !== undefined && version > ENVELOPE_VERSION) throw new AppError('storage.newer-version');
  if (version !== ENVELOPE_VERSION || bytes.length < HEADER_BYTES + TAG_BYTES) throw new AppError('vault.tampered');
  return {
    generation: new DataView(bytes.buffer, bytes.byteOffset).getUint16(1),
    nonce: bytes.slice(3, HEADER_BYTES),
    ciphertext: bytes.slice(HEADER_BYTES),
  };
}

/** The associated data of a box: one canonical JSON array, so that no two places encode alike. */
export function associatedData(place: BoxPlace, generation: number): Uint8Array<ArrayBuffer> {
  const parts = ['sidelight', ENVELOPE_VERSION, generation, place.connectionId, place.table, place.key, place.schema];
  return new TextEncoder().encode(JSON.stringify(parts));
}
