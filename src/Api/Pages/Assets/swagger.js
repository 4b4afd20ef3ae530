'use strict';
// The Swagger page: fills in idempotency keys, encodes names in headers, and speaks Chinese.
(() => {
  const keyHeader = 'Idempotency-Key';

  // crypto.randomUUID exists only on https and localhost; the page is also used inside plain-http office networks.
  const freshKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');

  const prepare = request => {
    const headers = request.headers || {};
    if (request.method === 'POST' && !headers[keyHeader]) headers[keyHeader] = freshKey();
    const name = headers['X-Acting-For'];
    if (name && /[^\x21-\x7e]/.test(name)) headers['X-Acting-For'] = encodeURIComponent(name);
    request.headers = headers;
    return request;
  };

  const words = {
    'Authorize': '授权', 'Logout': '退出', 'Close': '关闭', 'Available authorizations': '身份认证', 'Authorized': '已授权',
    'Try it out': '试一试', 'Try it out ': '试一试', 'Cancel': '取消', 'Execute': '发送', 'Clear': '清除', 'Reset': '复原',
    'Parameters': '参数', 'Name': '名称', 'Description': '说明', 'No parameters': '没有参数', 'Request body': '请求内容', 'required': '必填',
    'Responses': '回应', 'Response content type': '回应类型', 'Server response': '服务器的回应', 'Code': '状态码', 'Details': '内容', 'Links': '链接', 'No links': '无',
    'Response body': '回应内容', 'Response headers': '回应头', 'Request URL': '请求地址', 'Request duration': '用时', 'Curl': '命令行',
    'Example Value': '示例', 'Edit Value': '编辑内容', 'Schema': '结构', 'Schemas': '数据结构', 'Media type': '内容类型', 'Download': '下载', 'Copy': '复制',
    'Value:': '值：', 'Name:': '名称：', 'In:': '位置：', 'Send empty value': '发送空值', 'Loading': '正在载入',
  };
  const translate = root => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const word = words[text.nodeValue.trim()];
      if (word && !text.parentElement.closest('pre, code, textarea, .markdown, .renderedMarkdown')) text.nodeValue = word;
    }
  };
  const placeholders = { 'Filter by tag or path': '按类别或路径筛选', 'Filter by tag': '按类别筛选', 'api_key': 'API 密钥' };
  const label = root => root.querySelectorAll?.('input[placeholder]').forEach(i => { i.placeholder = placeholders[i.placeholder] || i.placeholder; });
  const page = document.getElementById('swagger-ui');
  new MutationObserver(changes => changes.forEach(c => c.addedNodes.forEach(n => { const root = n.nodeType === 3 ? n.parentElement : n; if (root) { translate(root); label(root); } })))
    .observe(page, { childList: true, subtree: true });

  const show = spec => {
    // The key is required by the interface, but this page fills it in.
    for (const path of Object.values(spec.paths)) {
      for (const operation of Object.values(path)) {
        for (const parameter of operation.parameters || []) if (parameter.name === keyHeader) parameter.required = false;
      }
    }
    window.ui = SwaggerUIBundle({
      spec, domNode: page, deepLinking: true, docExpansion: 'list', defaultModelsExpandDepth: 0, tryItOutEnabled: true, filter: true,
      displayRequestDuration: true, presets: [SwaggerUIBundle.presets.apis], layout: 'BaseLayout', requestInterceptor: prepare, validatorUrl: null,
    });
  };

  fetch('./v1/swagger.json').then(answer => answer.json()).then(show)
    .catch(() => { page.textContent = '接口文档未能载入，请稍后刷新。'; });
})();
