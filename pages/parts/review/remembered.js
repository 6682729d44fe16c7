// Keeps a person's name in a cookie of this computer for a year, or removes it.

const YEAR_S = 365 * 24 * 60 * 60;

export default function ({ data }) {
  if (data.name === null || data.name === undefined) return;
  const seconds = data.name ? YEAR_S : 0;
  document.cookie = `${data.cookie}=${data.name}; path=/; max-age=${seconds}; samesite=strict`;
}
