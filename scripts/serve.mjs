// A static server for dist/, for `make run` and the browser tests. It behaves like a plain static host: right types,
// 404.html with status 404, nothing clever.
//
//   node scripts/serve.mjs [folder=dist] [port=8080] [host=127.0.0.1] [--base /sub/path/]
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** Reads a folder into a map from address to answer, so that no request can reach another file. */
function read(root, base) {
  const files = new Map();
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const address = base + relative(root, path).split(sep).join('/');
    const hashed = /-[0-9a-f]{8,16}(_bg)?\.(css|js|wasm)$/.test(entry.name);
    const file = {
      body: readFileSync(path),
      headers: {
        'Content-Type': TYPES[extname(entry.name)] ?? 'application/octet-stream',
        'Cache-Control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
    };
    files.set(address, file);
    if (entry.name === 'index.html') files.set(address.slice(0, -'index.html'.length), file);
  }
  return files;
}

/**
 * Serves the folder `root` as it is now under the path `base`.
 * `fallback: true` answers unknown addresses with index.html, as hosts for single-page apps do.
 * Gives `{ url, close() }`; port 0 picks a free one.
 */
export async function serve({ root, port = 0, host = '127.0.0.1', base = '/', fallback = false }) {
  if (!/^\/(.*\/)?$/.test(base)) throw new Error(`the base must begin and end with a slash: ${base}`);
  if (!existsSync(join(root, 'index.html'))) throw new Error(`there is no index.html in ${root}: build it first (make build)`);
  const files = read(root, base);

  const server = createServer((request, response) => {
    const answer = (status, headers, body) => {
      // Frames without an origin of their own (sandbox="allow-scripts") may load modules only with this header.
      response.writeHead(status, { 'Access-Control-Allow-Origin': '*', 'X-Content-Type-Options': 'nosniff', ...headers });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, { Allow: 'GET, HEAD' }, 'Only GET and HEAD.\n');
    let path = request.url.split('?')[0];
    try {
      path = decodeURIComponent(path);
    } catch {
      // Not an encoding: no file has that name.
    }
    const file = files.get(path);
    if (file) return answer(200, file.headers, file.body);
    if (files.has(`${path}/`)) return answer(301, { Location: `${path}/` });
    if (fallback) return answer(200, files.get(base).headers, files.get(base).body);
    const missing = files.get(`${base}404.html`);
    return missing ? answer(404, missing.headers, missing.body) : answer(404, { 'Content-Type': 'text/plain' }, 'Not found.\n');
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return {
    url: `http://${host}:${server.address().port}${base}`,
    server,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { base: { type: 'string', default: '/' } } });
  const [root = 'dist', port = '8080', host = '127.0.0.1'] = positionals;
  try {
    const { url } = await serve({ root, port: Number(port), host, base: values.base });
    console.log(`Backcast is at ${url} (Ctrl-C ends it)`);
  } catch (error) {
    const reason = error.code === 'EADDRINUSE' ? `port ${port} is taken: choose another, as in make run PORT=8081` : error.message;
    console.error(`Cannot serve ${root}: ${reason}`);
    process.exitCode = 1;
  }
}
