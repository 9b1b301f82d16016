// How strong a new password is, while it is typed: the server says it, as it will when the form is sent.
const field = document.getElementById('new');
const bar = document.getElementById('strength-bar');
const words = document.getElementById('strength');
let pause;

async function ask() {
  const asked = field.value;
  const body = new URLSearchParams({ 'form-token': field.form.elements['form-token'].value, new: asked });
  const answer = await fetch('/account/password/strength', { method: 'POST', body });
  if (answer.ok && !answer.redirected && field.value === asked) {
    const [score, text] = (await answer.text()).split('\n');
    bar.value = Number(score);
    bar.hidden = asked === '';
    words.textContent = asked === '' ? '' : text;
  }
}

field.addEventListener('input', () => {
  clearTimeout(pause);
  pause = setTimeout(ask, 300);
});
