import type { Nodes } from 'mdast';

/** A child as it is, or those that stand between `<sup>` and `</sup>`, or `<sub>` and `</sub>`. */
export type Raised = { readonly tag: 'sup' | 'sub'; readonly children: readonly Nodes[] };

/**
 * Gathers what is raised or lowered: the one HTML in a text without which something else is read, since
 * `10<sup>6</sup>` isn't 106. A tag that nothing closes raises nothing.
 */
export function gatherRaised(children: readonly Nodes[]): (Nodes | Raised)[] {
  const gathered: (Nodes | Raised)[] = [];
  for (let at = 0; at < children.length; at++) {
    const child = children[at];
    if (!child) continue;
    const tag = openedBy(child);
    const end = tag ? children.findIndex((other, index) => index > at && closes(other, tag)) : -1;
    if (!tag || end < 0) gathered.push(child);
    else {
      gathered.push({ tag, children: children.slice(at + 1, end) });
      at = end;
    }
  }
  return gathered;
}

function openedBy(node: Nodes): Raised['tag'] | undefined {
  const tag = node.type === 'html' ? /^<(sup|sub)(?:\s[^>]*)?>$/i.exec(node.value)?.[1]?.toLowerCase() : '';
  return tag === 'sup' || tag === 'sub' ? tag : undefined;
}

function closes(node: Nodes, tag: Raised['tag']): boolean {
  return node.type === 'html' && new RegExp(`^</${tag}\\s*>$`, 'i').test(node.value);
}
