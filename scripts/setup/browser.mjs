import { existsSync } from 'node:fs';
import { tryToInstall } from './apt.mjs';
import { say } from './say.mjs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** The program of a browser that the reports are looked at in; undefined where there is none. */
export function browserProgram() {
  const { JEST_KUBELET_BROWSER: given } = process.env;
  return given ? given : PLACES.find((place) => existsSync(place));
}

/** Brings Debian's Chromium where there is no browser. Without one it says why, and goes on. */
export function ensureBrowser() {
  if (browserProgram()) return;
  const why = tryToInstall('Chromium', ['chromium']);
  if (why) say(`without a browser, in which reports are looked at: ${why}; JEST_KUBELET_BROWSER names one elsewhere`);
}
