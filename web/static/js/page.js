// What every page does beyond plain HTML. All of it works, if less smoothly, without this file.

const PRESSED = 'pressed';

if (!focusErrors()) focusOutcome();
document.querySelectorAll('form[data-once]').forEach(sendOnce);
document.querySelectorAll('form').forEach(showWhatIsAsked);
document.querySelectorAll('select[data-narrowed-by]').forEach(offerWhatFits);
document.querySelectorAll('a[data-language]').forEach(keepTypedText);
document.querySelectorAll('input[data-most]').forEach(refuseLargeFiles);
document.addEventListener('keydown', slashSearches);
document.querySelectorAll('details[data-menu]').forEach(closeByItself);
document.querySelectorAll('form[data-by-itself]').forEach(pressByItself);
followProgress();

// After a refused form the summary is read first, and the title says so already.
function focusErrors() {
  const summary = document.getElementById('error-summary');
  if (!summary) return false;
  summary.focus();
  summary.addEventListener('click', (event) => {
    const target = event.target instanceof HTMLAnchorElement && document.getElementById(event.target.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    (target.closest('.govuk-form-group') ?? target).scrollIntoView({ block: 'center' });
    target.focus({ preventScroll: true });
  });
  return true;
}

// After a press that was carried out: what the page tells of it, or else its heading.
function focusOutcome() {
  const wasPressed = sessionStorage.getItem(PRESSED);
  sessionStorage.removeItem(PRESSED);
  if (window.location.hash || document.querySelector('[autofocus]')) return;
  const place = document.querySelector('.q-flash') ?? (wasPressed && document.querySelector('main h1'));
  if (!place) return;
  place.tabIndex = -1;
  place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
  place.focus();
}

// A second press while the first is on its way does nothing; the server is safe against it anyway.
function sendOnce(form) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    sessionStorage.setItem(PRESSED, 'yes');
    event.submitter?.setAttribute('aria-disabled', 'true');
  });
  window.addEventListener('pageshow', () => {
    delete form.dataset.sent;
    form.querySelectorAll('[aria-disabled]').forEach((button) => button.removeAttribute('aria-disabled'));
  });
}

// Fields with a condition are shown when the fields before them fulfil it.
function showWhatIsAsked(form) {
  const conditional = [...form.querySelectorAll('[data-show-if]')];
  if (!conditional.length) return;
  const update = () => {
    for (const group of conditional) {
      const wanted = Object.entries(JSON.parse(group.dataset.showIf));
      const shown = wanted.every(([name, values]) => valuesOf(form, name).some((value) => values.includes(value)));
      group.classList.toggle('govuk-form-group--hidden', !shown);
    }
  };
  form.addEventListener('input', update);
  form.addEventListener('change', update);
  update();
}

// Of several boxes those that are ticked, else the one value.
function valuesOf(form, name) {
  const boxes = [...form.querySelectorAll(`[data-field="${CSS.escape(name)}"] input[type="checkbox"]`)];
  if (boxes.length < 2) return [valueOf(form, name)];
  return boxes.filter(({ checked }) => checked).map(({ value }) => value);
}

function valueOf(form, name) {
  const group = form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  if (group?.classList.contains('govuk-form-group--hidden')) return '';
  const control = form.elements.namedItem(name);
  if (control instanceof HTMLInputElement && control.type === 'checkbox') return String(control.checked);
  return control?.value ?? '';
}

// A choice that depends on another one offers only what fits it.
function offerWhatFits(select) {
  const { by, allowed } = JSON.parse(select.dataset.narrowedBy);
  const options = [...select.options];
  const update = () => {
    const fitting = allowed[valueOf(select.form, by)];
    const chosen = select.value;
    select.replaceChildren(...options.filter(({ value }) => !value || !fitting || fitting.includes(value)));
    select.value = [...select.options].some(({ value }) => value === chosen) ? chosen : '';
  };
  select.form.elements.namedItem(by)?.addEventListener('change', update);
  update();
}

// Another language on a page with a form: what was typed is saved as a draft first, or else comes back
// with the page.
function keepTypedText(link) {
  const form = document.querySelector('form[data-draft], form[data-guarded]');
  if (!form) return;
  link.addEventListener('click', (event) => {
    event.preventDefault();
    if ('guarded' in form.dataset) {
      pressFor(form, 'lang', link.dataset.language);
      return;
    }
    addField(form, 'press', 'draft');
    addField(form, 'lang', link.dataset.language);
    form.submit();
  });
}

// A press of a button that the page does not show.
function pressFor(form, name, value) {
  const button = document.createElement('button');
  Object.assign(button, { name, value, hidden: true });
  form.append(button);
  form.requestSubmit(button);
}

function addField(form, name, value) {
  const field = document.createElement('input');
  Object.assign(field, { type: 'hidden', name, value });
  form.append(field);
}

// Too large a file is not even sent: the server would have to turn away the whole form.
function refuseLargeFiles(input) {
  const place = input.parentElement.querySelector('[data-too-large]');
  input.addEventListener('change', () => {
    const isTooLarge = [...input.files].some(({ size }) => size > Number(input.dataset.most));
    if (isTooLarge) input.value = '';
    place.textContent = isTooLarge ? place.dataset.tooLarge : '';
  });
}

function slashSearches(event) {
  const typing = event.target instanceof Element && event.target.closest('input, textarea, select');
  const search = document.querySelector('[data-search]');
  if (event.key !== '/' || typing || !search) return;
  event.preventDefault();
  search.focus();
}

// A menu closes with Escape, and when one goes on elsewhere.
function closeByItself(menu) {
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
  for (const kind of ['click', 'focusin']) {
    document.addEventListener(kind, (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }
}

// What a page does once it is seen: its form is sent without a press, and the button is gone. A page that is
// only fetched ahead, or lies in a tab behind, does nothing.
function pressByItself(form) {
  const send = async () => {
    if (document.visibilityState !== 'visible') return;
    document.removeEventListener('visibilitychange', send);
    const { action, method } = form;
    const answer = await fetch(action, { method, body: new FormData(form), redirect: 'manual', credentials: 'same-origin' })
      .catch(() => null);
    if (answer?.ok || answer?.type === 'opaqueredirect') form.hidden = true;
  };
  document.addEventListener('visibilitychange', send);
  send();
}

// While an automatic step goes on, look every two seconds (for five minutes) whether it has ended.
function followProgress() {
  const place = document.querySelector('[data-progress]');
  if (!place) return;
  let looks = 150;
  const look = async () => {
    const answer = await fetch(place.dataset.progressAddress, { credentials: 'same-origin' }).catch(() => null);
    if (answer?.ok && (await answer.json()).progress !== place.dataset.progress) {
      window.location.reload();
    } else if ((!answer || answer.ok) && --looks) {
      setTimeout(look, 2000);
    }
  };
  setTimeout(look, 2000);
}
