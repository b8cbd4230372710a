'use strict';
// Adds to the page, which has everything without this: an order, a filter, links to both, and values under the pointer.
(() => {
  const table = document.getElementById('skills');
  if (!table) {
    return;
  }
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...body.rows].map(element => ({
    element,
    name: element.cells[0].dataset.value.toLowerCase(),
    values: [...element.cells].map(cell => cell.dataset.value),
  }));
  const filter = document.getElementById('filter');
  const shown = document.getElementById('shown');
  const order = { key: '', down: false };

  function sort(key, down) {
    const column = heads.findIndex(head => head.dataset.key === key);
    if (column < 0) {
      return;
    }
    order.key = key;
    order.down = down;
    const isText = column === 0;
    rows.sort((a, b) => {
      const [left, right] = [a.values[column], b.values[column]];
      if (!left || !right) {
        return (left ? 0 : 1) - (right ? 0 : 1);
      }
      const ascending = isText ? left.localeCompare(right) : left - right;
      return down ? -ascending : ascending;
    });
    body.append(...rows.map(row => row.element));
    heads.forEach(head => head.removeAttribute('aria-sort'));
    heads[column].setAttribute('aria-sort', down ? 'descending' : 'ascending');
  }

  function match(text) {
    const wanted = text.toLowerCase();
    let count = 0;
    for (const row of rows) {
      row.element.hidden = !row.name.includes(wanted);
      count += row.element.hidden ? 0 : 1;
    }
    shown.textContent = text ? `${count} of ${rows.length} skills` : '';
  }

  function keep() {
    const state = new URLSearchParams();
    if (order.key) {
      state.set('sort', order.key);
      state.set('order', order.down ? 'down' : 'up');
    }
    if (filter.value) {
      state.set('filter', filter.value);
    }
    history.replaceState(null, '', '#' + state);
  }

  function restore() {
    const state = new URLSearchParams(location.hash.slice(1));
    if (state.has('sort')) {
      sort(state.get('sort'), state.get('order') === 'down');
    }
    if (state.has('filter')) {
      filter.value = state.get('filter');
      match(filter.value);
    }
  }

  for (const head of heads.filter(each => each.dataset.key)) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    button.addEventListener('click', () => {
      const key = head.dataset.key;
      sort(key, order.key === key ? !order.down : key !== 'skill');
      keep();
    });
    head.append(button);
  }
  filter.addEventListener('input', () => {
    match(filter.value);
    keep();
  });
  filter.closest('p').hidden = false;
  document.addEventListener('pointerover', event => {
    const column = event.target.closest('.trend g');
    if (column) {
      column.closest('figure').querySelector('.value').textContent = column.querySelector('title').textContent;
    }
  });
  addEventListener('hashchange', restore);
  restore();
})();
