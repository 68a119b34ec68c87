// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What most tests of pages need: one server and one Chromium for all tests of a file.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { startChromium } from './chromium.mjs';
import { startServer } from './server.mjs';

/** There while tests run, not before. */
export let server;
export let chromium;

/** To be called once, outside of all tests. */
export function setStage(...options) {
  before(async () => {
    server = await startServer(...options);
    chromium = await startChromium();
  });
  after(async () => {
    await chromium?.stop();
    assert.equal(await server.stop(), 0);
  });
}
