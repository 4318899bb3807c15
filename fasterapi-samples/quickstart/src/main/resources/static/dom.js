/* Small helpers of all parts of the page. */

export const $ = (id) => document.getElementById(id);

/** An element with a text, or with other elements and texts in it. */
export function element(tag, content, className) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...[content].flat());
  return node;
}

export const row = (...cells) => element('tr', cells);

export function heading(content) {
  const cell = element('th', content);
  cell.scope = 'row';
  return cell;
}

/** A bar for the eye; the number stands beside it. */
export function meter(share, className = '') {
  const bar = element('span', '', 'meter ' + className);
  const filled = element('span', '');
  filled.style.width = (100 * Math.min(1, Math.max(0, share || 0))) + '%';
  bar.append(filled);
  bar.setAttribute('aria-hidden', 'true');
  return bar;
}

export const whole = (number) => Number.isFinite(number) ? Math.round(number).toLocaleString('en') : '–';

/** A short time, given in microseconds. */
export function micros(value) {
  if (!Number.isFinite(value)) return '–';
  return value < 1000 ? value.toFixed(value < 100 ? 1 : 0) + ' µs' : (value / 1000).toFixed(2) + ' ms';
}

export function quoted(text) {
  return "'" + text.replaceAll("'", "'\\''") + "'";
}
