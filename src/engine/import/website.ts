const ADDRESS = /^(?:[a-z]+:\/\/)?(?:www\.)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?::\d+)?([/?#]\S*)?$/iu;

/** A site or domain without scheme, `www.` and closing `/`, host in lower case; null for what is none. */
export function readWebsite(text: string): string | null {
  const found = ADDRESS.exec(text);
  if (!found) return null;
  return `${(found[1] ?? '').toLowerCase()}${(found[2] ?? '').replace(/(?<!\/)\/+$/, '')}`;
}
