/* The table of routes, from the report of the endpoint and the timer of all requests. */

import { $, element, heading, row, whole } from './dom.js';
import { callsOf } from './meters.js';

function calls(route, samples) {
  const lanes = Object.entries(route.calls);
  const cell = element('td', whole(callsOf(route, samples)), 'number');
  if (lanes.length > 1) cell.title = lanes.map(([lane, count]) => whole(count) + ' ' + lane).join(', ');
  return cell;
}

function reason(route) {
  const left = Object.entries(route.left).map(([why, count]) => why + ' (' + whole(count) + ')');
  const cell = element('td', route.reason, 'reason');
  if (left.length > 0) cell.append(element('span', 'Took a slower lane: ' + left.join(', '), 'moved quiet'));
  return cell;
}

function placement(route, moves) {
  const cell = element('td', route.placement);
  const move = moves.find((each) => each.route === route.method + ' ' + route.pattern);
  if (move) cell.title = 'moved from ' + move.from.toLowerCase() + ': ' + move.reason;
  return cell;
}

/** By path; patterns that take every path come last. */
function inOrder([one], [other]) {
  const rank = (route) => (route.pattern.includes('**') ? '1' : '0') + route.pattern + ' ' + route.method;
  return rank(one) < rank(other) ? -1 : 1;
}

function routeRow([route, index], moves, samples) {
  const name = heading(element('code', route.method + ' ' + route.pattern));
  name.title = route.handler;
  const cells = row(name, element('td', route.lane), placement(route, moves), calls(route, samples), reason(route));
  cells.dataset.route = route.method + ' ' + route.pattern;
  cells.dataset.index = index;
  return cells;
}

export function showRoutes({ routes, moves }, samples) {
  const rows = routes.map((route, index) => [route, index]).sort(inOrder).map((route) => routeRow(route, moves, samples));
  const [body] = $('routes').tBodies;
  const shown = element('tbody', rows);
  // What is selected stays so, and so does a title that is read, while nothing changes.
  if (shown.innerHTML !== body.innerHTML) body.replaceChildren(...shown.children);
}
