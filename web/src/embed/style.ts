/** The launcher's looks, inside its shadow: nothing leaks in or out. */
export const style = `
:host { all: initial; }
* { box-sizing: border-box; font-family: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
.launcher {
  position: fixed; bottom: calc(20px + env(safe-area-inset-bottom)); display: flex; align-items: center; gap: 10px;
  min-height: 56px; padding: 0 20px 0 14px; border: 0; border-radius: 28px; background: var(--colour); color: #fff;
  font-size: 18px; font-weight: 700; cursor: pointer; box-shadow: 0 3px 14px #0005;
}
.launcher svg { width: 34px; height: 34px; }
.launcher i { width: 12px; height: 12px; border-radius: 50%; background: #f4c77b; }
.launcher:focus-visible, .panel button:focus-visible, .panel a:focus-visible, .greeting button:focus-visible {
  outline: 3px solid #f4c77b; outline-offset: 2px;
}
.greeting {
  position: fixed; bottom: calc(88px + env(safe-area-inset-bottom)); max-width: min(300px, calc(100vw - 40px));
  padding: 12px 44px 12px 14px; border-radius: 10px; background: #fff; color: #17211f; font-size: 16px; line-height: 1.6;
  box-shadow: 0 3px 14px #0004;
}
.greeting button {
  position: absolute; top: 0; right: 0; width: 44px; height: 44px; border: 0; background: none; color: #51605b;
  font-size: 20px; cursor: pointer;
}
.right { right: 20px; }
.left { left: 20px; }
.panel {
  position: fixed; bottom: 20px; width: 400px; height: min(720px, calc(100% - 40px)); display: flex; flex-direction: column;
  border-radius: 12px; overflow: hidden; background: #fff; box-shadow: 0 6px 30px #0006;
}
.bar { flex: none; display: flex; justify-content: flex-end; align-items: center; gap: 8px; background: var(--colour); }
.bar a, .bar button {
  min-width: 44px; min-height: 44px; padding: 0 12px; border: 0; background: none; color: #fff; font-size: 16px;
  display: flex; align-items: center; justify-content: center; text-decoration: none; cursor: pointer;
}
iframe { flex: 1; width: 100%; border: 0; display: block; }
[hidden] { display: none !important; }
@media (max-width: 480px) {
  .panel { top: 0; right: 0; bottom: 0; left: 0; width: 100%; height: 100%; border-radius: 0; }
  .bar { padding-top: env(safe-area-inset-top); }
}
`;
