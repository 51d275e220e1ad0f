import type { TextTransform } from '../answer/text-transform.ts';
import type { Paint } from '../proof-text.ts';

/** Longer than this, what looks like the beginning of a mark is text. */
const LONGEST_MARK = 600;
const MARK = /\*\*([^*\n]+)\*\*|`([^`\n]+)`|(\[\d+\])(?!\()|\[([^\]\n]+)\]\(([^)\s]*)\)/;
const MARKS = new RegExp(MARK, 'g');
/** The rest of a line that may become a mark, at the end of what has come. */
const OPEN = /(?:\\|\*\*?[^*\n]*\*?|`[^`\n]*|\[[^\]\n]*(?:\](?:\([^)\n]*)?)?)$/;
const ESCAPED = /\\([!-/:-@[-`{-~])/g;
const FENCE = /^ {0,3}(?:```|~~~)/;

/**
 * Markdown of an answer for a terminal: bold text, code, headings, citations and links in colours instead of
 * in marks; code blocks as they are. What may become a mark is held back, so that none is shown half.
 */
export function makeTerminalMarkdown({ style }: Paint): TextTransform {
  let line = '';
  let shown = 0;
  let inFence = false;

  function painted(text: string): string {
    let out = '';
    let rest = text;
    for (let found = MARK.exec(rest); found; found = MARK.exec(rest)) {
      const [whole, bold, code, citation, label] = found;
      out += unescaped(rest.slice(0, found.index));
      if (bold !== undefined) out += style('bold', bold);
      else if (code !== undefined) out += style('yellow', code);
      else if (citation !== undefined) out += style('cyan', citation);
      else out += style('underline', label ?? '');
      rest = rest.slice(found.index + whole.length);
    }
    return out + unescaped(rest);
  }

  /** What can be shown of the line so far. */
  function step(ended: boolean): string {
    if (FENCE.test(line) || inFence || /^#{1,6} /.test(line)) {
      if (!ended) return '';
      const text = line.slice(shown);
      if (FENCE.test(line)) {
        inFence = !inFence;
        return style('dim', text);
      }
      return style(inFence ? 'yellow' : 'bold', inFence ? text : text.replace(/^#+ /, ''));
    }
    // Its first letters say whether a line is a heading or a fence.
    if (!ended && shown === 0 && /^ {0,3}(?:#{0,6}|`{0,3}|~{0,3})$/.test(line)) return '';
    const fresh = line.slice(shown);
    const open = ended ? fresh.length : startOfOpenMark(fresh);
    const held = fresh.length - open < LONGEST_MARK ? fresh.length - open : 0;
    const passed = fresh.slice(0, fresh.length - held);
    shown += passed.length;
    return painted(passed);
  }

  return {
    push(piece) {
      let out = '';
      for (const part of piece.split(/(?<=\n)/)) {
        const ended = part.endsWith('\n');
        line += ended ? part.slice(0, -1) : part;
        out += step(ended);
        if (!ended) continue;
        out += '\n';
        line = '';
        shown = 0;
      }
      return out;
    },
    flush() {
      const out = step(true);
      line = '';
      shown = 0;
      return out;
    },
  };
}

/** Where the end of a text begins that may still become a mark, or another one: "[1]" may become a link. */
function startOfOpenMark(text: string): number {
  const masked = text.replace(MARKS, (mark) =>
    mark.endsWith(']') && text.endsWith(mark) ? mark : ' '.repeat(mark.length),
  );
  return OPEN.exec(masked)?.index ?? text.length;
}

function unescaped(text: string): string {
  return text.replace(ESCAPED, '$1');
}
