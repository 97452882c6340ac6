// What vega-interpreter needs of vega-util, from the Vega that is loaded before it.
export const { ascending, isString, DisallowedObjectProperties } = globalThis.vega;
