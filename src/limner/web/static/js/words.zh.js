// Chinese.

/** @type {Record<string, string>} */
export const zh = {
  "app.title": "Limner 体验台",
  "app.skip": "跳到表单",
  "app.views": "视图",
  "app.create": "创作",
  "app.history": "历史",
  "app.usage": "用量",
  "app.outputs": "输出",
  "app.pictures": "图片",
  "app.code": "代码",
  "app.reference": "API 文档",
  "app.failed": "服务器没有应答,它在运行吗?",
  "app.retry": "重试",

  "settings.key": "API 密钥",
  "settings.keyNone": "输入 API 密钥",
  "settings.keyTitle": "您的 API 密钥",
  "settings.keyHelp": "服务器首次启动时会打印一个密钥;用“limner keys create”可以再建。密钥只保存在本浏览器中,只发送给本服务器。",
  "settings.keyShow": "显示密钥",
  "settings.keySave": "使用此密钥",
  "settings.keyForget": "清除密钥",
  "settings.keyEmpty": "请输入密钥。",
  "settings.keyWrong": "服务器不认识这个密钥。",
  "settings.cancel": "取消",
  "settings.theme": "配色",
  "settings.theme.auto": "配色:跟随系统",
  "settings.theme.light": "配色:浅色",
  "settings.theme.dark": "配色:深色",
  "settings.language": "English",
  "settings.languageLabel": "切换到英文:English",
};
