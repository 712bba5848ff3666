// The page of the guide that shows every screen: made from the same list that leads to them.

import { SIZES } from "../support/checks.ts";
import { PARTS } from "../support/screens/parts.ts";
import type { Screen } from "../support/screens/screen.ts";

const WIDTHS = { phone: 180, tablet: 200, desk: 400 };

/** The whole page, in Markdown. */
export function page(): string {
  const parts = PARTS.map(({ title, screens }) => `## ${title}\n\n${screens.map(shown).join("\n")}`);
  return `${HEAD}\n${parts.join("\n")}`;
}

const HEAD = `# Mọi màn hình của Từng Nhà

Mỗi màn hình ở ba cỡ: điện thoại, máy tính bảng, máy tính; nền sáng và nền tối. Người và số trong ảnh là bịa.
Trang này do \`./dev pictures\` làm ra, xin đừng sửa tay. Cách dùng: xem [Một ngày với Từng Nhà](README.md).
`;

function shown({ name, title }: Screen): string {
  const row = (tone: string) => SIZES.map((size) => image(`${size.name}-${name}${tone}`, title, WIDTHS[size.name])).join("\n");
  return `### ${title}\n\n${row("")}\n\n<details><summary>Nền tối</summary>\n\n${row("-dark")}\n\n</details>\n`;
}

function image(file: string, title: string, width: number): string {
  return `<img src="man-hinh/${file}.webp" width="${width}" alt="${title}" loading="lazy">`;
}
