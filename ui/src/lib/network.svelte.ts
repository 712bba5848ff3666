// What this device's network is like, told to the notebook, which decides by it when to send and receive by itself.

import { execute } from './backend';

/** What some browsers know about the way to the network; the others do not have it. */
interface Connection extends EventTarget {
  type?: string;
}

const connection = () => (navigator as Navigator & { connection?: Connection }).connection;

/** Mobile data costs by the byte, Wi-Fi and a cable do not; null when the browser does not say. */
function metered(): boolean | null {
  const type = connection()?.type;
  if (type === 'cellular' || type === 'wimax') return true;
  return type === 'wifi' || type === 'ethernet' ? false : null;
}

class NetworkNow {
  metered = $state<boolean | null>(null);

  /** Tells now and at every change. Returns how to stop. */
  watch(): () => void {
    const tell = () => {
      this.metered = metered();
      // Nothing depends on its arrival: the notebook finds out by trying.
      execute('network_report', { online: navigator.onLine, metered: this.metered }).catch(() => undefined);
    };
    const told: [EventTarget | undefined, string][] = [
      [window, 'online'],
      [window, 'offline'],
      [connection(), 'change'],
    ];
    for (const [where, what] of told) where?.addEventListener(what, tell);
    tell();
    return () => {
      for (const [where, what] of told) where?.removeEventListener(what, tell);
    };
  }
}

export const network = new NetworkNow();
