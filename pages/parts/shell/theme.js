// The switch between light and dark: what is chosen stays in this browser (head.html).

export default function ({data, parentElement}) {
  const theme = window.impactTheme;
  // An address that is no page of ours has Streamlit's own head.
  parentElement.querySelector('fieldset').hidden = !theme;
  if (!theme) return;
  parentElement.querySelector('legend').textContent = data.label;
  const inputs = [...parentElement.querySelectorAll('input')];
  for (const input of inputs) {
    input.nextElementSibling.textContent = data.names[input.value || 'system'];
    input.onchange = () => theme.choose(input.value);
  }
  const show = () => {
    for (const input of inputs) input.checked = input.value === theme.chosen;
  };
  show();
  window.addEventListener('impact-theme', show);
  return () => window.removeEventListener('impact-theme', show);
}
