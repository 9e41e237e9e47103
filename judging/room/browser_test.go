package room_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"fayi/judging/room/lan"
	"fayi/judging/room/roomtest"
)

// screen is a kind of device.
type screen struct {
	name  string
	w, h  int64
	scale float64
	touch bool
}

var (
	phone  = screen{"phone", 360, 740, 2, true}
	tablet = screen{"tablet", 820, 1180, 2, true}
	laptop = screen{"laptop", 1280, 800, 1, false}
)

// patience is how long something may take on a computer that is busy with much else. Nothing here is measured by it.
const patience = 3 * time.Minute

// networkAddress is an address of this computer that is not its loopback: browsers take that for a secure place and
// would hide what plain HTTP lacks.
func networkAddress(t *testing.T) string {
	t.Helper()
	all, err := lan.Addresses()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Skip("NOT TESTED: this computer has no network address, and on the loopback a browser behaves differently")
	}
	return roomtest.Address(t, all[0].IP)
}

// browser is one Chromium with a profile of its own.
type browser struct {
	t       *testing.T
	ctx     context.Context
	end     context.CancelFunc
	profile string
	device  screen
	more    []chromedp.ExecAllocatorOption // of the program
}

// chromium returns the browser's program. A computer without it fails the test: scripts/deps installs it for tests.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("there is no Chromium; scripts/deps test installs it")
	return ""
}

func newBrowser(t *testing.T, device screen, more ...chromedp.ExecAllocatorOption) *browser {
	t.Helper()
	b := &browser{t: t, profile: t.TempDir(), device: device, more: more}
	b.start()
	t.Cleanup(func() { b.end() })
	return b
}

// start starts Chromium with the profile of before, and opens a tab.
func (b *browser) start() {
	b.t.Helper()
	opts := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(chromium(b.t)), chromedp.UserDataDir(b.profile), chromedp.Headless, chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("autoplay-policy", "no-user-gesture-required"), chromedp.Flag("lang", "zh-CN"),
		chromedp.Flag("accept-lang", "zh-CN"),
		chromedp.WindowSize(int(b.device.w), int(b.device.h)), chromedp.WSURLReadTimeout(patience),
	}
	alloc, endAlloc := chromedp.NewExecAllocator(context.Background(), append(opts, b.more...)...)
	ctx, endTab := chromedp.NewContext(alloc)
	b.ctx, b.end = ctx, func() { endTab(); endAlloc() }
	b.first()
}

// first makes the tab: the browser lives as long as the context of what it is asked first.
func (b *browser) first() {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, b.asDevice()); err != nil {
		b.t.Fatal(err)
	}
}

// tab opens another tab of the same browser.
func (b *browser) tab() *browser {
	b.t.Helper()
	ctx, end := chromedp.NewContext(b.ctx)
	other := &browser{t: b.t, ctx: ctx, end: end, profile: b.profile, device: b.device}
	b.t.Cleanup(end)
	other.first()
	return other
}

// step is what a browser is made to do.
type step = chromedp.Action[chromedp.Void]

// send is a command of the browser's protocol.
func send[P, R any](c cdp.Command[P, R], params P) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// asDevice makes a tab the size of the device, with its way to point and the language of the judges.
func (b *browser) asDevice() step {
	return chromedp.Steps(
		send(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: b.device.w, Height: b.device.h, DeviceScaleFactor: b.device.scale, Mobile: b.device.touch}),
		send(emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{
			Enabled: b.device.touch, MaxTouchPoints: 5}),
		send(emulation.SetLocaleOverride, emulation.SetLocaleOverrideParams{Locale: "zh-CN"}),
		send(network.Enable, network.EnableParams{}),
	)
}

// run does steps within a time.
func (b *browser) run(steps ...step) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.shot("failed")
		b.t.Fatalf("%s: %v\n%s", b.device.name, err, b.words())
	}
}

func (b *browser) open(address string) {
	b.t.Helper()
	b.run(chromedp.Navigate(address))
}

// words is all that the page shows.
func (b *browser) words() string {
	ctx, cancel := context.WithTimeout(b.ctx, 5*time.Second)
	defer cancel()
	read := chromedp.Evaluate[string](`document.body ? document.body.innerText : ''`)
	text, _ := chromedp.Run(ctx, read) // for messages
	return text
}

// value evaluates an expression, waiting for promises.
func value[T any](b *browser, expression string) T {
	b.t.Helper()
	out, err := asked[T](b, expression)
	if err != nil {
		b.shot("failed")
		b.t.Fatalf("%s: %s: %v\n%s", b.device.name, expression, err, b.words())
	}
	return out
}

func asked[T any](b *browser, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// leaving reports whether err only says that the page was left for another while it was asked.
func leaving(err error) bool {
	for _, said := range []string{"navigated or closed", "context was destroyed", "Cannot find context"} {
		if err != nil && strings.Contains(err.Error(), said) {
			return true
		}
	}
	return false
}

// js does something in the page.
func (b *browser) js(script string) {
	b.t.Helper()
	value[chromedp.Void](b, script)
}

// until waits for an expression to become true.
func (b *browser) until(what, expression string) {
	b.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		is, err := asked[bool](b, "!!("+expression+")")
		if is && err == nil {
			return
		}
		if err != nil && !leaving(err) {
			b.t.Fatalf("%s: %s: %v\n%s", b.device.name, expression, err, b.words())
		}
		if time.Now().After(end) {
			b.shot("failed")
			b.t.Fatalf("%s: waited in vain for: %s\n%s", b.device.name, what, b.words())
		}
	}
}

func quote(s string) string {
	out, _ := json.Marshal(s) // strings always marshal
	return string(out)
}

// sees waits until words are on the page.
func (b *browser) sees(words string) {
	b.t.Helper()
	b.until(words, "document.body && document.body.innerText.indexOf("+quote(words)+") >= 0")
}

// at returns the middle of an element, scrolled into sight.
func (b *browser) at(selector string) (x, y float64) {
	b.t.Helper()
	b.until(selector, "document.querySelector("+quote(selector)+")")
	p := value[[]float64](b, `(() => { const e = document.querySelector(`+quote(selector)+`);
		e.scrollIntoView({block: 'center'});
		const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })()`)
	return p[0], p[1]
}

// press touches or clicks the middle of an element.
func (b *browser) press(selector string) {
	b.t.Helper()
	x, y := b.at(selector)
	b.pressAt(x, y)
}

func (b *browser) pressAt(x, y float64) {
	b.t.Helper()
	if !b.device.touch {
		b.run(chromedp.MouseClickXY(x, y))
		return
	}
	b.run(touch("touchStart", &input.TouchPoint{X: x, Y: y}), touch("touchEnd"))
}

// touch is one event of fingers.
func touch(what input.DispatchTouchEventType, fingers ...*input.TouchPoint) step {
	return send(input.DispatchTouchEvent, input.DispatchTouchEventParams{
		Type: what, TouchPoints: append([]*input.TouchPoint{}, fingers...)})
}

// pressWords presses the button with these words.
func (b *browser) pressWords(words string) {
	b.t.Helper()
	find := `Array.from(document.querySelectorAll('button')).filter(e => e.offsetParent &&
		e.innerText.trim().indexOf(` + quote(words) + `) === 0).pop()`
	b.until("button "+words, find)
	b.js(`(() => { document.querySelectorAll('[data-test]').forEach(e => e.removeAttribute('data-test'));
		` + find + `.setAttribute('data-test', ''); })()`)
	b.press("[data-test]")
}

// keys types keys, each as a keyboard does.
func (b *browser) keys(keys ...string) {
	b.t.Helper()
	for _, k := range keys {
		b.run(chromedp.KeyEvent(k))
	}
}

// offline takes the network from the browser, or gives it back.
func (b *browser) offline(yes bool) {
	b.t.Helper()
	b.run(send(network.OverrideNetworkState, network.OverrideNetworkStateParams{
		Offline: yes, DownloadThroughput: -1, UploadThroughput: -1,
	}), send(network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Offline: yes, DownloadThroughput: -1, UploadThroughput: -1}},
	}))
}

// shot keeps a picture of the page where FAYI_SHOTS says.
func (b *browser) shot(name string) {
	dir := os.Getenv("FAYI_SHOTS")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	data, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Logf("no picture of %s: %v", name, err)
		return
	}
	file := fmt.Sprintf("%s-%s.png", strings.ReplaceAll(name, " ", "_"), b.device.name)
	if err := os.WriteFile(filepath.Join(dir, file), data, 0o600); err != nil {
		b.t.Log(err)
	}
}
