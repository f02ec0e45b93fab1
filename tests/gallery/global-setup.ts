import { serveGallery } from './serve.ts';

/** Serves the gallery to all workers; what is given back ends it. */
export default async function setUp(): Promise<() => Promise<void>> {
  const { base, close } = await serveGallery();
  process.env.GALLERY = base;
  return close;
}
