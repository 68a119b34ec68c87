// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A person at a page: a screen of some size, keys, fingers, and what is seen.

import { writeFileSync } from 'node:fs';
import { until } from './server.mjs';

/** options: width, height, touch, media ({"prefers-color-scheme": "dark", …}), name (of the player, as the start page keeps it), path,
 * script (runs before the page's own). Errors of scripts are kept in `errors`. */
export async function visit(chromium, origin, { path = '/', width = 1280, height = 800, touch = false, media = {}, name, script = '' } = {}) {
  const page = await chromium.newPage('about:blank');
  const errors = [];
  page.on('Runtime.exceptionThrown', ({ exceptionDetails }) => errors.push(exceptionDetails.exception?.description ?? exceptionDetails.text));
  page.on('Runtime.consoleAPICalled', ({ type, args }) => { if (type === 'error') errors.push(args.map((one) => one.description ?? one.value).join(' ')); });
  await page.call('Runtime.enable');
  await page.call('Page.enable');
  await page.call('Emulation.setFocusEmulationEnabled', { enabled: true }); // several people are at their pages at once
  await page.call('Emulation.setUserAgentOverride', { userAgent: 'Test', acceptLanguage: 'en' });
  const resize = (size) => page.call('Emulation.setDeviceMetricsOverride', { deviceScaleFactor: 1, mobile: touch, ...size });
  await resize({ width, height });
  await page.call('Emulation.setTouchEmulationEnabled', { enabled: touch });
  await page.call('Emulation.setEmulatedMedia', { features: Object.entries(media).map(([feature, value]) => ({ name: feature, value })) });
  await page.call('Page.addScriptToEvaluateOnNewDocument', { source:
    `${name ? `try { sessionStorage.getItem('name') || sessionStorage.setItem('name', ${JSON.stringify(name)}); } catch {}` : ''}\n${script}` });
  await page.call('Page.navigate', { url: `${origin}${path}` });
  const see = (expression, what = expression, ms = undefined) => until(() => page.evaluate(`Boolean(${expression})`).catch(() => false), what, ms);
  const key = async (name_, more = {}) => {
    const known = { Tab: 9, Escape: 27, Enter: 13 }[name_];
    const options = { key: name_, code: known ? name_ : undefined, windowsVirtualKeyCode: known, text: name_ === 'Enter' ? '\r' : known ? undefined : name_, ...more };
    await page.call('Input.dispatchKeyEvent', { type: 'keyDown', ...options });
    await page.call('Input.dispatchKeyEvent', { type: 'keyUp', ...options, text: undefined });
  };
  return Object.assign(page, {
    errors,
    see,
    resize,
    key,
    /** The state that the page is in, see states.js. */
    isIn: (state, ms) => until(() => page.evaluate(`document.body.dataset.state === ${JSON.stringify(state)}`).catch(() => false), `the state ${state}`, ms),
    text: (selector) => page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`),
    click: (selector) => page.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`),
    async type(text) { for (const letter of text) await key(letter === '\n' ? 'Enter' : letter); },
    /** The id, class or tag of what has the focus. */
    focused: () => page.evaluate(`(({ id, className, tagName }) => id || className || tagName)(document.activeElement)`),
    async picture(file) {
      const { data } = await page.call('Page.captureScreenshot', {});
      writeFileSync(file, Buffer.from(data, 'base64'));
    },
  });
}

/** Buttons and fields that can be used and have no name. */
export const nameless = (page) => page.evaluate(`[...document.querySelectorAll('button, input, select, textarea, a[href]')]
  .filter((one) => one.checkVisibility({ checkVisibilityCSS: true }) && !one.closest('[inert]'))
  .filter((one) => !(one.getAttribute('aria-label') ?? (one.labels?.length ? [...one.labels].map((label) => label.textContent).join('') : one.innerText))?.trim())
  .map((one) => one.outerHTML.slice(0, 120))`);
