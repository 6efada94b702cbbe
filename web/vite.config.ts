import { readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { traditional } from "./traditional.plugin";

/** Every page of the project is an HTML file in this folder. */
const pages = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".html"));

export default defineConfig({
  root: import.meta.dirname,
  plugins: [traditional()],
  build: {
    outDir: "../build/web",
    emptyOutDir: true,
    // WeChat's browser on older phones: what they lack is compiled away or not used.
    target: ["es2020", "chrome80", "safari13.1"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: { input: pages },
  },
  server: { proxy: Object.fromEntries(["/api", "/media", "/visit"].map((path) => [path, "http://127.0.0.1:5005"])) },
  test: { include: ["src/**/*.test.ts"] },
});
