// Draws each <figure class="plot" data-spec="#ID of a JSON script"> with Vega-Lite.
// Expressions are interpreted, never evaluated as code: the pages' policy forbids that.
import { expressionInterpreter } from '../vendor/vega-interpreter.js';

const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function config() {
  const text = ink('--ink');
  const faint = ink('--rule');
  return {
    background: 'transparent',
    font: 'system-ui, sans-serif',
    view: { stroke: faint },
    axis: { labelColor: text, titleColor: text, domainColor: faint, tickColor: faint, gridColor: faint },
    legend: { labelColor: text, titleColor: text },
    title: { color: text },
  };
}

async function draw(figure) {
  const source = document.querySelector(figure.dataset.spec);
  const spec = vegaLite.compile(JSON.parse(source.textContent), { config: config() }).spec;
  const view = new vega.View(vega.parse(spec, null, { ast: true }), {
    expr: expressionInterpreter,
    renderer: 'svg',
    hover: true,
    loader: { load: () => Promise.reject(new Error('plots load nothing')) },
  });
  const place = document.createElement('div');
  await view.initialize(place).runAsync();
  figure.querySelectorAll('.drawn').forEach((old) => old.remove());
  place.className = 'drawn';
  figure.prepend(place);
}

const all = () => document.querySelectorAll('figure.plot[data-spec]').forEach(draw);
all();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', all);
