// A chart as a file. Runs in the reader's browser (pages/parts/publish/desk.py) and in one on the server
// (pictures/chromium.py), after plotly.min.js: both save the same picture.

// The SVG of a figure at its own size, with a title and a description for readers without eyes.
async function drawn(figure, width, height, title, description) {
  const options = {format: 'svg', width, height, imageDataOnly: true};
  const plotted = await Plotly.toImage(figure, options);
  // Plotly names its parts at random; equal figures shall give equal files.
  const random = plotted.match(/id="defs-(\w+)"/);
  const text = random ? plotted.replaceAll(random[1], 'chart') : plotted;
  const picture = new DOMParser().parseFromString(text, 'image/svg+xml');
  const root = picture.documentElement;
  root.setAttribute('role', 'img');
  for (const [name, words] of [['desc', description], ['title', title]]) {
    if (!words) continue;
    const element = picture.createElementNS('http://www.w3.org/2000/svg', name);
    element.textContent = words;
    root.prepend(element);
  }
  for (const element of picture.querySelectorAll('*')) order(element);
  return new XMLSerializer().serializeToString(picture);
}

// Puts the attributes of an element in one order: browsers write them in the order in which they
// were set, and that differs from one drawing of a figure to the next.
function order(element) {
  const attributes = [...element.attributes].sort((a, b) => (a.name < b.name ? -1 : 1));
  attributes.forEach(each => element.removeAttributeNode(each));
  attributes.forEach(each => element.setAttributeNode(each));
}

// The address of an SVG. Not a blob: some browsers refuse to give out a canvas it was drawn on.
function address(svg) {
  return 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(svg);
}

// The PNG of that SVG, `scale` times its size, as base64.
async function bitmap(svg, width, height, scale) {
  const image = new Image();
  image.src = address(svg);
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').split(',')[1];
}
