import { existsSync } from 'node:fs';
import { aptGet, explainMissingApt } from './apt.mjs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];
const PACKAGE = 'chromium';

/** Returns the program of a browser for the reports, or undefined if there is none. */
export function browserProgram() {
  const { JEST_KUBELET_BROWSER: given } = process.env;
  return given ? given : PLACES.find((place) => existsSync(place));
}

/** A browser for the specs that open reports. */
export const BROWSER = {
  find() {
    const name = 'browser';
    const program = browserProgram();
    if (program) return [{ name, found: program }];
    const obstacle = explainMissingApt();
    const missing = `there is no Chromium or Chrome in /usr/bin${obstacle ? `, and ${obstacle}` : ''}`;
    const fix = 'Set JEST_KUBELET_BROWSER to the path of a Chromium or Chrome';
    const step = obstacle ? {} : { step: `installs Chromium (apt-get install ${PACKAGE})` };
    return [{ name, missing, fix, loss: 'specs/package/browser is skipped', ...step }];
  },

  bring() {
    aptGet(['install', '--no-install-recommends', PACKAGE]);
  },
};
