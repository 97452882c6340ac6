// The address that the server prints holds its token behind the #, which browsers never send.
const token = decodeURIComponent(location.hash.slice(1));
if (token) {
  history.replaceState(null, '', location.pathname + location.search);
  document.querySelector('input[name=token]').value = token;
  document.querySelector('input[name=who]').focus();
}
