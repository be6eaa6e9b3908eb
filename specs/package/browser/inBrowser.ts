import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';

const program = process.env.JEST_KUBELET_BROWSER;
// Jest keeps the console of a skipped file to itself.
if (!program)
  process.stderr.write('specs/package/browser skipped: there is no browser; `npm run setup -- --check` prints why\n');

/** `describe` for pages in a browser. It skips and prints the reason if no browser is available. */
export const describeInBrowser = program ? describe : describe.skip;

export interface Opening {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  /** The hash of the address, such as `#t=12.3`. */
  readonly hash?: string;
}

/** Pages that are opened from disk, each in a clean profile of the browser, with their errors and requests. */
export class Pages {
  #dir: string | undefined;
  #browser: Browser | undefined;
  #open: Page[] = [];
  /** Console output, exceptions and network requests of the pages. */
  readonly trouble: string[] = [];

  /** Starts the browser for the specs of this file, and closes it after them. */
  constructor() {
    beforeAll(async () => {
      if (!program) return;
      const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
      this.#browser = await chromium.launch({ executablePath: program, args });
    });
    afterEach(async () => {
      await Promise.all(this.#open.map((page) => page.context().close()));
      this.#open = [];
    });
    afterAll(async () => {
      await this.#browser?.close();
      if (this.#dir) rmSync(this.#dir, { recursive: true });
    });
  }

  /** Opens a page as a file, and waits until its script has run. */
  async open(html: string, opening: Opening = {}): Promise<Page> {
    const { width = 1280, height = 900, colorScheme = 'light', hash = '' } = opening;
    this.#dir ??= mkdtempSync(path.join(tmpdir(), 'jest-kubelet-spec-'));
    const file = path.join(this.#dir, 'report.html');
    writeFileSync(file, html);
    const address = pathToFileURL(file).href;
    const page = await this.#newPage({ viewport: { width, height }, colorScheme });
    page.on('console', (message) => this.trouble.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.trouble.push(`thrown: ${error.message}`));
    page.on('dialog', (dialog) => {
      this.trouble.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== address) this.trouble.push(`request: ${request.url()}`);
    });
    await page.goto(address + hash);
    await page.locator('.chart .cursor').first().waitFor({ state: 'attached' });
    return page;
  }

  async #newPage(options: object): Promise<Page> {
    if (!this.#browser) throw new Error('no browser is available');
    const context = await this.#browser.newContext(options);
    const page = await context.newPage();
    this.#open.push(page);
    return page;
  }
}
