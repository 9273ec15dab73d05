// Pairs by the code behind '#', which the QR code carries and no server is told.
const code = decodeURIComponent(location.hash.slice(1));
if (code) {
  history.replaceState(null, "", "/pair");
  document.getElementById("token").value = code;
  document.getElementById("pair").submit();
}
