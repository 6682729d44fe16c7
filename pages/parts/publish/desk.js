// The journalist's desk: shows the picture as it will be saved, and saves it. After draw.js.

const desks = new WeakMap();

export default function ({data, parentElement, setTriggerValue}) {
  const desk = desks.get(parentElement) ?? settle(parentElement, setTriggerValue);
  desk.data = data;
  for (const button of desk.buttons) button.textContent = data.words[button.dataset.save];
  if (data.key !== desk.key) show(desk);
  if (data.zip && data.zip.number !== desk.packed) {
    desk.packed = data.zip.number;
    save(desk, data.zip.name, 'application/zip', bytes(data.zip.base64));
  }
}

function settle(root, send) {
  const desk = {
    send,
    preview: root.querySelector('.preview'),
    image: root.querySelector('img'),
    row: root.querySelector('.buttons'),
    buttons: [...root.querySelectorAll('button')],
    status: root.querySelector('.status'),
  };
  for (const button of desk.buttons) {
    button.onclick = () => {
      // Not `disabled`, which would take the focus away from whoever uses the keyboard.
      if (button.getAttribute('aria-disabled') !== 'true') take(desk, button.dataset.save);
    };
  }
  desks.set(root, desk);
  return desk;
}

// Draws the picture once; the image on the page is the very file that is saved.
async function show(desk) {
  const {key, figure, width, height, title, alt, words, version} = desk.data;
  desk.key = key;
  desk.preview.setAttribute('aria-busy', 'true');
  say(desk, words.drawing);
  lock(desk, true);
  try {
    await plotly(version);
    const svg = await drawn(JSON.parse(figure), width, height, title, alt);
    if (desk.key !== key) return;
    desk.svg = svg;
    desk.image.src = address(svg);
    desk.image.width = width;
    desk.image.height = height;
    desk.image.alt = alt;
    desk.image.hidden = desk.row.hidden = false;
    say(desk, '');
  } catch (error) {
    if (desk.key === key) fail(desk, error);
    return;
  }
  desk.preview.setAttribute('aria-busy', 'false');
  lock(desk, false);
}

async function take(desk, what) {
  const {name, width, height, words, shown, texts} = desk.data;
  if (what in texts) return copy(desk, texts[what]);
  const png = scale => bitmap(desk.svg, width, height, scale, shown);
  lock(desk, true);
  say(desk, words.saving);
  try {
    if (what === 'svg') save(desk, `${name}.svg`, 'image/svg+xml', desk.svg);
    else if (what === 'zip') {
      const pictures = {svg: desk.svg, png2: await png(2), png3: await png(3)};
      // The server adds words and numbers; the file comes back as data.zip.
      desk.send('drawn', {key: desk.key, number: Date.now(), ...pictures});
    } else {
      const scale = Number(what.slice(3));
      save(desk, `${name}-${scale}x.png`, 'image/png', bytes(await png(scale)));
    }
  } catch (error) {
    fail(desk, error);
  }
  lock(desk, false);
}

// Without the browser's leave the text stands below, to be copied by hand.
async function copy(desk, text) {
  try {
    await navigator.clipboard.writeText(text);
    say(desk, desk.data.words.copied);
  } catch {
    say(desk, desk.data.words.uncopied);
  }
}

function save(desk, name, type, content) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], {type}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  say(desk, desk.data.words.saved.replace('{name}', name));
}

function lock(desk, locked) {
  for (const button of desk.buttons) button.setAttribute('aria-disabled', String(locked));
}

function say(desk, text) {
  desk.status.className = 'status';
  desk.status.textContent = text;
}

function fail(desk, error) {
  console.error(error);
  say(desk, desk.data.words.failed);
  desk.status.classList.add('failed');
}

function bytes(base64) {
  return Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
}
