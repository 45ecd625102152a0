// While a check waits its state is asked for again; when it is done the page shows what came of it.
const place = document.querySelector('[data-check]');
const SOON = 700;
const OFTEN = 4000;
const SELDOM = 30000;
let looks = 0;

function next() {
  looks += 1;
  setTimeout(look, looks < 4 ? SOON : looks < 75 ? OFTEN : SELDOM);
}

async function look() {
  if (document.hidden) return next();
  let answer;
  try {
    answer = await fetch(place.dataset.check, { credentials: 'same-origin' });
  } catch {
    return next();
  }
  if (!answer.ok || answer.redirected) return next();
  const told = document.createElement('template');
  told.innerHTML = await answer.text();
  if (!told.content.querySelector('[data-check-waits]')) return window.location.reload();
  if (told.content.textContent !== place.textContent) place.replaceChildren(told.content);
  return next();
}

if (place) next();
