/* One form, one request; many at once; and the stream of events. */

import { $, element, heading, quoted, row } from './dom.js';

const AT_ONCE = 6;
const TICKS_SHOWN = 5;

/** The path with the form's inputs in place of {name}. */
function pathOf(form) {
  return form.dataset.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(form.elements[name].value));
}

function curlOf(path, body) {
  const post = body === undefined ? '' : ' -H ' + quoted('Content-Type: application/json') + ' -d ' + quoted(body);
  return 'curl -i ' + quoted(location.origin + path) + post;
}

function pretty(text, type) {
  if (!type.includes('json')) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function showAnswer(response, text, millis) {
  $('took').textContent = millis.toFixed(1) + ' ms in this browser';
  $('status').className = response.ok ? 'ok' : 'bad';
  $('status').textContent = (response.status + ' ' + response.statusText).trim();
  $('headers').replaceChildren(...[...response.headers].map(([name, value]) => row(heading(name), element('td', value))));
  $('body').textContent = pretty(text, response.headers.get('content-type') ?? '');
  $('body').hidden = text === '';
}

function showFailure(failure) {
  $('took').textContent = '';
  $('status').className = 'bad';
  $('status').textContent = 'No answer: ' + failure.message;
  $('headers').replaceChildren();
  $('body').hidden = true;
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const path = pathOf(form);
  const body = form.elements.body?.value;
  $('curl').textContent = curlOf(path, body);
  $('answer').scrollIntoView({ block: 'nearest' });
  const start = performance.now();
  try {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const response = await fetch(path, { method: form.dataset.method, body, headers, cache: 'no-store' });
    const text = await response.text();
    showAnswer(response, text, performance.now() - start);
  } catch (failure) {
    showFailure(failure);
  }
}

async function sendMany(event) {
  event.preventDefault();
  const form = event.target;
  const path = form.elements.path.value;
  const output = form.querySelector('output');
  const button = form.querySelector('button');
  button.disabled = true;
  output.textContent = 'Sending …';
  let left = Number(form.elements.count.value);
  const statuses = new Map();
  const worker = async () => {
    while (left-- > 0) {
      const status = await fetch(path, { cache: 'no-store' })
        .then((response) => response.text().then(() => response.status), () => 'no answer');
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const answers = [...statuses].map(([status, times]) => times + ' × ' + status).join(', ');
  output.textContent = answers + ' in ' + ((performance.now() - start) / 1000).toFixed(1)
    + ' s, most of it spent in this browser.';
  button.disabled = false;
}

let ticks;

function startTicks() {
  ticks = new EventSource('ticks');
  ticks.addEventListener('tick', (event) => {
    const tick = JSON.parse(event.data);
    if (tick.number === 0) $('ticks').replaceChildren();
    $('ticks').prepend(element('li', 'tick ' + tick.number + '  ' + new Date(tick.time).toLocaleTimeString('en-GB')));
    while ($('ticks').children.length > TICKS_SHOWN) $('ticks').lastChild.remove();
  });
  ticks.onerror = () => $('ticks').replaceChildren(element('li', 'The stream broke off; trying again …'));
  $('ticker').textContent = 'Stop';
}

export function startTrying() {
  document.querySelectorAll('form.try').forEach((form) => form.addEventListener('submit', send));
  $('burst').addEventListener('submit', sendMany);
  $('ticker').addEventListener('click', () => {
    if (ticks.readyState === EventSource.CLOSED) return startTicks();
    ticks.close();
    $('ticker').textContent = 'Start';
  });
  $('ticker-curl').textContent = 'curl -N ' + quoted(location.origin + '/ticks');
  $('wrk').textContent = 'wrk -t1 -c64 -d30 ' + location.origin + '/json';
  startTicks();
}
