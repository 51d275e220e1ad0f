import type { FaultRule } from './file-fault.ts';

/** The text of an HTML file, or why it can't be read. */
export type DecodedHtml =
  | { readonly text: string; readonly fault?: undefined }
  | {
      readonly text?: undefined;
      readonly fault: { readonly rule: FaultRule; readonly message: string };
    };

/** Browsers look for the declaration in so many bytes. */
const DECLARATION_BYTES = 1024;
const DECLARED = /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w:.-]+)|<\?xml\s[^>]*?encoding\s*=\s*["']([\w:.-]+)/i;

/**
 * Decodes HTML as its byte order mark says, else as it declares by `<meta charset>`, else as UTF-8. The mark is
 * dropped. Never guesses: what doesn't decode is a fault that names the remedy.
 */
export function decodeHtml(bytes: Uint8Array): DecodedHtml {
  const marked = byteOrderMark(bytes);
  const declared = marked ?? declaredIn(bytes);
  // Declared in a byte-wise readable way, it can't be of two bytes a character: browsers read it as UTF-8, too.
  const charset = marked === undefined && /^utf-?16/i.test(declared ?? '') ? 'utf-8' : (declared ?? 'utf-8');
  const decoder = decoderOf(charset);
  if (!decoder) {
    const message = `declares the unknown charset "${charset}": name the right one, or save it as UTF-8`;
    return { fault: { rule: 'not-utf8', message } };
  }
  try {
    const decoded = decoder.decode(bytes);
    const text = decoder.encoding === 'windows-1252' ? mendWindows1252(decoded) : decoded;
    if (!text.includes('\0')) return { text };
    const message = 'is not text (it holds a NUL byte): save it as UTF-8, or rename it';
    return { fault: { rule: 'not-text', message } };
  } catch {
    const remedy = 'name its charset in a <meta charset>, or save it as UTF-8';
    const message = declared ? `is not ${declared}, as it declares: ${remedy}` : `is not UTF-8: ${remedy}`;
    return { fault: { rule: 'not-utf8', message } };
  }
}

/** What windows-1252 has where Latin-1 has control characters, from 0x80 on. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Some versions of Node decode windows-1252 as Latin-1. */
function mendWindows1252(text: string): string {
  return text.replace(/[\x80-\x9f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control);
}

function byteOrderMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function declaredIn(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  const [, meta, xml] = DECLARED.exec(head) ?? [];
  return (meta ?? xml)?.toLowerCase();
}

function decoderOf(charset: string): TextDecoder | undefined {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    return undefined;
  }
}
