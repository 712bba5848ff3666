// Files between the notebook and the person: how a chosen one is read, and how one is given.

import type { Commands } from '$lib/generated/commands';
import { backend, CommandError, execute, type SavedFile } from '$lib/backend';

/** A chosen file as base64. */
export function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(new CommandError({ code: 'file_not_read', message: 'the file could not be read' }));
    reader.readAsDataURL(file);
  });
}

/** Makes a file of the notebook: written by the door where it can, downloaded by the browser elsewhere. */
export async function saveNotebookFile(args: Commands['file_export']['args']): Promise<SavedFile> {
  const door = backend();
  if (door.saveFile) return door.saveFile(args);
  const { name, content, records } = await execute('file_export', args);
  download(name, content);
  return { path: name, downloaded: true, records };
}

/** Makes the workbook of a report, in the same way. */
export async function saveWorkbook(args: Commands['report_workbook']['args']): Promise<SavedFile> {
  const door = backend();
  if (door.saveWorkbook) return door.saveWorkbook(args);
  const { name, bytes } = await execute('report_workbook', args);
  download(name, bytes);
  return { path: name, downloaded: true, records: 0 };
}

function download(name: string, content: string): void {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
