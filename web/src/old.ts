// What Chromium before 71 lacks and Preact calls.
if (typeof window.queueMicrotask === 'undefined') window.queueMicrotask = f => { Promise.resolve().then(f); };

export {};
