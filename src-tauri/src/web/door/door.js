// Exchanges the link's token, which works once, for a cookie; then the app's own page takes over.
const token = new URLSearchParams(location.hash.slice(1)).get("t");
history.replaceState(null, "", "/");

async function open() {
  if (!token) return false;
  const answer = await fetch("/session", { method: "POST", body: token });
  return answer.ok;
}

const opened = await open().catch(() => false);
if (opened) {
  location.reload();
} else {
  document.getElementById("opening").hidden = true;
  document.getElementById("closed").hidden = false;
}
