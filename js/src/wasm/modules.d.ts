// Imports that a host or its bundler turns into a compiled module.
declare module "*.wasm" {
  const module: object;
  export default module;
}

declare module "*.wasm?module" {
  const module: object;
  export default module;
}
