/* Starts the parts of the page, and asks the application every two seconds what it has counted. */

import { comparing, startCompare } from './compare.js';
import { $ } from './dom.js';
import { addInline, counts, isOn, parse } from './meters.js';
import { showRoutes } from './routes.js';
import { showCores, showOverload, showTraffic } from './traffic.js';
import { startTrying } from './try.js';

const POLL_MILLIS = 2000;
const NOTHING = { routes: [], moves: [] };

let last;

function say(sentence, className) {
  if ($('state').textContent !== sentence) $('state').textContent = sentence;
  document.body.className = className;
}

async function read(path) {
  const response = await fetch(path, { cache: 'no-store' });
  if (!response.ok) throw new Error(path + ' answers with status ' + response.status + '.');
  return response.text();
}

async function poll() {
  const samples = parse(await read('actuator/prometheus'));
  const time = performance.now();
  const on = isOn(samples);
  const report = on ? JSON.parse(await read('actuator/fasterapi')) : NOTHING;
  const now = addInline(counts(samples, report.routes), last?.now);
  const seconds = (time - last?.time) / 1000;
  showTraffic(now, last?.now, seconds);
  if (on) {
    showOverload(samples);
    const cores = showCores(samples, last?.samples, seconds);
    showRoutes(report, samples);
    say('FasterAPI is on: ' + (cores === 1 ? 'one handler core' : cores + ' handler cores') + ', '
      + report.routes.length + ' routes.', 'on');
  } else {
    say('FasterAPI is off (fasterapi.enabled=false): stock WebFlux answers. There are no lanes and no placements to show.', 'off');
  }
  last = { now, samples, time };
}

async function pollForever() {
  if (!document.hidden && !comparing) {
    await poll().catch((failure) => {
      last = undefined;
      say('The meters cannot be read: ' + failure.message, 'lost');
    });
  }
  setTimeout(pollForever, POLL_MILLIS);
}

startTrying();
startCompare();
pollForever();
