// Text without marks and capitals, to filter a short list that is on the screen already.

/** "Bản Đoàn Kết" as "ban doan ket". */
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().trim();
