// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the pages for players, as a phone shows them: phones.mjs PORT FOLDER light|dark. Runs beside chromium.mjs.

import { writeFileSync } from 'node:fs';
import { startChromium } from './chromium.mjs';

const [port, folder, scheme] = process.argv.slice(2);
const chromium = await startChromium();

async function until(look, what) {
  const end = Date.now() + 60000;
  while (!(await look().catch(() => false))) {
    if (Date.now() > end) throw new Error(`not seen in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function phone(path, name, ready) {
  const page = await chromium.newPage('about:blank');
  await page.call('Emulation.setDeviceMetricsOverride', { width: 375, height: 720, deviceScaleFactor: 1, mobile: true });
  await page.call('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  await page.call('Emulation.setUserAgentOverride', { userAgent: 'Phone', acceptLanguage: 'en' });
  await page.call('Page.navigate', { url: `http://127.0.0.1:${port}/` });
  await until(() => page.evaluate(`!!document.querySelector('#rooms li')`), 'the first page');
  if (path) {
    await page.evaluate(`(() => {
      const put = (id, text) => { const field = document.getElementById(id); field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); };
      put('name', '${name}');
      put('code', '${path}');
      document.getElementById('join').requestSubmit();
    })()`);
    await until(() => page.evaluate(ready), ready);
    await new Promise((resolve) => setTimeout(resolve, 2500)); // in the middle of it
  }
  return async (file) => {
    const { data } = await page.call('Page.captureScreenshot', { format: 'png' });
    writeFileSync(`${folder}/${file}.png`, Buffer.from(data, 'base64'));
    await page.close();
  };
}

try {
  await (await phone('', '', ''))(1);
  await (await phone('typing', 'Margaret', `!document.querySelector('#race').hidden`))(2);
  await (await phone('derby', 'Margaret', `!document.querySelector('#race').hidden`))(3);
} finally {
  await chromium.stop();
}
