package sending_test

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

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"fayi/judging/media/mediatest"
	stage "fayi/judging/office/sending"
)

// tab is a Chromium with one page open.
type tab struct {
	t     testing.TB
	ctx   context.Context
	saved string // where downloads go
}

type step = chromedp.Action[chromedp.Void]

func send[P, R any](c cdp.Command[P, R], params P) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// newTab starts a browser of a size; narrow ones are phones.
func newTab(t testing.TB, w, h int64) *tab {
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
	b := &tab{t: t, saved: t.TempDir()}
	alloc, endAlloc := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.Headless, chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("lang", "zh-CN"), chromedp.Flag("accept-lang", "zh-CN"),
		chromedp.Env("LC_ALL=C.UTF-8"), // else names of files beyond ASCII are lost
		chromedp.WindowSize(int(w), int(h)), chromedp.WSURLReadTimeout(patience))
	ctx, endTab := chromedp.NewContext(alloc)
	t.Cleanup(func() { endTab(); endAlloc() })
	b.ctx = ctx
	// the browser lives as long as the context of what it is asked first
	err := chromedp.Do(b.ctx, chromedp.Steps(
		send(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: w, Height: h, DeviceScaleFactor: 1, Mobile: w < 500}),
		send(emulation.SetLocaleOverride, emulation.SetLocaleOverrideParams{Locale: "zh-CN"}),
	))
	mediatest.Must(t, err)
	allow := browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: b.saved}
	_, err = chromedp.CallBrowser(b.ctx, browser.SetDownloadBehavior, allow)
	mediatest.Must(t, err)
	return b
}

func (b *tab) run(steps ...step) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
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
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v\n%s", expression, err, b.words())
	}
	return out
}

func (b *tab) js(script string) { b.t.Helper(); value[chromedp.Void](b, script) }

// until waits for an expression to become true.
func (b *tab) until(expression string, most time.Duration) {
	b.t.Helper()
	for end := time.Now().Add(most); !value[bool](b, "!!("+expression+")"); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			b.shot("failed")
			b.t.Fatalf("waited in vain for %s\n%s", expression, b.words())
		}
	}
}

func (b *tab) sees(words string) {
	b.t.Helper()
	b.until("document.body.innerText.indexOf("+quote(words)+") >= 0", patience)
}

func quote(v any) string {
	out, _ := json.Marshal(v) // strings and bytes always marshal
	return string(out)
}

func (b *tab) open(address string) {
	b.t.Helper()
	b.run(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
}

func (b *tab) types(selector, text string) {
	b.t.Helper()
	b.js(`document.querySelector(` + quote(selector) + `).focus()`)
	b.run(send(input.InsertText, input.InsertTextParams{Text: text}))
}

// press presses by its place, so that what lies in front of it is seen.
func (b *tab) press(selector string) {
	b.t.Helper()
	p := value[[]float64](b, `(() => { const e = document.querySelector(`+quote(selector)+`);
		e.scrollIntoView({block: 'center'});
		const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })()`)
	b.run(chromedp.MouseClickXY(p[0], p[1]))
}

// shot keeps a picture of the page where FAYI_SHOTS says.
func (b *tab) shot(name string) {
	dir := os.Getenv("FAYI_SHOTS")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	data, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), data, 0o600)
	}
	if err != nil {
		b.t.Log(err)
	}
}

// fits fails where something stands out of the page to the side.
func (b *tab) fits(where string) {
	b.t.Helper()
	if n := value[int](b, "document.documentElement.scrollWidth - window.innerWidth"); n > 0 {
		b.t.Errorf("%s: %d pixels stand out", where, n)
	}
}

// fill fills in one work with a film of so many bytes and presses what sends.
func (b *tab) fill(t testing.TB, bytes int) {
	t.Helper()
	film := filepath.Join(t.TempDir(), "与法同行.mp4")
	data := make([]byte, bytes)
	_, _ = (&filler{1, uint64(bytes)}).Read(data)
	copy(data, filmStart(bytes))
	mediatest.Must(t, os.WriteFile(film, data, 0o600))
	b.types(`[data-at="0-contact"]`, "周会计")
	b.types(`[data-at="0-phone"]`, "0518-88880000")
	b.js(`(() => { const d = new DataTransfer(); d.setData('text/plain', "与法同行\t微视频\t小学组\t张三");
		const e = document.querySelector('[data-at="1-title"]'); e.focus();
		e.dispatchEvent(new ClipboardEvent('paste', {clipboardData: d, bubbles: true, cancelable: true})); })()`)
	b.run(chromedp.SetUploadFiles(`tbody[data-row="1"] input[type=file]`, []string{film}))
	b.sees("已添加 1 个文件")
}

// filmStart makes of bytes the smallest thing that says to be a film: its type, and one box for all the rest.
func filmStart(bytes int) []byte {
	head := []byte("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42")
	rest := bytes - len(head)
	return append(head, byte(rest>>24), byte(rest>>16), byte(rest>>8), byte(rest), 'm', 'd', 'a', 't')
}

// sends presses what sends, and goes on although rules ask for more than this film is.
func (b *tab) sends() {
	b.t.Helper()
	b.js(`document.querySelectorAll('.reason input').forEach(e => {
		Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(e, '试传');
		e.dispatchEvent(new Event('input', {bubbles: true})); })`)
	b.press("#send")
	b.until(`document.querySelector('progress, .receipt, #refused, .left')`, patience)
	if value[bool](b, `!!document.querySelector('.left')`) {
		b.t.Fatal("it is not sent:\n", b.words())
	}
}

// TestAUnitSendsFromAPhone fills in, sends over a line that breaks, closes the page in between, and reads the receipt.
func TestAUnitSendsFromAPhone(t *testing.T) {
	bytes := 12 << 20
	if !testing.Short() {
		bytes = 300 << 20
	}
	h := newHouse(t, stage.OpenRequest{})
	line := &cutter{}
	h.through(line, 6, int64(bytes/12))
	b := newTab(t, 390, 844)
	link := h.at + "/#" + h.tokens[school]
	b.open(link)
	b.sees("2026年甲县法治作品征集")
	b.fill(t, bytes)
	b.fits("filled in")
	b.shot("send-filled")
	b.sends()
	b.until(`document.querySelector('progress') && document.querySelector('progress').value >= 20`, 10*time.Minute)
	b.shot("send-going")
	b.fits("sending")
	b.open(link) // as who closed the page and opened the link again
	b.until(`document.querySelector('progress, .receipt')`, patience)
	b.until(`document.querySelector('.receipt')`, 10*time.Minute)
	b.sees("s001")
	b.shot("send-receipt")
	b.fits("receipt")
	all := h.deliveries()
	if len(all) != 1 || all[0].Works != 1 || all[0].Files != 1 || all[0].Edition != 1 || all[0].Unit != school {
		t.Fatalf("%+v", all)
	}
	if n := line.broken(); n < 3 {
		t.Errorf("the line broke %d times only", n)
	}
	b.press("#receipt-save")
	receipt := b.download()
	for _, want := range []string{"s001", school, all[0].Sum, "作品 1 件，文件 1 个"} {
		if !strings.Contains(receipt, want) {
			t.Errorf("the receipt lacks %s:\n%s", want, receipt)
		}
	}
	r, err := h.office.Sending().TakeDelivery(t.Context(), "s001", false, nil)
	if err != nil || r.Parcel.Accepted != 1 || r.Parcel.Files.Matched != 1 {
		t.Errorf("%+v %v", r.Parcel, err)
	}
	b.open(link)
	b.sees("已报送 1 份")
	b.js(`document.querySelector('.before').open = true`)
	b.sees("主办单位已收下")
	b.js(`document.querySelectorAll('.tools button')[4].click()`)
	b.sees("Sent: 1")
	b.shot("send-before-en")
	b.fits("in English")
}

// download waits for a file that the page saves and returns what it holds.
func (b *tab) download() string {
	b.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		list, err := filepath.Glob(filepath.Join(b.saved, "*.txt"))
		if err != nil || len(list) == 0 {
			continue
		}
		if data, err := os.ReadFile(list[0]); err == nil && len(data) > 0 {
			return string(data)
		}
	}
	b.t.Fatal("nothing was saved")
	return ""
}

// TestThePageSaysInWordsWhyItDoesNotSend tries in the browser what is refused before and after a file has arrived.
func TestThePageSaysInWordsWhyItDoesNotSend(t *testing.T) {
	h := newHouse(t, stage.OpenRequest{Public: true, Most: 8 << 20})
	h.serve()
	b := newTab(t, 1280, 720)
	b.open(h.at + "/")
	b.sees("各单位凭主办单位给的链接")
	b.sees("书法")
	b.shot("send-public")
	b.open(h.at + "/#AAAAAAAAAAAAAAAAAAAAAA")
	b.sees("这个链接不能用")
	b.shot("send-no-link")
	link := h.at + "/#" + h.tokens[school]
	b.open(link)
	b.sees("逐行填写作品")
	b.shot("send-desk")
	dir := t.TempDir()
	for name, x := range map[string]struct {
		words string
		data  []byte
	}{
		"别人的.zip": {"示例县文化馆", h.pack(other, 1, nil, 1000)},
		"断了.zip":  {"不完整或打不开", h.pack(school, 1, nil, 1000)[:900]},
		"影片.mp4":  {"不收“影片.mp4”", filmStart(1000)},
		"大的.zip":  {"一次最多报送 8 MB", make([]byte, 9<<20)},
		"照片.xlsx": {"打不开", []byte("\x89PNG\r\n\x1a\nnothing at all")},
	} {
		path := filepath.Join(dir, name)
		mediatest.Must(t, os.WriteFile(path, x.data, 0o600))
		b.until(`document.querySelector('#ready')`, patience)
		b.run(chromedp.SetUploadFiles("#ready", []string{path}))
		b.until(`document.querySelector('#refused')`, patience)
		b.sees(x.words)
		if name == "别人的.zip" {
			b.shot("send-refused")
		}
		b.press("#send-back")
	}
	good := filepath.Join(dir, "打好的.zip")
	mediatest.Must(t, os.WriteFile(good, h.pack(school, 3, nil, 2000, 3000), 0o600))
	b.until(`document.querySelector('#ready')`, patience)
	b.run(chromedp.SetUploadFiles("#ready", []string{good}))
	b.until(`document.querySelector('.receipt')`, patience)
	b.sees("作品 2 件，文件 2 个")
	if _, err := h.office.Sending().CloseSending(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.open(link)
	b.sees("现在不收新的网上报送")
	if !value[bool](b, `document.querySelector('#send').disabled`) {
		t.Error("it can be pressed all the same")
	}
	if all := h.deliveries(); len(all) != 1 {
		t.Error(fmt.Sprint(all))
	}
}
