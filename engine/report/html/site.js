'use strict';
// Sorting, filtering and comparing. Text is only ever set as text.
(() => {
  const table = document.getElementById('ranking');
  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const data = JSON.parse(document.getElementById('data').textContent);
  const byId = (id) => document.getElementById(id);
  document.querySelector('.filters').hidden = false;

  const filter = () => {
    const words = byId('search').value.trim().toLowerCase();
    const band = byId('band').value;
    const review = byId('review').checked;
    let shown = 0;
    for (const row of rows) {
      const hit = (!words || row.cells[2].textContent.toLowerCase().includes(words))
        && (!band || row.dataset.band === band) && (!review || row.dataset.review === '1');
      row.hidden = !hit;
      shown += hit ? 1 : 0;
    }
    byId('shown').textContent = `${shown} of ${rows.length} shown`;
  };

  const valueOf = (row, column) => {
    if (column === 1 || column === 3) return Number(row.dataset.score);
    const text = row.cells[column] ? row.cells[column].textContent.trim() : '';
    if (column === 2) return text.toLowerCase();
    if (column === 4) return Number(row.dataset.score) + 0;
    return text === '' ? -1 : parseFloat(text);
  };

  const sort = (button) => {
    const column = Number(button.dataset.column);
    const head = button.closest('th');
    const now = head.getAttribute('aria-sort');
    const first = column === 2 || column === 1 ? 'ascending' : 'descending';
    const order = now === null ? first : now === 'ascending' ? 'descending' : 'ascending';
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', order);
    // A low rank is a high score.
    const sign = (order === 'ascending' ? 1 : -1) * (column === 1 ? -1 : 1);
    rows.sort((a, b) => {
      const none = Number(a.dataset.score < 0) - Number(b.dataset.score < 0);
      if (none !== 0) return none;
      const x = valueOf(a, column);
      const y = valueOf(b, column);
      const order = typeof x === 'string' ? x.localeCompare(y, 'en') : x - y;
      return order * sign || a.dataset.index - b.dataset.index;
    });
    body.append(...rows);
  };

  const words = { p: '✓ pass', l: '½ partial', f: '✕ fail', u: '? not settled', n: '– does not apply' };
  const cell = (row, kind, text, style) => {
    const made = row.appendChild(document.createElement(kind));
    made.textContent = text;
    if (style) made.className = style;
    if (kind === 'th') made.scope = row.parentNode.tagName === 'THEAD' ? 'col' : 'row';
    return made;
  };
  const compare = () => {
    const picked = rows.filter((row) => row.querySelector('.pick:checked'))
      .map((row) => data.entries[Number(row.dataset.index)]);
    byId('comparison').hidden = picked.length < 2;
    const compared = byId('compared');
    compared.replaceChildren();
    if (picked.length < 2) return;
    const head = compared.createTHead().insertRow();
    cell(head, 'th', 'Check');
    for (const entry of picked) cell(head, 'th', `${entry.name} (${entry.score})`);
    const list = compared.createTBody();
    data.checks.forEach((title, i) => {
      const letters = picked.map((entry) => entry.outcomes[i]);
      if (byId('differing').checked && letters.every((letter) => letter === letters[0])) return;
      const row = list.insertRow();
      cell(row, 'th', title);
      for (const letter of letters) cell(row, 'td', words[letter], `c${letter}`);
    });
  };

  for (const button of table.querySelectorAll('.sort')) button.addEventListener('click', () => sort(button));
  for (const id of ['search', 'band', 'review']) byId(id).addEventListener('input', filter);
  for (const pick of table.querySelectorAll('.pick')) {
    pick.hidden = false;
    pick.addEventListener('change', compare);
  }
  byId('differing').addEventListener('change', compare);
  filter();
})();
