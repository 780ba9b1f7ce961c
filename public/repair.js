// Mail scanners (Outlook's Safe Links) encode the `#` of a link, once or twice: `/app/#bcst…` arrives as the path
// `/app/%23bcst…`, which no host knows. This turns it back. Used by index.html (hosts that answer every path with
// it) and by 404.html (all other hosts).
(function () {
  const found = /^(.*?)%(?:25)*23(bcst[\w-]+)/.exec(location.pathname + location.search);
  if (!found) return;
  document.documentElement.dataset.moving = ''; // tells boot.js not to start on a page that is about to go
  // The origin is written out: a path may begin with `//`, which alone would name another host.
  location.replace(location.origin + found[1] + '#' + found[2]);
})();
