// What was typed in a task's form is saved as a draft a few seconds after the last change. The button
// does the same without this file. A press is sent only where the session still is: nothing that was
// typed is lost where it has ended. A form with a draft asks that only long after it last heard of the server.
import { renew } from './session.js';

const PAUSE = 3000;
const AGAIN = 15000;
const LONG = 60000;

const form = document.querySelector('form[data-draft]');
const status = form?.querySelector('[data-autosave]');
if (status) saveByItself();
document.querySelectorAll('form[data-guarded]').forEach(sendSignedIn);

function saveByItself() {
  let timer = 0;
  let going = null;
  let heard = Date.now();
  let isUndecided = false;

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
    let outcome;
    try {
      outcome = await send(mine.signal) ?? (await renew(form, form.action, mine.signal) ? await send(mine.signal) : null);
    } catch {
      if (mine.signal.aborted) return true;
      tell(status, status.dataset.failed);
      plan(AGAIN);
      return true;
    }
    tell(status, outcome?.text ?? status.dataset.signedOut);
    if (outcome?.version) {
      form.elements.namedItem('draft_version').value = outcome.version;
      // The answer to a refused press: Back and Reload now ask for the page, and send nothing again.
      history.replaceState(history.state, '', location.href);
    }
    if (outcome?.panel) ask(outcome.panel);
    heard = outcome ? Date.now() : 0;
    if (!outcome) plan(AGAIN);
    return outcome !== null;
  }

  const changed = ({ target }) => {
    if (target.name && !isUndecided) plan(PAUSE);
  };

  // Other answers were saved elsewhere: nothing more is saved until it is said which ones to keep.
  function ask(panel) {
    const place = form.querySelector('[data-elsewhere]');
    const told = document.createElement('template');
    told.innerHTML = panel;
    place.replaceChildren(told.content);
    isUndecided = true;
    place.querySelector('[data-keep]').addEventListener('click', () => {
      form.elements.namedItem('draft_version').value = place.querySelector('[data-version]').dataset.version;
      isUndecided = false;
      place.replaceChildren();
      form.querySelector('button[name="press"]')?.focus();
      save();
    });
  }

  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  form.addEventListener('submit', stop);
  sendAfter(form, save, () => isLong(heard));
  if (document.getElementById('error-summary')) save();
}

// Without a session the press would lead away from what was typed.
function sendSignedIn(form) {
  const place = form.querySelector('[data-signed-out]');
  sendAfter(form, async () => {
    const isSignedIn = await renew(form, form.action).catch(() => true);
    tell(place, isSignedIn ? '' : place.dataset.signedOut);
    return isSignedIn;
  }, () => true);
}

function isLong(since) {
  return Date.now() - since > LONG;
}

// Sends the form once `isReady` says so, where it `isDoubtful`; the press then goes on as it was.
function sendAfter(form, isReady, isDoubtful) {
  let isChecked = false;
  form.addEventListener('submit', async (event) => {
    if (isChecked || event.defaultPrevented || !isDoubtful()) {
      isChecked = false;
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    isChecked = await isReady();
    // While a press is still being dealt out, a form takes no other one.
    await new Promise((resolve) => { setTimeout(resolve); });
    delete form.dataset.sent;
    submitter?.removeAttribute('aria-disabled');
    if (isChecked) form.requestSubmit(submitter);
  });
}

// The sentence of the server; null where it no longer knows the sender.
async function send(signal) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  data.set('press', 'autosave');
  data.set('command_id', newId());
  const answer = await fetch(form.action, { method: 'POST', body: data, credentials: 'same-origin', signal });
  if ((answer.ok && !answer.redirected) || answer.status === 409) return answer.json();
  if (answer.status >= 500) throw new Error(String(answer.status));
  return null;
}

function tell(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
