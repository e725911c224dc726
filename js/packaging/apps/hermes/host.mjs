// What React Native gives to its engine before an application begins, as far as somebody asks for it here.
Object.assign(globalThis, { global: globalThis, window: globalThis, self: globalThis });
globalThis.performance ??= { now: () => Date.now() };
