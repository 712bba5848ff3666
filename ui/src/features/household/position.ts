// Where the door is, asked of this device only when somebody taps.

import type { PositionView } from '$lib/generated/commands';

/** What a device may be off, in metres, and still find a door. */
const ACCURACY_AT_MOST = 100;
/** How long a device may look for satellites, in milliseconds. */
const PATIENCE = 30_000;
const MICRO = 1_000_000;

export interface Measured {
  latitude: number;
  longitude: number;
  /** How far off it may be, in metres. */
  accuracy: number;
}

/** Why there is no position. Nothing else waits for it. */
export type Without = { why: 'denied' | 'unavailable' } | { why: 'imprecise'; n: number };

/** Measures where this device is now. The system asks for permission by itself. */
export function measure(): Promise<Measured | Without> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve({ why: 'unavailable' });
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) => {
        const n = Math.ceil(accuracy);
        resolve(n > ACCURACY_AT_MOST ? { why: 'imprecise', n } : { latitude, longitude, accuracy });
      },
      (error) => resolve({ why: error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable' }),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0 },
    );
  });
}

/** A kept position as a device would have measured it. */
export function measuredFrom(position: PositionView): Measured {
  return {
    latitude: position.latitude_e6 / MICRO,
    longitude: position.longitude_e6 / MICRO,
    accuracy: position.accuracy_m,
  };
}

/** What a map app opens. */
export function geoUri(position: PositionView): string {
  const { latitude, longitude } = measuredFrom(position);
  return `geo:${latitude},${longitude}?q=${latitude},${longitude}`;
}

/** How far off a position as a document has it may be, in metres. */
export function accuracyIn(stored: string): number {
  return Number(stored.split(',')[2] ?? 0);
}
