// Photos: made small enough for a bad line, and stripped of all that is not seen.

import { CommandError } from '$lib/backend';

/** The largest photo that a visit takes, in bytes. */
export const PHOTO_BYTES = 60_000;
/** At most so many photos a visit. */
export const PHOTOS_AT_MOST = 4;

/** What is tried, in this order, until a photo is small enough: its longest side in pixels, and its quality. */
export const ATTEMPTS: readonly (readonly [side: number, quality: number])[] = [
  [1280, 0.7],
  [1280, 0.5],
  [1024, 0.5],
  [800, 0.5],
  [640, 0.45],
  [480, 0.4],
  [320, 0.35],
];

const unreadable = () => new CommandError({ code: 'photo_not_read', message: 'the picture could not be read' });

/** A chosen picture as a JPEG of at most {@link PHOTO_BYTES}, in base64. */
export async function compressed(file: Blob): Promise<string> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw unreadable();
  });
  try {
    for (const [side, quality] of ATTEMPTS) {
      const bytes = withoutMetadata(await drawn(picture, side, quality));
      if (bytes.length <= PHOTO_BYTES) return base64(bytes);
    }
  } finally {
    picture.close();
  }
  throw new CommandError({ code: 'photo_too_large', message: 'the picture does not get small enough' });
}

async function drawn(picture: ImageBitmap, side: number, quality: number): Promise<Uint8Array> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (!pen) throw unreadable();
  // What is transparent would become black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
  if (!blob) throw unreadable();
  return new Uint8Array(await blob.arrayBuffer());
}

/** A JPEG without the segments in which a browser, too, may write: colour profiles, comments, Exif. */
export function withoutMetadata(jpeg: Uint8Array): Uint8Array {
  const kept: number[] = [];
  let at = 2;
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff) {
    const marker = jpeg[at + 1] ?? 0;
    const end = at + 2 + ((jpeg[at + 2] ?? 0) << 8) + (jpeg[at + 3] ?? 0);
    const says = (marker >= 0xe1 && marker <= 0xef) || marker === 0xfe;
    if (!says) kept.push(at, end);
    at = end;
    // From the scan on there is only the picture.
    if (marker === 0xda) break;
  }
  const parts = [jpeg.subarray(0, 2)];
  for (let i = 0; i < kept.length; i += 2) parts.push(jpeg.subarray(kept[i], kept[i + 1]));
  parts.push(jpeg.subarray(at));
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    out.set(part, place);
    place += part.length;
  }
  return out;
}

function base64(bytes: Uint8Array): string {
  let letters = '';
  for (let at = 0; at < bytes.length; at += 8_192) letters += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(letters);
}
