// What cannot wait for boot.js. Classic and blocking, so that the page is never painted in the wrong theme.
(function () {
  try {
    const theme = localStorage.getItem('backcast.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is blocked: the system's theme it is.
  }
  // boot.js reports every failure but its own absence.
  addEventListener('error', (event) => {
    if (!event.target || event.target.id !== 'boot-script') return;
    document.getElementById('boot').hidden = true;
    document.getElementById('failed').hidden = false;
    document.getElementById('failed-title').focus();
    document.getElementById('failed-reload').onclick = () => location.reload();
  }, true);
})();
