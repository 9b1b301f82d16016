// A button behind each value, where the browser lets it be copied.
if (navigator.clipboard) {
  const { copy, copied } = document.body.dataset;
  for (const value of document.querySelectorAll('.copy')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = copy;
    button.setAttribute('aria-label', copy + ': ' + value.textContent);
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(value.textContent);
      button.textContent = copied;
    });
    value.after(button);
  }
}
