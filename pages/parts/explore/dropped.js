// Reads what a PNG that was saved here says of itself (pictures/draw.js writes it). It stands near
// the begin of the file; no more of it is read, however large it is, and nothing is decoded.

const KEYWORD = 'Impact-View';
const FIRST = 16384, MOST = 4000;
const PNG = [137, 80, 78, 71, 13, 10, 26, 10];
const fields = new WeakMap();

export default function ({data, parentElement, setTriggerValue}) {
  const field = fields.get(parentElement) ?? settle(parentElement);
  field.data = data;
  field.send = setTriggerValue;
  field.root.querySelector('.label').textContent = data.label;
  field.root.querySelector('.button').textContent = data.button;
  field.root.querySelector('.private').textContent = data.private;
}

function settle(root) {
  const field = {root, status: root.querySelector('.status')};
  root.querySelector('input').onchange = event => look(field, event.target);
  fields.set(root, field);
  return field;
}

async function look(field, input) {
  const [file] = input.files;
  if (!file) return;
  const bytes = new Uint8Array(await file.slice(0, FIRST).arrayBuffer());
  const found = PNG.every((each, at) => bytes[at] === each) ? shown(bytes) : undefined;
  field.status.textContent = found === undefined ? field.data.other : found ? '' : field.data.foreign;
  if (found) field.send('found', found);
  input.value = '';
}

// The view in the metadata; '' where they hold none that could be an address.
function shown(bytes) {
  const view = new DataView(bytes.buffer);
  let at = PNG.length;
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at), begins = at + 8, ends = begins + length;
    if (ends > bytes.length) return '';
    const text = letters(bytes.subarray(at + 4, ends));
    if (text.startsWith(`tEXt${KEYWORD}\0`)) {
      const found = text.slice(KEYWORD.length + 5);
      return found.length <= MOST && /^[\x21-\x7e]+$/.test(found) ? found : '';
    }
    at = ends + 4;
  }
  return '';
}

function letters(bytes) {
  return Array.from(bytes, each => String.fromCharCode(each)).join('');
}
