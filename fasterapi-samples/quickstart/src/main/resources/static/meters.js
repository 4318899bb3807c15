/* Reads the meters in Prometheus' text, and what they say of lanes and placements. */

const NAMES = {
  requests: 'http_server_requests_seconds_count',
  lanes: 'fasterapi_controller_calls_total',
  early: 'fasterapi_served_early_total',
  cores: 'fasterapi_ring_published_total',
  threads: 'fasterapi_threads_started_total',
  backlog: 'fasterapi_ring_backlog_items',
  overloaded: 'fasterapi_ring_overloaded_',
  waits: 'fasterapi_ring_wait_seconds_sum',
  services: 'fasterapi_ring_service_seconds_sum',
  taken: 'fasterapi_ring_wait_seconds_count',
  refused: 'fasterapi_refused_total',
};

/** Returns a list of {labels, value} for each of the names above. */
export function parse(text) {
  const found = Object.fromEntries(Object.keys(NAMES).map((key) => [key, []]));
  const keys = new Map(Object.entries(NAMES).map(([key, name]) => [name, key]));
  for (const line of text.split('\n')) {
    const match = /^(\w+)(?:\{(.*)\})? (\S+)/.exec(line);
    const key = match && keys.get(match[1]);
    if (!key) continue;
    const labels = {};
    for (const [, label, value] of (match[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) {
      labels[label] = value;
    }
    found[key].push({ labels, value: Number(match[3]) });
  }
  return found;
}

/** The sum of the samples that a test of their labels takes. */
export function sum(samples, test = () => true) {
  return samples.reduce((all, sample) => test(sample.labels) ? all + sample.value : all, 0);
}

/** FasterAPI is off where no lane is counted. */
export const isOn = (samples) => samples.lanes.length > 0;

const isActuator = (labels) => labels.uri?.startsWith('/actuator');

/** How often a route of the report was called: all lanes together. */
export function callsOf(route, samples) {
  const counted = Object.values(route.calls);
  // A report without calls of a route says why. The timer of all requests may have counted them.
  return counted.length > 0 ? counted.reduce((a, b) => a + b, 0) : timed(route, samples);
}

function timed(route, samples) {
  return sum(samples.requests, (labels) =>
    labels.uri === route.pattern && (route.method === '*' || labels.method === route.method));
}

/** The meter of lanes has no fast routes on the direct lane. */
const isFast = (route) => route.handler === 'FastRoutes' && route.lane === 'direct';

export const placementNow = (route) => route.placement.replace(/^.*: /, '');

/**
 * What was counted since the start: {total, lanes: {…}, places: {…}}. The actuator's requests are left out: this page
 * sends them. No meter counts requests on event loops: those are the calls of the routes that are placed there now,
 * kept by route, since a route may move.
 */
export function counts(samples, routes) {
  const own = sum(samples.requests, isActuator);
  const lane = (name) => sum(samples.lanes, (labels) => labels.lane === name);
  const fast = routes.filter(isFast);
  return {
    total: sum(samples.requests, (labels) => !isActuator(labels)),
    lanes: {
      direct: lane('direct') + fast.reduce((all, route) => all + callsOf(route, samples), 0),
      filtered: Math.max(0, lane('filtered') - own),
      webflux: lane('webflux'),
    },
    places: {
      core: sum(samples.cores),
      virtual: Math.max(0, sum(samples.threads) - own),
      early: sum(samples.early),
    },
    routes: new Map(routes.map((route) =>
      [route.method + ' ' + route.pattern, { calls: callsOf(route, samples), inline: placementNow(route) === 'inline' }])),
  };
}

/** Adds what ran on event loops since the last counts to what ran there before. */
export function addInline(now, before) {
  let inline = before?.places.inline ?? 0;
  for (const [name, route] of now.routes) {
    if (route.inline) inline += Math.max(0, route.calls - (before?.routes.get(name)?.calls ?? 0));
  }
  now.places.inline = Math.max(inline, now.places.early);
  return now;
}
