/** A plain page: no script, nothing from elsewhere. `body` is HTML; escape what comes from outside. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – Accord development sign-in</title>
<style>
body { font: 19px/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 44rem; padding: 0 1rem; color: #0b0c0c; }
li { margin: 0.5rem 0; }
button { font: inherit; padding: 0.4rem 0.8rem; cursor: pointer; }
button:focus-visible { outline: 3px solid #fd0; }
small { color: #505a5f; }
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
