// Draws a deployed diagram and what an instance has done of it.

import { NavigatedViewer } from '../vendor/viewer.js';

const TRANSLATION = 'http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0';
const MODEL = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const FONT = '"Noto Sans", arial, sans-serif';
const LARGEST = 1.2;
const SMALLEST = 0.62;

document.querySelectorAll('[data-diagram]').forEach(draw);

async function draw(place) {
  try {
    const answer = await fetch(place.dataset.diagram, { credentials: 'same-origin' });
    if (!answer.ok) throw new Error(`Expected a diagram, but got ${answer.status}`);
    await document.fonts.load(`12px ${FONT}`, place.getAttribute('aria-label'));
    const viewer = new NavigatedViewer({ container: place, textRenderer: { defaultStyle: { fontFamily: FONT } } });
    await viewer.importXML(translated(await answer.text(), place.dataset.language));
    const marks = JSON.parse(place.dataset.marks);
    mark(viewer, marks);
    const tokens = Object.keys(marks.tokens ?? {});
    connectButtons(place, viewer, tokens);
    show(viewer, tokens);
    window.addEventListener('resize', () => {
      if (!place.clientWidth) return;
      viewer.get('canvas').resized();
      show(viewer, tokens);
    });
    place.dataset.drawn = 'yes';
  } catch (error) {
    place.classList.add('q-diagram--failed');
    place.textContent = place.dataset.failedText;
    console.error(error);
  }
}

// Names in the page's language, as the OMG's i18n extension holds them.
function translated(xml, language) {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  for (const text of document.getElementsByTagNameNS(TRANSLATION, 'translation')) {
    const spoken = text.getAttribute('xml:lang') ?? text.getAttributeNS('http://www.w3.org/XML/1998/namespace', 'lang');
    const element = text.parentElement?.parentElement;
    if (spoken === language && element?.namespaceURI === MODEL) rename(element, text.textContent.trim());
  }
  return new XMLSerializer().serializeToString(document);
}

// What an element is called: a group by its category's value, an annotation by its text.
function rename(element, words) {
  const [text] = element.getElementsByTagNameNS(MODEL, 'text');
  if (element.localName === 'categoryValue') element.setAttribute('value', words);
  else if (element.localName === 'textAnnotation' && text) text.textContent = words;
  else element.setAttribute('name', words);
}

function mark(viewer, { done = [], tokens = {}, failed = [] }) {
  const canvas = viewer.get('canvas');
  const known = (id) => viewer.get('elementRegistry').get(id);
  done.filter(known).forEach((id) => canvas.addMarker(id, 'q-done'));
  Object.keys(tokens).filter(known).forEach((id) => canvas.addMarker(id, failed.includes(id) ? 'q-failed' : 'q-active'));
  failed.filter(known).forEach((id) => canvas.addMarker(id, 'q-failed'));
  for (const [id, count] of Object.entries(tokens)) {
    if (!known(id)) continue;
    const badge = document.createElement('div');
    badge.className = failed.includes(id) ? 'q-token q-token--failed' : 'q-token';
    badge.textContent = String(count);
    viewer.get('overlays').add(id, { position: { top: -12, right: 14 }, html: badge });
  }
}

function connectButtons(place, viewer, tokens) {
  const bar = place.previousElementSibling;
  if (!bar?.matches('[data-diagram-buttons]')) return;
  bar.hidden = false;
  const canvas = viewer.get('canvas');
  const actions = {
    in: () => canvas.zoom(canvas.zoom() * 1.25),
    out: () => canvas.zoom(canvas.zoom() / 1.25),
    fit: () => canvas.zoom('fit-viewport', 'auto'),
    now: () => show(viewer, tokens),
  };
  for (const button of bar.querySelectorAll('[data-zoom]')) {
    if (button.dataset.zoom === 'now') button.hidden = !tokens.length;
    button.addEventListener('click', actions[button.dataset.zoom]);
  }
}

// The whole diagram where it can be read at that size; else large enough to read, at the token.
function show(viewer, tokens) {
  const canvas = viewer.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  const token = tokens.map((id) => viewer.get('elementRegistry').get(id)).find(Boolean);
  if (canvas.zoom() > LARGEST) canvas.zoom(1, 'auto');
  if (!token || canvas.zoom() >= SMALLEST) return;
  canvas.zoom(SMALLEST + 0.13);
  const { width, height } = canvas.viewbox().outer;
  const scale = canvas.zoom();
  canvas.viewbox({
    x: token.x + token.width / 2 - width / scale / 2,
    y: token.y + token.height / 2 - height / scale / 2,
    width: width / scale,
    height: height / scale,
  });
}
