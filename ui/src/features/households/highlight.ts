// Which letters of a name the search has found. The notebook decides what is a hit;
// this only shows where, comparing base letters and ignoring marks.

export interface Piece {
  text: string;
  hit: boolean;
}

/** Without marks, small letters: `Páo` → `pao`, `Đ` → `d`. One letter stays one letter. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

/** A name in pieces, hits apart. Hits side by side are one piece, the space between them too. */
export function highlight(name: string, search: string): Piece[] {
  const text = name.normalize('NFC');
  const terms = fold(search).split(/\s+/).filter(Boolean);
  const hit = new Array<boolean>(text.length).fill(false);
  for (const word of text.matchAll(/\S+/gu)) {
    const folded = fold(word[0]);
    const longest = Math.max(0, ...terms.filter((term) => folded.startsWith(term)).map((term) => term.length));
    hit.fill(true, word.index, word.index + longest);
  }
  for (let i = 1; i < text.length - 1; i++) {
    if (text[i] === ' ' && hit[i - 1] && hit[i + 1]) hit[i] = true;
  }
  const pieces: Piece[] = [];
  for (let i = 0; i < text.length; i++) {
    const last = pieces.at(-1);
    const is = hit[i] ?? false;
    if (last?.hit === is) last.text += text[i];
    else pieces.push({ text: text[i] ?? '', hit: is });
  }
  return pieces;
}
