package hall_test

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
	"github.com/chromedp/chromedp"
)

// TestThePageOfWhoRunsTheHall is tried in a browser: the page itself says nothing without the token, a wrong one is
// refused, the right one shows every contest with what is wrong, finds one, closes a room only after it asked, opens
// it again, and forgets the token when it is left. The page says when the hall has stopped, and what was seen last
// stays.
func TestThePageOfWhoRunsTheHall(t *testing.T) {
	folder := t.TempDir()
	tokens := contests(t, folder, "甲县.fayi", "乙县.fayi")
	must(t, os.MkdirAll(filepath.Join(folder, "坏.fayi"), 0o700))
	must(t, os.WriteFile(filepath.Join(folder, "坏.fayi", "contest.db"), []byte("no contest"), 0o600))
	h := open(t, folder, nil)
	_, err := score(t.Context(), h.desk("甲县.fayi", tokens["甲县.fayi"]["j001"]), 0, "m1")
	must(t, err)
	_ = h.SetOpen(t.Context(), "坏.fayi", true) // the list says why it can't be
	status, header, shell := h.get("GET", "/hall/", "")
	policy := header.Get("Content-Security-Policy")
	if status != 200 || !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("%d, %q", status, policy)
	}
	for _, secret := range []string{"甲县", h.Token(), h.row("甲县.fayi").Address} {
		if strings.Contains(shell, secret) {
			t.Errorf("the page itself says %s", secret)
		}
	}
	if status, header, _ := h.get("GET", "/hall", ""); status != 301 || header.Get("Location") != "/hall/" {
		t.Errorf("%d to %s", status, header.Get("Location"))
	}

	b := browse(t, h.at+"/hall/", 1280, 720)
	b.sees("组织者的口令")
	b.enters("wrong")
	b.sees("不认这个口令")
	b.enters(h.Token())
	b.sees("共 3 个征集")
	for _, word := range []string{"甲县.fayi", "乙县.fayi", "坏.fayi", "有问题", h.row("甲县.fayi").Address, "最多同时 300 个"} {
		b.sees(word)
	}
	b.shot("list")
	if wide := b.truth("document.documentElement.scrollWidth > document.documentElement.clientWidth"); wide {
		t.Error("the page is wider than the window")
	}
	b.js(`document.querySelector('input[type=search]').focus()`)
	b.types("乙县")
	b.until(`document.querySelectorAll('tbody tr').length === 1`)
	b.js(`document.querySelector('.act button').click()`)
	b.sees("评委不能再进来")
	if h.row("乙县.fayi").State == "shut" {
		t.Error("closed before it was asked for")
	}
	b.shot("asked")
	b.js(`document.querySelector('.asked .primary').click()`)
	b.until(`document.querySelector('td.state').innerText.indexOf('已关闭') >= 0`)
	if state := h.row("乙县.fayi").State; state != "shut" {
		t.Errorf("it is %s", state)
	}
	b.js(`document.querySelector('.act button').click()`)
	b.until(`document.querySelector('td.state').innerText.indexOf('已关闭') < 0`)
	if state := h.row("乙县.fayi").State; state == "shut" {
		t.Error("it is not open again")
	}

	b.run(send(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: 390, Height: 844, DeviceScaleFactor: 1, Mobile: true}))
	b.shot("phone")
	if wide := b.truth("document.documentElement.scrollWidth > document.documentElement.clientWidth"); wide {
		t.Error("the page is wider than a phone")
	}
	b.js("window.old = true, location.reload()")
	b.until("!window.old")
	b.sees("共 3 个征集") // the tab keeps the token
	h.end()
	b.sees("连不上评审厅")
	b.sees("甲县.fayi")
	b.js(`document.querySelector('header button').click()`)
	b.sees("组织者的口令")
	if b.truth(`sessionStorage.length + localStorage.length > 0 || document.body.innerText.indexOf('甲县') >= 0`) {
		t.Error("something stays behind")
	}
}

// tab is a Chromium with one page open.
type tab struct {
	t   testing.TB
	ctx context.Context
}

type step = chromedp.Action[chromedp.Void]

func send[P, R any](c cdp.Command[P, R], params P) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

func browse(t testing.TB, at string, w, h int64) *tab {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("there is no Chromium; scripts/deps test installs it")
	}
	alloc, endAlloc := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.Headless, chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("lang", "zh-CN"), chromedp.Flag("accept-lang", "zh-CN"),
		chromedp.WindowSize(int(w), int(h)), chromedp.WSURLReadTimeout(120*time.Second))
	ctx, endTab := chromedp.NewContext(alloc)
	t.Cleanup(func() { endTab(); endAlloc() })
	b := &tab{t, ctx}
	if err := chromedp.Do(ctx, chromedp.Steps(
		send(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: w, Height: h, DeviceScaleFactor: 1}),
		send(emulation.SetLocaleOverride, emulation.SetLocaleOverrideParams{Locale: "zh-CN"}),
	)); err != nil {
		t.Fatal(err)
	}
	b.run(chromedp.Navigate(at))
	return b
}

func (b *tab) run(steps ...step) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 120*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

func (b *tab) js(script string) { b.truth("(" + script + ", true)") }

func (b *tab) truth(expression string) bool {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 120*time.Second)
	defer cancel()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return out
}

func (b *tab) until(expression string) {
	b.t.Helper()
	for end := time.Now().Add(90 * time.Second); !b.truth(expression); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			b.shot("failed")
			b.t.Fatalf("waited in vain for %s", expression)
		}
	}
}

func (b *tab) sees(words string) {
	b.t.Helper()
	quoted, _ := json.Marshal(words) // strings always marshal
	b.until(fmt.Sprintf("document.body && document.body.innerText.indexOf(%s) >= 0", quoted))
}

func (b *tab) types(text string) {
	b.t.Helper()
	b.run(send(input.InsertText, input.InsertTextParams{Text: text}))
}

// enters types a token.
func (b *tab) enters(token string) {
	b.t.Helper()
	b.js(`(() => { const e = document.querySelector('input[type=password]'); e.value = ''; e.focus(); })()`)
	b.types(token)
	b.js(`document.querySelector('button[type=submit]').click()`)
}

// shot keeps a picture where FAYI_SHOTS names a folder.
func (b *tab) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("FAYI_SHOTS")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, 60*time.Second)
	defer cancel()
	data, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "hall-"+name+".png"), data, 0o644)
	}
	if err != nil {
		b.t.Error(err)
	}
}
