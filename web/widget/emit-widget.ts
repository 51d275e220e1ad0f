import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, type Plugin } from 'vite';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

type Output = { readonly fileName: string; readonly source: string };

/**
 * Adds the widget to what the client's build writes: `widget.js`, one classic script for other sites' pages, and
 * `assets/widget-panel.js`, the module that it loads when it is opened. They share nothing with the client's own
 * files, which a browser keeps apart by site in any case. `shared` are the settings of the client's build.
 */
export function emitWidget(shared: InlineConfig): Plugin {
  async function bundle(options: InlineConfig['build']): Promise<Output[]> {
    const built = await build({
      ...shared,
      root: here('.'),
      configFile: false,
      publicDir: false,
      logLevel: 'warn',
      build: {
        ...shared.build,
        write: false,
        modulePreload: false,
        ...options,
      },
    });
    const all = Array.isArray(built) ? built : 'output' in built ? [built] : [];
    return all.flatMap(({ output }) =>
      output.map((file) => ({
        fileName: file.fileName,
        source: file.type === 'chunk' ? file.code : String(file.source),
      })),
    );
  }
  return {
    name: 'docent-widget',
    apply: 'build',
    async generateBundle() {
      const files = [
        ...(await bundle({
          rolldownOptions: {
            input: here('widget.ts'),
            output: { format: 'iife', entryFileNames: 'widget.js' },
          },
        })),
        ...(await bundle({
          rolldownOptions: {
            input: here('panel.tsx'),
            preserveEntrySignatures: 'strict',
            output: {
              entryFileNames: 'assets/widget-panel.js',
              chunkFileNames: 'assets/widget-[name]-[hash].js',
            },
          },
        })),
      ];
      for (const file of files) this.emitFile({ type: 'asset', ...file });
    },
  };
}
