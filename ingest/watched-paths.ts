import { lstatSync, realpathSync } from 'node:fs';
import { basename, relative, sep } from 'node:path';
import { isDocument, isHiddenFolder, isInside } from './find-files.ts';

/**
 * Tells of each path below `root`, a real path, whether it need not be watched: what `findFiles` leaves out, and links
 * to what is watched in its own place or through another link. `isFile` is false where it isn't known yet.
 */
export function makeUnwatched(root: string): (path: string, isFile: boolean) => boolean {
  const followed = new Map<string, string>();
  return (path, isFile) => {
    if (path === root) return false;
    const name = basename(path);
    // A name alone doesn't tell a hidden file from a hidden folder, so the docs' names always pass.
    if (!isDocument(name) && (isFile || isHiddenFolder(name))) return true;
    const target = targetOf(path);
    if (target === undefined) return false;
    if (!isInside(root, target) || !isHidden(relative(root, target))) return true;
    const through = followed.get(target) ?? path;
    followed.set(target, through);
    return through !== path;
  };
}

function isHidden(path: string): boolean {
  return path.split(sep).some(isHiddenFolder);
}

/** Where a link leads; `undefined` for what is none, and for one that leads to nothing yet. */
function targetOf(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? realpathSync(path) : undefined;
  } catch {
    return undefined;
  }
}
