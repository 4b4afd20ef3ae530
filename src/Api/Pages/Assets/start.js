'use strict';
fetch('/health/ready', { cache: 'no-store' })
  .then(answer => answer.ok)
  .catch(() => false)
  .then(ready => {
    const state = document.getElementById('state');
    state.textContent = ready ? '运行正常，可以受理' : '暂不能受理，请稍后再试';
    state.classList.add(ready ? 'ready' : 'down');
  });
