// "Sign with NCALayer": the bytes come from the server, are signed on this computer, and go back with
// the form, so that a refused signature loses nothing that was typed.
import { Cancelled, Failed, NotRunning, sign } from './ncalayer.js';
import { renew } from './session.js';

class Stale extends Error {}
class SignedOut extends Error {}

document.querySelectorAll('[data-ncalayer]').forEach(isTablet() ? handOver : offer);

// An iPad names itself a Mac, so that only its touch screen tells them apart: no Mac has one.
function isTablet() {
  return /Mac/.test(navigator.platform) && navigator.maxTouchPoints > 1;
}

function handOver(panel) {
  panel.replaceWith(panel.querySelector('[data-on-a-tablet]').content);
}

function offer(panel) {
  const button = panel.querySelector('[data-sign]');
  panel.querySelector('[data-without]').hidden = true;
  button.hidden = false;
  button.addEventListener('click', () => press(panel, button));
}

async function press(panel, button) {
  if (button.getAttribute('aria-disabled')) return;
  button.setAttribute('aria-disabled', 'true');
  try {
    tell(panel, 'connecting');
    const { data, nonce } = await prepared(panel);
    const request = JSON.parse(panel.dataset.request);
    const cms = await sign(panel.dataset.ncalayer, request, data, () => tell(panel, 'choosing'));
    tell(panel, 'sending');
    send(panel, { way: 'ncalayer', cms, nonce });
  } catch (error) {
    tell(panel, stateOf(error), error.message);
    button.removeAttribute('aria-disabled');
  }
}

function stateOf(error) {
  if (error instanceof NotRunning) return 'absent';
  if (error instanceof Cancelled) return 'cancelled';
  if (error instanceof SignedOut) return 'signed-out';
  if (error instanceof Stale) return 'stale';
  return error instanceof Failed ? 'failed' : 'offline';
}

// What is signed is what the page shows: its digest must be the one that stands there.
async function prepared(panel) {
  if (panel.dataset.content) return { data: panel.dataset.content, nonce: '' };
  const form = panel.closest('form');
  let answer = await ask(panel, form);
  if (answer.status === 400 || answer.redirected) {
    if (!await renew(form, form.getAttribute('action'))) throw new SignedOut();
    answer = await ask(panel, form);
  }
  if (answer.status >= 500) throw new Error(String(answer.status));
  const told = answer.ok && !answer.redirected ? await answer.json() : null;
  if (told?.sha256 !== panel.dataset.hash) throw new Stale();
  return told;
}

function ask(panel, form) {
  const body = new URLSearchParams({ csrf_token: form.elements.namedItem('csrf_token').value });
  return fetch(panel.dataset.prepareAt, { method: 'POST', body, credentials: 'same-origin' });
}

// In place of the fields of the other ways, which have the same names.
function send(panel, values) {
  const form = panel.closest('form');
  for (const [name, value] of Object.entries(values)) {
    form.querySelectorAll(`[name="${name}"]`).forEach((field) => field.removeAttribute('name'));
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name, value });
    form.append(field);
  }
  form.action = panel.dataset.sendTo;
  form.submit();
}

function tell(panel, state, reason = '') {
  const words = panel.querySelector(`template[data-state="${state}"]`).content.cloneNode(true);
  const place = words.querySelector('[data-reason]');
  if (place) place.textContent = reason;
  panel.querySelector('[data-told]').replaceChildren(words);
}
