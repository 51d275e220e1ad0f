import type { Route } from '../router.ts';

export function DocsPage(props: { route: Extract<Route, { name: 'docs' }> }) {
  return <main>{props.route.path}</main>;
}
