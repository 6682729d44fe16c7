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

// The PNG of that SVG, `scale` times its size, as base64. What it shows stands in its metadata.
async function bitmap(svg, width, height, scale, shown) {
  const image = new Image();
  image.src = address(svg);
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  const png = canvas.toDataURL('image/png').split(',')[1];
  return shown ? noted(png, shown) : png;
}

// By this name the metadata of a PNG say which view it shows: the same as in
// pages/parts/explore/dropped.js, which reads it.
const KEYWORD = 'Impact-View';

// A PNG (base64) with a text (ASCII) in its metadata: a tEXt chunk behind the first, IHDR, which is
// always 25 bytes long and stands after 8 bytes (https://www.w3.org/TR/png-3/).
function noted(png, text) {
  const content = `tEXt${KEYWORD}\0${text}`;
  const chunk = number(content.length - 4) + content + number(checksum(content));
  const whole = atob(png);
  return btoa(whole.slice(0, 33) + chunk + whole.slice(33));
}

// Four bytes, the highest first.
function number(value) {
  return String.fromCharCode(...[24, 16, 8, 0].map(shift => (value >>> shift) & 255));
}

// CRC-32 as PNG has it.
function checksum(bytes) {
  let sum = ~0;
  for (const letter of bytes) {
    sum ^= letter.charCodeAt(0);
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}
