import { existsSync } from 'node:fs';
import { aptGet, hasApt } from './apt.mjs';
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
  const why = whyNotInstalled();
  if (why) say(`without a browser, in which reports are looked at: ${why}`);
}

function whyNotInstalled() {
  if (process.env.JEST_KUBELET_SETUP === 'never') return 'JEST_KUBELET_SETUP=never turns installing off';
  if (!hasApt()) return 'there is no apt-get; put a Chromium where JEST_KUBELET_BROWSER says';
  if (process.getuid?.() !== 0) return 'installing one needs root';
  say('installing Chromium (apt-get install chromium)');
  try {
    aptGet(['install', '--no-install-recommends', 'chromium']);
  } catch (error) {
    return error.message;
  }
  return undefined;
}
