// What was typed in a task's form is saved as a draft a few seconds after the last change. The
// button does the same without this file.

const PAUSE = 3000;
const AGAIN = 15000;

const form = document.querySelector('form[data-draft]');
const status = form?.querySelector('[data-autosave]');
if (status) saveByItself();

function saveByItself() {
  let timer = 0;
  let going = null;

  const plan = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };
  const stop = () => {
    clearTimeout(timer);
    going?.abort();
  };

  async function save() {
    going?.abort();
    const mine = new AbortController();
    going = mine;
    try {
      const outcome = await send(mine.signal) ?? (await renew(mine.signal) ? await send(mine.signal) : null);
      tell(outcome?.text ?? status.dataset.signedOut);
      if (!outcome) plan(AGAIN);
    } catch {
      if (mine.signal.aborted) return;
      tell(status.dataset.failed);
      plan(AGAIN);
    }
  }

  const changed = ({ target }) => {
    if (target.name) plan(PAUSE);
  };
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  form.addEventListener('submit', stop);
}

// The sentence of the server; null where it no longer knows the sender.
async function send(signal) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  data.set('press', 'autosave');
  data.set('command_id', newId());
  const answer = await fetch(form.action, { method: 'POST', body: data, credentials: 'same-origin', signal });
  if (answer.ok && !answer.redirected) return answer.json();
  if (answer.status === 409) return answer.json();
  if (answer.status >= 500) throw new Error(String(answer.status));
  return null;
}

// After signing in again, in another tab, the form goes on with the token of the new session.
async function renew(signal) {
  const answer = await fetch(form.action, { credentials: 'same-origin', signal });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('#task-form input[name="csrf_token"]');
  if (!fresh) return false;
  form.querySelector('input[name="csrf_token"]').value = fresh.value;
  return true;
}

function tell(text) {
  if (status.textContent !== text) status.textContent = text;
}

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
