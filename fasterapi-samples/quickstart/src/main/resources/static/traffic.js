/* The first card: requests per second by lane and by placement, refusals, and the handler cores. */

import { $, element, heading, meter, micros, row, whole } from './dom.js';
import { sum } from './meters.js';

const PLACES = { core: 'core', inline: 'inline', early: 'early', virtual: 'virtual' };

function barRow(name, key, rate, most, all, className) {
  const share = element('td', meter(rate / most), 'share');
  const cells = row(heading(name), share, element('td', whole(rate) + '/s', 'number'), element('td', whole(all), 'number quiet'));
  cells.dataset.key = key;
  if (className) cells.className = className;
  return cells;
}

/** Rates of a group since the last counts; NaN the first time. */
function rates(now, before, group, seconds) {
  return Object.fromEntries(Object.keys(now[group]).map((key) =>
    [key, before ? Math.max(0, now[group][key] - before[group][key]) / seconds : NaN]));
}

function showBars(table, names, byKey, all) {
  const most = Math.max(1, ...Object.values(byKey).filter(Number.isFinite));
  table.tBodies[0].replaceChildren(...Object.entries(names).map(([key, name]) =>
    barRow(name, key, byKey[key], most, all[key], key === 'early' ? 'part' : '')));
}

export function showTraffic(now, before, seconds) {
  $('total').textContent = whole(before ? (now.total - before.total) / seconds : NaN);
  $('total-count').textContent = whole(now.total);
  const names = Object.fromEntries(Object.keys(now.lanes).map((lane) => [lane, lane]));
  showBars($('lanes'), names, rates(now, before, 'lanes', seconds), now.lanes);
  showBars($('places'), PLACES, rates(now, before, 'places', seconds), now.places);
}

const times = (count) => count === 1 ? 'once' : whole(count) + ' times';

export function showOverload(samples) {
  const overloaded = samples.overloaded.filter((sample) => sample.value > 0).map((sample) => sample.labels.core);
  const refused = samples.refused.filter((sample) => sample.value > 0).sort((a, b) => b.value - a.value);
  const sentences = [];
  if (overloaded.length > 0) sentences.push('Overloaded now: core ' + overloaded.join(', ') + '.');
  if (refused.length > 0) {
    sentences.push(whole(sum(refused)) + ' requests refused since the start: '
      + refused.slice(0, 5).map(({ labels, value }) => labels.route + ' ' + times(value) + ' (' + labels.cause + ')').join(', ') + '.');
  }
  $('overload').className = sentences.length > 0 ? 'needs-us warn' : 'needs-us quiet';
  $('overload').textContent = sentences.join(' ') || 'No request has been refused. No core is overloaded.';
}

const byCore = (samples, core) => sum(samples, (labels) => labels.core === core);

export function showCores(samples, before, seconds) {
  const cores = samples.cores.map((sample) => sample.labels.core).sort((a, b) => a - b);
  $('cores').replaceChildren(...cores.map((core) => {
    const growth = (name) => before ? byCore(samples[name], core) - byCore(before[name], core) : NaN;
    const mean = (name) => micros(1e6 * growth(name) / growth('taken'));
    return row(
      element('td', core),
      element('td', whole(growth('cores') / seconds)),
      element('td', whole(byCore(samples.cores, core))),
      element('td', whole(byCore(samples.backlog, core))),
      element('td', mean('waits')),
      element('td', mean('services')));
  }));
  return cores.length;
}
