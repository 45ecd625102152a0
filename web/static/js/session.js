// A page that was open for long may belong to a session that has ended. After signing in again, in
// another tab, its form goes on with the token of the new session.

// Whether the person is signed in: the form then holds a token that is good now. `at` is an address
// that shows the same form; where it shows none any more, the server says why once the form is sent. Throws
// where the server can't be reached.
export async function renew(form, at, signal) {
  const answer = await fetch(at, { credentials: 'same-origin', signal });
  if (answer.status >= 500) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const forms = [...page.querySelectorAll('form')];
  const same = forms.find((each) => each.getAttribute('action') === form.getAttribute('action') && each.method === form.method);
  const isShown = answer.ok && !answer.redirected;
  const fresh = (same ?? (isShown ? page : null))?.querySelector('input[name="csrf_token"]');
  if (!fresh) return false;
  form.querySelector('input[name="csrf_token"]').value = fresh.value;
  return true;
}
