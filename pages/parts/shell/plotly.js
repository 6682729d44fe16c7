// The library, from this server and once for a page; its version is in the address, as it is kept.
function plotly(version) {
  plotly.loading ??= new Promise((resolve, reject) => {
    if (window.Plotly) return resolve();
    const script = document.createElement('script');
    script.src = new URL(`plotly.min.js?${version}`, document.baseURI);
    script.onload = resolve;
    script.onerror = () => {
      plotly.loading = undefined;
      reject(new Error(`${script.src} did not load`));
    };
    document.head.append(script);
  });
  return plotly.loading;
}
