package parcel_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// tab is a Chromium with one page open, without a network.
type tab struct {
	t   testing.TB
	ctx context.Context

	saved, profile string // folders: where downloads go, and the browser's own
}

type step = chromedp.Action[chromedp.Void]

func send[P, R any](c cdp.Command[P, R], params P) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// open opens a page from the file system.
func open(t testing.TB, page string, w, h int64) *tab {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Fatal("there is no Chromium; scripts/deps test installs it")
	}
	b := &tab{t: t, saved: t.TempDir(), profile: t.TempDir()}
	alloc, endAlloc := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path), chromedp.UserDataDir(b.profile), chromedp.Headless, chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("lang", "zh-CN"), chromedp.Flag("accept-lang", "zh-CN"),
		chromedp.Env("LC_ALL=C.UTF-8"), // else names of files beyond ASCII are lost
		chromedp.WindowSize(int(w), int(h)), chromedp.WSURLReadTimeout(120*time.Second))
	ctx, endTab := chromedp.NewContext(alloc)
	t.Cleanup(func() { endTab(); endAlloc() })
	b.ctx = ctx
	b.first(w, h)
	b.run(chromedp.Navigate("file://" + page))
	b.until("document.querySelector('#pack')")
	return b
}

// first makes the tab: the browser lives as long as the context of what it is asked first.
func (b *tab) first(w, h int64) {
	b.t.Helper()
	err := chromedp.Do(b.ctx, chromedp.Steps(
		send(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: w, Height: h, DeviceScaleFactor: 1, Mobile: w < 500}),
		send(emulation.SetLocaleOverride, emulation.SetLocaleOverrideParams{Locale: "zh-CN"}),
		send(network.Enable, network.EnableParams{}),
		send(network.OverrideNetworkState, network.OverrideNetworkStateParams{
			Offline: true, DownloadThroughput: -1, UploadThroughput: -1}),
	))
	if err != nil {
		b.t.Fatal(err)
	}
	allow := browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: b.saved}
	if _, err := chromedp.CallBrowser(b.ctx, browser.SetDownloadBehavior, allow); err != nil {
		b.t.Fatal(err)
	}
}

func (b *tab) run(steps ...step) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 120*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%v\n%s", err, b.words())
	}
}

// words is all that the page shows, for messages.
func (b *tab) words() string {
	ctx, cancel := context.WithTimeout(b.ctx, 5*time.Second)
	defer cancel()
	words, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText : ''`))
	return words
}

func value[T any](b *tab, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 120*time.Second)
	defer cancel()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v\n%s", expression, err, b.words())
	}
	return out
}

func (b *tab) js(script string) { b.t.Helper(); value[chromedp.Void](b, script) }

// until waits for an expression to become true.
func (b *tab) until(expression string) { b.t.Helper(); b.untilIn(expression, 90*time.Second) }

func (b *tab) untilIn(expression string, most time.Duration) {
	b.t.Helper()
	for end := time.Now().Add(most); !value[bool](b, "!!("+expression+")"); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			b.shot("failed")
			b.t.Fatalf("waited in vain for %s\n%s", expression, b.words())
		}
	}
}

func (b *tab) sees(words string) {
	b.t.Helper()
	b.until("document.body.innerText.indexOf(" + quote(words) + ") >= 0")
}

func quote(v any) string {
	out, _ := json.Marshal(v) // strings and bytes always marshal
	return string(out)
}

// types puts the keyboard in an element and types.
func (b *tab) types(selector, text string) {
	b.t.Helper()
	b.js(`(() => { const e = document.querySelector(` + quote(selector) + `);
		e.focus(); e.setSelectionRange(e.value.length, e.value.length); })()`)
	b.run(send(input.InsertText, input.InsertTextParams{Text: text}))
}

func (b *tab) press(selector string) {
	b.t.Helper()
	p := value[[]float64](b, `(() => { const e = document.querySelector(`+quote(selector)+`);
		e.scrollIntoView({block: 'center'});
		const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })()`)
	b.run(chromedp.MouseClickXY(p[0], p[1]))
}

// paste does what a paste out of a spreadsheet does.
func (b *tab) paste(selector, text string) {
	b.t.Helper()
	b.js(`(() => { const d = new DataTransfer(); d.setData('text/plain', ` + quote(text) + `);
		const e = document.querySelector(` + quote(selector) + `); e.focus();
		e.dispatchEvent(new ClipboardEvent('paste', {clipboardData: d, bubbles: true, cancelable: true})); })()`)
}

func (b *tab) chooses(selector string, files ...string) {
	b.t.Helper()
	b.run(chromedp.SetUploadFiles(selector, files))
}

// drops lets files fall on an element.
func (b *tab) drops(selector string, files map[string][]byte) {
	b.t.Helper()
	b.js(`(() => { const d = new DataTransfer(); const all = ` + quote(files) + `;
		Object.keys(all).sort().forEach(n => d.items.add(new File(
			[Uint8Array.from(atob(all[n]), c => c.charCodeAt(0))], n)));
		document.querySelector(` + quote(selector) + `).dispatchEvent(
			new DragEvent('drop', {dataTransfer: d, bubbles: true, cancelable: true})); })()`)
}

// unit fills in who sends.
func (b *tab) unit(name string) {
	b.t.Helper()
	b.types(`[data-at="0-unit"]`, name)
	b.types(`[data-at="0-contact"]`, "周会计")
	b.types(`[data-at="0-phone"]`, "0518-88880000")
}

// pack packs and saves all parts, and returns their paths in order.
func (b *tab) pack(most time.Duration) []string {
	b.t.Helper()
	b.press("#pack")
	b.untilIn("document.querySelector('[data-part]') || document.querySelector('.left')", most)
	if value[bool](b, "!!document.querySelector('.left')") {
		b.t.Fatal("it is not packed:\n", b.words())
	}
	n := value[int](b, "document.querySelectorAll('[data-part]').length")
	var out []string
	for i := range n {
		at := `[data-part="` + string(rune('1'+i)) + `"]`
		b.press(at)
		out = append(out, b.download(i+1, most))
	}
	return out
}

// download waits until so many files have come whole, and returns the newest.
func (b *tab) download(n int, most time.Duration) string {
	b.t.Helper()
	for end := time.Now().Add(most); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		list, err := os.ReadDir(b.saved)
		if err != nil {
			b.t.Fatal(err)
		}
		newest, when, whole := "", time.Time{}, 0
		for _, e := range list {
			info, err := e.Info()
			if err != nil || strings.HasSuffix(e.Name(), ".crdownload") || strings.HasPrefix(e.Name(), ".") {
				continue
			}
			if whole++; info.ModTime().After(when) {
				newest, when = e.Name(), info.ModTime()
			}
		}
		if whole >= n && whole == len(list) {
			return filepath.Join(b.saved, newest)
		}
	}
	b.shot("failed")
	list, _ := os.ReadDir(b.saved)
	b.t.Fatal("nothing was downloaded: ", list, b.words())
	return ""
}

// shot keeps a picture of the page where FAYI_SHOTS says.
func (b *tab) shot(name string) {
	dir := os.Getenv("FAYI_SHOTS")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, 60*time.Second)
	defer cancel()
	data, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), data, 0o600)
	}
	if err != nil {
		b.t.Log(err)
	}
}
