export interface Piece {
  text: string;
  differs: boolean;
}

/** A value in pieces: what it shares with the others at both ends, and what differs between. */
export function differing(value: string, others: readonly string[]): Piece[] {
  if (others.length === 0) return [{ text: value, differs: false }];
  const letters = Array.from(value);
  const against = others.map((other) => Array.from(other));
  const shared = (at: (of: string[], i: number) => string | undefined, most: number) => {
    let n = 0;
    while (n < most && against.every((other) => n < other.length && at(other, n) === at(letters, n))) n++;
    return n;
  };
  const start = shared((of, i) => of[i], letters.length);
  const room = Math.min(letters.length, ...against.map((other) => other.length)) - start;
  const end = shared((of, i) => of[of.length - 1 - i], Math.max(0, room));
  return [
    { text: letters.slice(0, start).join(''), differs: false },
    { text: letters.slice(start, letters.length - end).join(''), differs: true },
    { text: letters.slice(letters.length - end).join(''), differs: false },
  ].filter((piece) => piece.text);
}
