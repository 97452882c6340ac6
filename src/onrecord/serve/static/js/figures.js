// Draws each series with Vega-Lite. Expressions are interpreted, never evaluated as code: the pages'
// policy forbids that. Bounds are shapes, authorities colours, givers lines of their own.
import { expressionInterpreter } from '../vendor/vega-interpreter.js';

const AUTHORITIES = ['report', 'named', 'body', 'document', 'media', 'unnamed', 'none'];
const WORDS = { report: 'the report itself', named: 'named', body: 'a body', document: 'a document', media: 'an outlet', unnamed: 'unnamed', none: 'no source' };
const BOUNDS = ['exact', 'about', 'more_than', 'less_than', 'range'];
const SHAPES = ['circle', 'diamond', 'triangle-up', 'triangle-down', 'stroke'];
const SAID = { exact: 'exactly', about: 'about', more_than: 'more than', less_than: 'at most', range: 'a range' };
const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function rows(figure) {
  return JSON.parse(figure.dataset.points).map(([day, value, upper, bound, giver, authority]) => ({
    day, value, upper: upper === null ? value : upper, bound: SAID[bound] || bound, giver, key: authority, authority: WORDS[authority] || authority,
    said: `${giver}, ${day}: ${SAID[bound] || ''} ${value.toLocaleString('en')}${upper === null ? '' : '–' + upper.toLocaleString('en')}`,
  }));
}

function powers(amounts) {
  const from = Math.floor(Math.log10(Math.min(...amounts))), to = Math.ceil(Math.log10(Math.max(...amounts)));
  return Array.from({ length: to - from + 1 }, (_, n) => 10 ** (from + n));
}

function spec(figure) {
  const all = rows(figure);
  const positive = all.filter((row) => row.value > 0);
  const values = positive.length ? positive : all;
  const often = new Set(values.filter((row) => !['report', 'none'].includes(row.key)).map((row) => row.giver).filter((giver, n, all) => all.indexOf(giver) !== n));
  const amounts = values.map((row) => row.value).filter((value) => value > 0);
  const wide = amounts.length > 1 && Math.max(...amounts) / Math.min(...amounts) > 40;
  const there = (order, field) => order.filter((one) => values.some((row) => row[field] === one));
  const colours = there(AUTHORITIES.map((one) => WORDS[one]), 'authority');
  const bounds = there(BOUNDS.map((one) => SAID[one]), 'bound');
  const x = { field: 'day', type: 'temporal', title: null, axis: { grid: false, labelFlush: true, format: '%e %b %Y', tickCount: 6 } };
  const y = { field: 'value', type: 'quantitative', title: null, scale: wide ? { type: 'log', nice: true } : { zero: false, nice: true }, axis: wide ? { values: powers(amounts), format: ',~r' } : { tickCount: 5, format: ',~r' } };
  const color = {
    field: 'authority', type: 'nominal', title: 'On whose word', legend: { symbolOpacity: 1, symbolType: 'circle', symbolStrokeWidth: 0 },
    scale: { domain: colours, range: colours.map((one) => ink('--' + AUTHORITIES.find((key) => WORDS[key] === one))) },
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: Math.max(240, Math.min(900, figure.clientWidth - (innerWidth < 740 ? 10 : 170))), height: 200,
    data: { values },
    encoding: { x, y },
    layer: [
      { mark: { type: 'line', strokeWidth: 1, opacity: .35, interpolate: 'linear' }, transform: [{ filter: { field: 'giver', oneOf: [...often] } }], encoding: { detail: { field: 'giver' }, color } },
      { mark: { type: 'rule', strokeWidth: 3, opacity: .5 }, transform: [{ filter: 'datum.upper > datum.value' }], encoding: { y2: { field: 'upper' }, color } },
      {
        mark: { type: 'point', filled: true, size: 64, opacity: .88 },
        encoding: {
          color,
          shape: { field: 'bound', type: 'nominal', title: 'Bound', scale: { domain: bounds, range: bounds.map((one) => SHAPES[BOUNDS.findIndex((key) => SAID[key] === one)]) } },
          tooltip: { field: 'said' }, description: { field: 'said' },
        },
      },
    ],
  };
}

function config() {
  const text = ink('--soft');
  const faint = ink('--rule');
  const font = '"Source Sans 3", system-ui, sans-serif';
  const narrow = innerWidth < 740;
  return {
    background: 'transparent', font, view: { stroke: null }, autosize: { type: 'pad' }, padding: 2,
    axis: { labelColor: text, titleColor: text, domainColor: faint, tickColor: faint, gridColor: faint, labelFontSize: 12, labelFont: font },
    legend: { labelColor: text, symbolBaseFillColor: text, titleColor: text, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 600, symbolStrokeColor: text, orient: narrow ? 'bottom' : 'right', columns: narrow ? 2 : 1 },
  };
}

async function draw(figure) {
  await document.fonts.ready;
  const compiled = vegaLite.compile(spec(figure), { config: config() }).spec;
  const place = document.createElement('div');
  place.className = 'drawn';
  const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
    expr: expressionInterpreter, renderer: 'svg', hover: false, logLevel: vega.Error,
    loader: { load: () => Promise.reject(new Error('plots load nothing')) },
  });
  place.setAttribute('role', 'img');
  place.setAttribute('aria-label', `A plot of ${figure.dataset.what}; its figures stand in the table below.`);
  await view.initialize(place).runAsync();
  place.querySelector('svg').setAttribute('aria-hidden', 'true');
  figure.querySelectorAll('.drawn').forEach((old) => old.remove());
  figure.prepend(place);
}

const figures = [...document.querySelectorAll('.series-plot')];
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) { seen.unobserve(entry.target); draw(entry.target); }
}, { rootMargin: '400px' });
figures.forEach((figure) => seen.observe(figure));
const again = () => figures.filter((figure) => figure.querySelector('.drawn')).forEach(draw);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
let width = innerWidth;
addEventListener('resize', () => { if (Math.abs(innerWidth - width) > 60) { width = innerWidth; again(); } });
