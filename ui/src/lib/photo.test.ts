import { expect, it } from 'vitest';
import { withoutMetadata } from './photo';

const bytes = (...parts: (number[] | string)[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((c) => c.charCodeAt(0)) : part)));

it('leaves the picture of a JPEG and takes off what a camera or a browser has written beside it', () => {
  const start = [0xff, 0xd8];
  const jfif = [0xff, 0xe0, 0, 16, ...Array.from({ length: 14 }, (_, i) => i)];
  const exif = bytes([0xff, 0xe1, 0, 11], 'GPS 21.0N');
  const profile = bytes([0xff, 0xe2, 0, 5], 'ICC');
  const comment = bytes([0xff, 0xfe, 0, 7], 'Pa Co');
  const table = [0xff, 0xdb, 0, 4, 1, 2];
  const scan = [0xff, 0xda, 0, 4, 0, 0, 0x12, 0xff, 0, 0xff, 0xe1, 0x34, 0xff, 0xd9];
  const whole = bytes(start, jfif, [...exif], [...profile], table, [...comment], scan);
  expect(withoutMetadata(whole)).toEqual(bytes(start, jfif, table, scan));
});

it('does not loop or throw on what is no JPEG', () => {
  for (const odd of [bytes(), bytes([0xff]), bytes([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff]), bytes('hello, it is text')])
    expect(withoutMetadata(odd).length).toBeLessThanOrEqual(odd.length + 2);
});
