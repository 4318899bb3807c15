'use strict';

const $ = (id) => document.getElementById(id);
const POLL_MILLIS = 2000;

/* ---- try it: one form, one request ---- */

function element(tag, text) {
  const node = document.createElement(tag);
  node.textContent = text;
  return node;
}

/** The path with the form's inputs in place of {name}. */
function pathOf(form) {
  return form.dataset.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(form.elements[name].value));
}

function quoted(text) {
  return "'" + text.replaceAll("'", "'\\''") + "'";
}

function curlOf(method, path, body) {
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
  $('headers').replaceChildren(...[...response.headers].map(([name, value]) => {
    const row = document.createElement('tr');
    row.append(element('th', name), element('td', value));
    return row;
  }));
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
  const method = form.dataset.method;
  const path = pathOf(form);
  const body = form.elements.body?.value;
  $('curl').textContent = curlOf(method, path, body);
  $('answer').scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  const start = performance.now();
  try {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const response = await fetch(path, { method, body, headers, cache: 'no-store' });
    const text = await response.text();
    showAnswer(response, text, performance.now() - start);
  } catch (failure) {
    showFailure(failure);
  }
}

document.querySelectorAll('form.try').forEach((form) => form.addEventListener('submit', send));

/* ---- many at once, six at a time ---- */

$('burst').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const path = form.elements.path.value;
  const count = Number(form.elements.count.value);
  const output = form.querySelector('output');
  const button = form.querySelector('button');
  button.disabled = true;
  output.textContent = 'Sending …';
  let left = count;
  const statuses = new Map();
  const worker = async () => {
    while (left-- > 0) {
      const status = await fetch(path, { cache: 'no-store' })
        .then((response) => response.text().then(() => response.status), () => 'no answer');
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: 6 }, worker));
  const answers = [...statuses].map(([status, times]) => times + ' × ' + status).join(', ');
  output.textContent = answers + ' in ' + ((performance.now() - start) / 1000).toFixed(1)
    + ' s, most of it spent in this browser.';
  button.disabled = false;
  poll();
});

/* ---- the rings, from the Prometheus text ---- */

/** Returns {name: {core: value}} for every fasterapi_ring_* sample. */
function ringSamples(text) {
  const samples = {};
  for (const line of text.split('\n')) {
    const match = /^fasterapi_ring_(\w+?)(?:\{(.*)\})? (\S+)/.exec(line);
    if (!match) continue;
    const core = /(?:^|,)core="([^"]*)"/.exec(match[2] ?? '')?.[1] ?? '';
    const name = match[1].replace(/_total$/, '');
    samples[name] ??= {};
    samples[name][core] = Number(match[3]);
  }
  return samples;
}

const sum = (byCore) => Object.values(byCore ?? {}).reduce((a, b) => a + b, 0);
const whole = (number) => Number.isFinite(number) ? Math.round(number).toLocaleString('en') : '–';

function micros(seconds) {
  if (!Number.isFinite(seconds)) return '–';
  return seconds < 0.001 ? (seconds * 1e6).toFixed(1) + ' µs' : (seconds * 1e3).toFixed(2) + ' ms';
}

/** The growth of a sample since the last poll: of one core, or of all. */
function growth(now, before, name, core) {
  if (!before) return NaN;
  const value = (samples) => core === undefined ? sum(samples[name]) : samples[name]?.[core] ?? 0;
  return value(now) - value(before);
}

function slots(samples, core) {
  const capacity = samples.capacity?.[core];
  const used = capacity - samples.remaining?.[core];
  const cell = document.createElement('td');
  if (!Number.isFinite(used)) return element('td', '–');
  const bar = element('span', '');
  bar.className = 'used';
  bar.append(document.createElement('span'));
  bar.firstChild.style.width = (100 * used / capacity) + '%';
  cell.append(bar, whole(used) + ' of ' + whole(capacity));
  return cell;
}

function coreRow(samples, before, core, seconds) {
  const mean = (name) =>
    growth(samples, before, name + '_seconds_sum', core) / growth(samples, before, name + '_seconds_count', core);
  const row = document.createElement('tr');
  row.append(
    element('td', core),
    element('td', whole(samples.published[core])),
    element('td', whole(growth(samples, before, 'published', core) / seconds)),
    element('td', whole(samples.rejected?.[core] ?? 0)),
    slots(samples, core),
    element('td', micros(mean('wait'))),
    element('td', micros(mean('service'))));
  return row;
}

let last;

function showRings(samples) {
  const time = performance.now();
  const before = last?.samples;
  const seconds = (time - last?.time) / 1000;
  $('published').textContent = whole(sum(samples.published));
  $('rate').textContent = whole(growth(samples, before, 'published') / seconds);
  $('rejected').textContent = whole(sum(samples.rejected));
  const batch = sum(samples.wait_seconds_count) / sum(samples.batches);
  $('batch').textContent = Number.isFinite(batch) ? batch.toFixed(2) : '–';
  $('handback').textContent = whole(sum(samples.handback_tasks));
  const cores = Object.keys(samples.published).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  $('cores').replaceChildren(...cores.map((core) => coreRow(samples, before, core, seconds)));
  $('rings-state').textContent = cores.length === 1 ? 'one handler core' : cores.length + ' handler cores';
  last = { samples, time };
}

function showNoRings(sentence) {
  $('rings').hidden = true;
  $('rings-state').textContent = sentence;
  last = undefined;
}

async function poll() {
  try {
    const response = await fetch('actuator/prometheus', { cache: 'no-store' });
    if (!response.ok) return showNoRings('The meters cannot be read: status ' + response.status + '.');
    const samples = ringSamples(await response.text());
    if (!samples.published) {
      return showNoRings('No rings: FasterAPI is off (fasterapi.enabled=false), stock WebFlux answers.');
    }
    showRings(samples);
    $('rings').hidden = false;
  } catch {
    showNoRings('The server does not answer.');
  }
}

async function pollForever() {
  if (!document.hidden) await poll();
  setTimeout(pollForever, POLL_MILLIS);
}

pollForever();

/* ---- server-sent events ---- */

let ticks;

function startTicks() {
  ticks = new EventSource('ticks');
  ticks.addEventListener('tick', (event) => {
    const tick = JSON.parse(event.data);
    const time = new Date(tick.time).toLocaleTimeString('en-GB');
    if (tick.number === 0) $('ticks').replaceChildren();
    $('ticks').prepend(element('li', 'tick ' + tick.number + '  ' + time));
    while ($('ticks').children.length > 5) $('ticks').lastChild.remove();
  });
  ticks.onerror = () => $('ticks').replaceChildren(element('li', 'The stream broke off; trying again …'));
  $('ticker').textContent = 'Stop';
}

$('ticker').addEventListener('click', () => {
  if (ticks.readyState === EventSource.CLOSED) return startTicks();
  ticks.close();
  $('ticker').textContent = 'Start';
});

$('ticker-curl').textContent = 'curl -N ' + quoted(location.origin + '/ticks');
startTicks();
