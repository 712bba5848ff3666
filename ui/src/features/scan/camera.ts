// The camera: asking for it, letting go of it, and what kept it from opening.

/** Why there is no picture: no camera, not allowed, used by another app, or something else. */
export type Trouble = 'none' | 'denied' | 'busy' | 'failed';

/** A QR code in the hand fills this well; more costs a cheap phone time. In px. */
const WIDTH = 1280;

/** Whether this browser can open a camera at all. */
export function hasCamera(): boolean {
  // Types say it is always there; over plain http and in some windows it is not.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return typeof devices?.getUserMedia === 'function';
}

/** Opens the camera, the rear one where there are several. */
export function openCamera(): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    video: { facingMode: { ideal: 'environment' }, width: { ideal: WIDTH } },
    audio: false,
  });
}

/** Lets go of the camera: its light goes out. */
export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** What a refused camera is called, in our words. */
export function troubleOf(error: unknown): Trouble {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'failed';
}
