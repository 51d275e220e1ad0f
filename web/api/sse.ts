/** One server-sent event: `event` is "message" when the server gave no name. */
export type SseMessage = { readonly event: string; readonly data: string };

/**
 * Reads a server-sent event stream piece by piece; pieces may end anywhere, also inside a character
 * or a line ending. An event without its closing blank line is never given out.
 */
export function makeSseParser(): { push(bytes: Uint8Array): SseMessage[] } {
  const decoder = new TextDecoder();
  let rest = '';
  let skipNewline = false;
  let event = '';
  let data: string[] = [];

  function takeLine(line: string, out: SseMessage[]): void {
    if (line === '') {
      if (data.length > 0) out.push({ event: event || 'message', data: data.join('\n') });
      event = '';
      data = [];
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
  }

  return {
    push(bytes) {
      const out: SseMessage[] = [];
      let text = decoder.decode(bytes, { stream: true });
      // A carriage return that ended the last piece may be half of a CRLF.
      if (skipNewline && text !== '') {
        if (text.startsWith('\n')) text = text.slice(1);
        skipNewline = false;
      }
      rest += text;
      const lineEnd = /\r\n|\n|\r/g;
      let from = 0;
      for (let match = lineEnd.exec(rest); match; match = lineEnd.exec(rest)) {
        takeLine(rest.slice(from, match.index), out);
        from = match.index + match[0].length;
        if (match[0] === '\r' && from === rest.length) skipNewline = true;
      }
      rest = rest.slice(from);
      return out;
    },
  };
}
