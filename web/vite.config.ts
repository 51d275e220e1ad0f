import { fileURLToPath } from 'node:url';
import { defineConfig, type InlineConfig } from 'vite';
import { emitWidget } from './widget/emit-widget.ts';

/** The same build whatever NODE_ENV is: the parser's development files are a third larger. */
const shared: InlineConfig = {
  resolve: { conditions: ['module', 'browser', 'production'] },
  define: { 'process.env.NODE_ENV': '"production"' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    reportCompressedSize: false,
  },
};

/** Builds the client into dist/web: hashed assets, nothing inline, so that `script-src 'self'` holds. */
export default defineConfig({
  ...shared,
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  publicDir: false,
  plugins: [emitWidget(shared)],
  build: {
    ...shared.build,
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['index.html', 'sign-in.html', 'reference.html', 'status.html'].map((page) =>
        fileURLToPath(new URL(page, import.meta.url)),
      ),
      // What the pages share comes in one request.
      output: {
        codeSplitting: { groups: [{ name: 'shared', test: /\.tsx?$|node_modules/, minShareCount: 2 }] },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
