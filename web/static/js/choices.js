// Long lists can be searched, and an answer that leads others brings them anew at once. Without
// this file the buttons «Show what belongs to it» do the same with a new page.

const AGAIN = 15000;

document.querySelectorAll('form').forEach(followChoices);
enhance(document);

function enhance(part) {
  part.querySelectorAll('[data-filters]').forEach(searchList);
  // Out of the page, not only out of sight: Enter in a text presses a form's first button.
  part.querySelectorAll('.q-choose').forEach((button) => button.remove());
}

// A typed word leaves only what holds it; what is chosen always stays.
function searchList(input) {
  const select = document.getElementById(input.dataset.filters);
  const status = input.parentElement.querySelector('[role="status"]');
  const options = [...select.options];
  input.parentElement.hidden = false;
  input.addEventListener('input', () => {
    const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const fits = ({ text }) => words.every((word) => text.toLocaleLowerCase().includes(word));
    const shown = options.filter((option) => !option.value || option.selected || fits(option));
    const chosen = select.value;
    select.replaceChildren(...shown);
    select.value = chosen;
    const found = options.filter((option) => option.value && fits(option)).length;
    status.textContent = words.length ? `${status.dataset.found}: ${found}` : '';
  });
  // Enter in a search is no press of the form's button.
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    select.focus();
  });
}

// The server draws the page again with what was typed; the fields that follow are taken from it.
function followChoices(form) {
  if (!form.querySelector('[data-leads]')) return;
  let asked = 0;
  // Whose answer is not here yet: one that was overtaken by another is drawn with it.
  const leading = new Set();
  const status = form.querySelector('[data-redrawn]');
  const failure = form.querySelector('[data-not-redrawn]');

  async function follow(leader) {
    const turn = ++asked;
    leading.add(leader.name);
    const data = new FormData(form);
    data.set('press', `choose:${leader.name}`);
    form.setAttribute('aria-busy', 'true');
    const page = await drawn(form, data);
    if (turn !== asked) return;
    form.removeAttribute('aria-busy');
    failure.textContent = page ? '' : failure.dataset.text;
    if (!page) {
      leader.closest('[data-field]').after(failure);
      setTimeout(() => { if (turn === asked) follow(leader); }, AGAIN);
      return;
    }
    const before = told(form);
    const behind = [...form.querySelectorAll('[data-follows]')]
      .filter((group) => group.dataset.follows.split(' ').some((name) => leading.has(name)));
    leading.clear();
    for (const group of behind) {
      const fresh = page.querySelector(`[data-follows][data-field="${CSS.escape(group.dataset.field)}"]`);
      if (fresh) replace(group, fresh, data);
    }
    const news = [...told(form)].filter(([name, text]) => text !== before.get(name)).map(([, text]) => text);
    if (news.length) status.textContent = news.join(' ');
  }

  form.addEventListener('change', ({ target }) => {
    if ('leads' in target.dataset) follow(target);
  });
  // What was answered before this file was there, or is put back by the browser, led nothing yet.
  [...form.querySelectorAll('[data-leads]')].filter(isChanged).forEach(follow);
}

function isChanged(control) {
  if (control.options) {
    const options = [...control.options];
    return control.selectedOptions[0] !== (options.find((option) => option.defaultSelected) ?? options[0]);
  }
  if (['checkbox', 'radio'].includes(control.type)) return control.checked !== control.defaultChecked;
  return control.value !== control.defaultValue;
}

// The form's page with what was typed; null where the server can't be reached or draws none.
async function drawn(form, data) {
  try {
    const answer = await fetch(form.action, { method: 'POST', body: data, credentials: 'same-origin' });
    if (!answer.ok || answer.redirected) return null;
    return new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch {
    return null;
  }
}

function replace(group, fresh, sent) {
  if (typedSince(group, sent)) {
    tellAnew(group, fresh);
    return;
  }
  fresh.querySelectorAll('[autofocus]').forEach((control) => control.removeAttribute('autofocus'));
  const placed = document.importNode(fresh, true);
  const focused = group.contains(document.activeElement) ? document.activeElement.id : '';
  group.replaceWith(placed);
  enhance(placed);
  // Who has gone on there meanwhile stays there.
  if (focused) document.getElementById(focused)?.focus();
}

// What a person typed while the answer was on its way is theirs.
function typedSince(group, sent) {
  const control = group.querySelector('input[name], textarea[name]');
  if (!control) return false;
  const now = new FormData(control.form).get(control.name) ?? '';
  return now !== (sent.get(control.name) ?? '');
}

// What decisions say of fields, by field.
function told(form) {
  return new Map([...form.querySelectorAll('[data-told]')].map(({ dataset, textContent }) => [dataset.told, textContent.trim()]));
}

function tellAnew(group, fresh) {
  const [old, told] = [group, fresh].map((part) => part.querySelector('[data-told]'));
  if (old && told) old.replaceWith(document.importNode(told, true));
}
