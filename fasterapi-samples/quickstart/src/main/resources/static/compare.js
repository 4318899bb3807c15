/* Side by side: what the same requests cost here and in the stock application. The server measures. */

import { $, element, heading, meter, micros, row, whole } from './dom.js';

const WARM_SECONDS = 300;

/* The page asks nothing else meanwhile: its own requests would be measured, too. */
export let comparing = false;

const ratio = (range) => range.median.toFixed(2) + ' (half of the rounds: ' + range.lower.toFixed(2) + ' to ' + range.upper.toFixed(2) + ')';

function barRow(name, side, most, className) {
  return row(heading(name),
    element('td', meter(side.cpuMicros / most, className), 'share'),
    element('td', micros(side.cpuMicros), 'number'),
    element('td', micros(side.medianMicros), 'number'));
}

function bars(result) {
  const most = Math.max(result.fasterapi.cpuMicros, result.stock.cpuMicros);
  const table = element('table', [
    element('caption', 'CPU and latency per request', 'unseen'),
    element('thead', row(...['', '', 'CPU per request', 'median latency'].map((text) => element('th', text, text && 'number')))),
    element('tbody', [
      barRow('FasterAPI', result.fasterapi, most),
      barRow('stock', result.stock, most, 'other')])], 'bars');
  return table;
}

/** A difference counts if the middle half of its rounds does not meet that of stock against itself. */
function verdict(result) {
  const { fasterapi, control } = result.ratios;
  if (fasterapi.upper >= control.lower && fasterapi.lower <= control.upper) {
    return 'No difference that this machine can show now.';
  }
  const percent = Math.round(100 * Math.abs(1 - fasterapi.median));
  return percent + ' % ' + (fasterapi.median < 1 ? 'less' : 'more') + ' CPU per request than stock';
}

function bytes(result) {
  return result.equal
    ? 'Equal bytes: yes. Status, headers (but for the value of Date) and body of every answer were compared.'
    : 'Equal bytes: no. See the two answers below.';
}

function extent({ requests, rounds, warmUpRequests, connections, jvmSeconds, processors }) {
  const warm = jvmSeconds < WARM_SECONDS ? ' This JVM is ' + whole(jvmSeconds) + ' s old. It is not warm yet: run it again later.' : '';
  return whole(requests) + ' requests each in ' + whole(rounds) + ' rounds over ' + connections + ' connections, after '
    + whole(warmUpRequests) + ' requests each to warm up, on ' + processors + ' CPUs.' + warm;
}

function show(result) {
  const control = element('p', 'CPU per request against stock: ' + ratio(result.ratios.fasterapi)
    + '. Control, stock against itself: ' + ratio(result.ratios.control) + '; 1.00 on a quiet machine.');
  control.id = 'control';
  const equal = element('p', bytes(result), result.equal ? '' : 'warn');
  equal.id = 'equal';
  $('comparison').replaceChildren(
    element('p', verdict(result), 'verdict'),
    bars(result),
    equal,
    control,
    element('p', extent(result.extent), 'quiet'),
    element('p', 'CPU is that of all Java threads but the client\'s, which is the same for both and runs in this JVM. The '
      + 'collector and the compiler are not in it. Latency is the median that the client sees at full load. Both '
      + 'applications share one JVM and its compiled code. For figures use processes of their own: docs/benchmarks.md.', 'quiet'));
  if (result.difference) {
    $('comparison').append(element('pre', result.difference.fasterapi), element('pre', result.difference.stock));
  }
}

const say = (sentence, className) => $('comparison').replaceChildren(element('p', sentence, className));

async function compare(event) {
  event.preventDefault();
  const { path, count } = event.target.elements;
  const button = event.target.querySelector('button');
  button.disabled = true;
  comparing = true;
  say('Comparing: about ten seconds. The numbers above rest meanwhile.', 'quiet');
  try {
    const response = await fetch('side-by-side', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ path: path.value, count: Number(count.value) }),
    });
    const answer = await response.json();
    if (response.ok) show(answer);
    else say(answer.detail ?? 'The comparison failed: status ' + response.status + '.', 'warn');
  } catch (failure) {
    say('No answer: ' + failure.message, 'warn');
  } finally {
    comparing = false;
    button.disabled = false;
  }
}

/** Fills the choices from the server, once. */
export async function startCompare() {
  const choices = await (await fetch('side-by-side')).json();
  const form = $('compare');
  const option = (value, text) => {
    const node = element('option', text);
    node.value = value;
    return node;
  };
  form.elements.path.replaceChildren(...choices.paths.map((path) => option(path, path)));
  form.elements.count.replaceChildren(...choices.counts.map((count) => option(count, whole(count))));
  form.elements.count.selectedIndex = Math.floor(choices.counts.length / 2);
  form.addEventListener('submit', compare);
}
