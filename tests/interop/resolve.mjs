// Lets scripts anywhere in tests/ import the npm packages that stand in .venv-interop/npm.
import {registerHooks} from 'node:module';
import {pathToFileURL} from 'node:url';

const installed = pathToFileURL(process.env.TWOSKILLS_INTEROP + '/package.json').href;

registerHooks({
  resolve(specifier, context, next) {
    const named = !/^([./]|[a-z]+:)/.test(specifier);
    const ours = !(context.parentURL ?? '').includes('/node_modules/');
    return next(specifier, named && ours ? {...context, parentURL: installed} : context);
  },
});
