import { defineConfig } from "vite";

/** The one script for other sites: a classic script of one file, under a name that never changes. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: "../build/web",
    emptyOutDir: false,
    target: ["es2020", "chrome80", "safari13.1"],
    reportCompressedSize: false,
    lib: { entry: "src/embed/embed.ts", formats: ["iife"], name: "houlu", fileName: () => "embed.js" },
  },
});
