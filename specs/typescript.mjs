import { registerHooks } from 'node:module';

const isOurs = (url) => url?.endsWith('.ts') && !url.includes('/node_modules/');

// Lets a program outside Jest use the sources as they are, got and all, which a default Jest cannot load:
// `node --import ./specs/typescript.mjs program.ts`. Node takes the types out by itself; what it lacks are the names of
// files without their extension, and to know that ours are modules.
registerHooks({
  resolve(specifier, context, next) {
    if (!isOurs(context.parentURL) || !/^\.\.?\//.test(specifier)) return next(specifier, context);
    if (specifier.endsWith('.json')) return next(specifier, { ...context, importAttributes: { type: 'json' } });
    try {
      return next(`${specifier}.ts`, context);
    } catch {
      return next(`${specifier}/index.ts`, context);
    }
  },

  load(url, context, next) {
    if (url.endsWith('.json')) return next(url, { ...context, importAttributes: { type: 'json' } });
    return next(url, isOurs(url) ? { ...context, format: 'module-typescript' } : context);
  },
});
