/** The engine as whatever the bundler or host makes of the file: where it lies, its bytes, or a compiled module. One of them is for `init`. */
declare const engine: any;
export default engine;
