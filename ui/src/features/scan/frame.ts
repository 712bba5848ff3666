// One look at the camera's picture. The decoder comes with the first look, not with the app.

/** The side of the square that is looked at, in px: enough for an invite's fine pattern. */
const SIDE = 720;

/** Returns what reads the middle square of the picture, which is what a person sees of it. */
export function frameReader(video: HTMLVideoElement): () => Promise<string | undefined> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return async () => {
    const { default: decode } = await import('qr/decode.js');
    const { videoWidth, videoHeight } = video;
    const from = Math.min(videoWidth, videoHeight);
    if (from === 0 || !context) return undefined;
    const side = Math.min(from, SIDE);
    if (canvas.width !== side) canvas.width = canvas.height = side;
    context.drawImage(video, (videoWidth - from) / 2, (videoHeight - from) / 2, from, from, 0, 0, side, side);
    try {
      return decode(context.getImageData(0, 0, side, side));
    } catch {
      // This is how the decoder says that it sees no code.
      return undefined;
    }
  };
}
