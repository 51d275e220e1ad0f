import { type ComponentChildren, Fragment, isValidElement } from 'preact';

const empty = new Set(['br', 'hr', 'input', 'path']);

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}

/** What a drawn tree comes to as HTML; components are written as elements of their name. */
export function htmlOf(children: ComponentChildren): string {
  if (Array.isArray(children)) return children.map(htmlOf).join('');
  if (children === null || children === undefined || typeof children === 'boolean') return '';
  if (!isValidElement(children)) return escapeHtml(String(children));
  const { children: inner, ...props } = children.props as Record<string, unknown> & {
    children?: ComponentChildren;
  };
  if (children.type === Fragment) return htmlOf(inner);
  const name = typeof children.type === 'function' ? children.type.name : children.type;
  const attributes = Object.entries(props)
    .filter(
      ([, value]) =>
        ['string', 'number', 'boolean'].includes(typeof value) && value !== false && value !== '',
    )
    .map(([key, value]) => (value === true ? ` ${key}` : ` ${key}="${escapeHtml(String(value))}"`));
  const open = `<${name}${attributes.join('')}>`;
  return empty.has(name ?? '') ? open : `${open}${htmlOf(inner)}</${name}>`;
}
