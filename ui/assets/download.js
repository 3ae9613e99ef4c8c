// A file for the visitor: it arrives as base64 in a hidden element and is handed to the browser
// from there, so that nothing of it lies about on the server.
watch("value", () => {
  const file = element.querySelector("[data-bytes]");
  if (!file) return;
  const bytes = Uint8Array.from(atob(file.dataset.bytes), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: file.dataset.type }));
  link.download = file.dataset.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
});
