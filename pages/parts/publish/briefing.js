// The preview of a brief, in a frame without scripts; draws its pictures if the server cannot.
// After draw.js and plotly.js.

const sheets = new WeakMap();

export default function ({data, parentElement, setTriggerValue}) {
  const sheet = sheets.get(parentElement) ?? {
    frame: parentElement.querySelector('iframe'),
    status: parentElement.querySelector('.status'),
  };
  sheets.set(parentElement, sheet);
  if (sheet.html !== data.html) preview(sheet, data);
  if (!data.figures) sheet.status.textContent = '';
  else if (sheet.key !== data.key) draw(sheet, data, setTriggerValue);
}

function preview(sheet, data) {
  sheet.html = data.html;
  sheet.frame.title = data.title;
  sheet.frame.onload = () => {
    const page = sheet.frame.contentDocument.documentElement;
    const fit = () => { sheet.frame.style.height = `${page.scrollHeight + 4}px`; };
    fit();
    new ResizeObserver(fit).observe(page);
  };
  sheet.frame.srcdoc = data.html;
}

async function draw(sheet, data, send) {
  sheet.key = data.key;
  sheet.status.textContent = data.drawing;
  try {
    await plotly(data.version);
    const svgs = [];
    for (const {figure, width, height} of data.figures) {
      svgs.push(await drawn(figure, width, height, '', ''));
    }
    if (sheet.key === data.key) send('drawn', {key: data.key, svgs});
  } catch (error) {
    console.error(error);
    sheet.status.textContent = data.failed;
  }
}
