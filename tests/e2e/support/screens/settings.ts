// What is behind *Thêm*: people, devices, places and the app itself.

import { expect } from "@playwright/test";

import { type Screen, at, more } from "./screen.ts";

/** On a notebook some days into the work. */
export const SETTINGS: Screen[] = [
  { name: "more", title: "Thêm", open: (page) => at(page, "more") },
  { name: "settings", title: "Cài đặt", open: (page) => more(page, "settings", "Cài đặt") },
  { name: "data", title: "Dữ liệu ở đâu?", open: (page) => more(page, "data", "Dữ liệu ở đâu?") },
  { name: "lessons", title: "Hướng dẫn: các thẻ", open: (page) => more(page, "lessons", "Hướng dẫn") },
  { name: "shared", title: "Máy dùng chung: chưa có mã PIN", open: (page) => more(page, "shared", "Máy dùng chung") },
  { name: "activities", title: "Hoạt động của tổ", open: (page) => more(page, "activities", "Hoạt động") },
  { name: "activity-form", title: "Ghi hoạt động", open: (page) => page.getByRole("button", { name: "Ghi hoạt động" }).click() },
  { name: "members", title: "Thành viên tổ", open: (page) => more(page, "members", "Thành viên tổ") },
  { name: "member-form", title: "Thêm thành viên", open: (page) => page.getByRole("button", { name: "Thêm thành viên" }).click() },
  { name: "devices", title: "Các máy của tổ", open: (page) => more(page, "devices", "Các máy của tổ") },
  { name: "device-rename", title: "Đổi tên máy này", open: (page) => page.getByRole("button", { name: "Đổi tên máy này" }).click() },
  { name: "notebooks-one", title: "Các sổ trên máy này: mới có một", open: (page) => more(page, "notebooks", "Các sổ trên máy này") },
  { name: "office-empty", title: "Văn phòng xã: chưa gom sổ thôn nào", open: (page) => more(page, "office", "Văn phòng xã") },
  { name: "teams", title: "Các tổ của sổ", open: (page) => more(page, "teams", "Tổ") },
  { name: "team-form", title: "Thêm tổ", open: (page) => page.getByRole("button", { name: "Thêm tổ" }).click() },
  {
    name: "team",
    title: "Một tổ: người, nhóm, tập huấn",
    async open(page) {
      await page.keyboard.press("Escape");
      await more(page, "teams", "Tổ");
      await page.getByRole("link", { name: /Tổ CNSCĐ/ }).first().click();
      await expect(page.getByRole("heading", { name: "Tập huấn của tổ" })).toBeVisible();
    },
  },
  {
    name: "member",
    title: "Sửa một thành viên",
    async open(page) {
      await page.getByRole("region", { name: "Người của tổ" }).getByRole("link").first().click();
      await expect(page.getByLabel("Ở đây gọi là")).toBeVisible();
    },
  },
  { name: "places", title: "Địa bàn", open: (page) => more(page, "places", "Địa bàn") },
  { name: "place-form", title: "Thêm một nơi", open: (page) => page.getByRole("button", { name: "Thêm nơi" }).click() },
  {
    name: "places-change",
    title: "Đổi tên, gộp, tách: xem trước",
    async open(page) {
      await page.keyboard.press("Escape");
      await more(page, "places", "Địa bàn");
      await page.getByRole("link", { name: "Thay đổi địa bàn" }).click();
      await page.getByRole("radio", { name: "Đổi tên" }).click();
      await page.getByRole("group", { name: "Nơi nào đổi tên" }).or(page.getByRole("radiogroup", { name: "Nơi nào đổi tên" })).getByRole("radio").first().click();
      await page.getByRole("textbox", { name: "Tên mới" }).fill("Bản Đoàn Kết");
      await page.getByRole("button", { name: "Xem trước" }).click();
      await expect(page.getByRole("heading", { name: "Sẽ thành thế này" })).toBeVisible();
    },
  },
  {
    name: "official",
    title: "Tra xã cũ",
    async open(page) {
      await at(page, "more/places/official");
      await page.getByRole("button", { name: /Xã cũ/ }).click();
      await page.getByRole("searchbox").fill("chieng khoa van ho");
      await page.getByRole("button", { name: /Chiềng Khoa/ }).first().click();
      await expect(page.getByText("Xã Chiềng Khoa nay là")).toBeVisible();
    },
  },
  { name: "checklist", title: "Bộ tiêu chí", open: (page) => more(page, "checklist", "Bộ tiêu chí") },
  {
    name: "about",
    title: "Giới thiệu, kiểm tra sổ",
    async open(page) {
      await more(page, "about", "Giới thiệu");
      await page.getByRole("button", { name: "Kiểm tra sổ" }).click();
      await expect(page.getByText("Sổ nguyên vẹn")).toBeVisible();
    },
  },
];
