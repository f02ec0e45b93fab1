/** Saves `text` as a file of the user's own, by the browser's download; it goes nowhere else. */
export function saveFile(name: string, type: 'application/json' | 'text/csv' | 'text/html', text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
