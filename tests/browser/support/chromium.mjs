// Debian's Chromium without its windows, which halves the time of the tests; far from Vietnam, so that a
// hidden local time would show.

import { chromium } from "playwright-core";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const PHONE = { width: 390, height: 780 };
export const SMALLEST = { width: 320, height: 640 };
export const DESK = { width: 1280, height: 900 };

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell", args: FLAGS });

/** A fresh visitor. Faults of the page's own scripts and refusals by its policy fail the test that closes it. */
export async function visitor(browser, baseURL, options = {}) {
  const context = await browser.newContext({ baseURL, locale: "vi-VN", timezoneId: "America/St_Johns", viewport: PHONE, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) faults.push(message.text());
  });
  page.setDefaultTimeout(10_000);
  return { context, page, faults };
}

export const view = (page, name) => page.locator(`[data-view="${name}"]`);
