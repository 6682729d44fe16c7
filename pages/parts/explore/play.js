// Play and Pause through days. Only this button counts time: it asks for the next day when the one
// before it has been drawn, so that a slow page is asked no faster, and a paused one not at all.
// Who wants little motion gets one day at a press.

const PACE_MS = 1200;
const SHAPES = {play: 'M1 0 L10 5 L1 10 Z', pause: 'M1 0 H4 V10 H1 Z M6 0 H9 V10 H6 Z'};
const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
const players = new WeakMap();

export default function ({data, parentElement, setTriggerValue}) {
  const player = players.get(parentElement) ?? settle(parentElement);
  player.data = data;
  player.send = setTriggerValue;
  wait(player);
  return () => clearTimeout(player.timer);
}

function settle(root) {
  const player = {button: root.querySelector('button'), playing: false};
  player.button.onclick = () => press(player);
  players.set(root, player);
  return player;
}

function press(player) {
  clearTimeout(player.timer);
  const on = !player.playing && !calm.matches;
  if (player.playing) player.send('paused', true);
  else step(player, on);
  player.playing = on;
  show(player);
}

// After the last day the first one follows, for who presses again.
function step(player, playing) {
  const {at, count} = player.data;
  player.send('step', {to: (at + 1) % count, playing});
}

// Waits for its moment, if it plays: no day follows behind another window or an open panel.
function wait(player) {
  clearTimeout(player.timer);
  if (player.data.at === player.data.count - 1 || document.querySelector('[role="dialog"]'))
    player.playing = false;
  show(player);
  if (!player.playing) return;
  player.timer = setTimeout(() => {
    if (document.hidden || document.querySelector('[role="dialog"]')) wait(player);
    else step(player, true);
  }, PACE_MS);
}

function show({button, data, playing}) {
  const does = playing ? 'pause' : calm.matches ? 'next' : 'play';
  button.querySelector('path').setAttribute('d', SHAPES[playing ? 'pause' : 'play']);
  button.querySelector('span').textContent = data.words[does];
}
