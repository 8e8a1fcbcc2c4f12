/** `npm pack` and `npm publish`: packages and the build, so that a fresh clone packs what runs. */
import { build } from './build.mjs';
import { ensurePackages } from './packages.mjs';

ensurePackages();
build();
