package exhibition_test

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"fayi/judging/media/mediatest"
	"fayi/judging/office"
	"fayi/judging/office/exhibition"
	"fayi/judging/terms"
)

// hard is a contest whose works are hard to show: titles and names without end, works of words alone, a film that has
// no picture, a sound, nothing at all; and children whose guardians did not agree, or did not answer.
func hard(t testing.TB) *office.Office {
	t.Helper()
	o := begin(t, terms.Surname)
	sound := mediatest.Read(t, mediatest.FFmpeg(t, "声.mp3", "-f", "lavfi", "-i", "sine=duration=3"))
	bring(t, o, []row{
		{longTitle, "书法", "成人组", strings.Repeat("欧阳修远、", 9) + "司马光明", "示例县" + strings.Repeat("法治文化", 12) + "中心", "是",
			map[string][]byte{"-1.jpg": photo(t, 3000, 300, 90), "-2.jpg": photo(t, 300, 3000, 10)}},
		{strings.Repeat("Constitutionality", 12), "书法", "成人组", "Alexandria Wolfeschlegelsteinhausenbergerdorff",
			"The Example County Society for the Promotion of Law", "yes",
			map[string][]byte{".jpg": photo(t, 900, 1200, 40)}},
		{"只有文字", "征文", "成人组", "许文", "示例街道", "同意", map[string][]byte{".txt": []byte(poem(3000))}},
		{"只有声音", "歌曲", "成人组", "曲歌", "示例街道", "同意", map[string][]byte{".mp3": sound}},
		{"没有画面的影片", "微视频", "成人组", "郑导", "示例街道", "同意", map[string][]byte{".mp4": film(t, "ZHENGDAO")[:9000]}},
		{"有画面的影片", "微视频", "成人组", "郑导", "示例街道", "同意", map[string][]byte{".mp4": film(t, "ZHENGDAO")}},
		{"没有文件", "摄影", "成人组", "魏空", "示例街道", "同意", nil},
		{"监护人同意的画", "绘画", "小学组", "赵小明", "示例第一小学", "是", map[string][]byte{".jpg": photo(t, 1200, 900, 7)}},
		{"监护人不同意的画", "绘画", "小学组", "孙拒拒", "示例第二小学", "否", map[string][]byte{".jpg": photo(t, 1201, 900, 77)}},
		{"监护人没答的画", "绘画", "小学组", "李默默", "示例第三小学", "", map[string][]byte{".jpg": photo(t, 1202, 900, 78)}},
		{"表上没改的画", "绘画", "小学组", "周空空", "示例第四小学", "是/否", map[string][]byte{".jpg": photo(t, 1203, 900, 79)}},
		{"监护人没想好的画", "绘画", "小学组", "吴待待", "示例第五小学", "同意，待家长签字", map[string][]byte{".jpg": photo(t, 1204, 900, 80)}},
	})
	judge(t, o)
	return o
}

// silent are what must be in no byte of what is shown of hard.
var silent = []string{
	"孙拒拒", "李默默", "周空空", "吴待待", "示例第二小学", "示例第三小学", "示例第四小学", "示例第五小学", "监护人不同意",
	"监护人没答", "表上没改", "监护人没想好",
	"赵小明", "ZHENGDAO",
}

// TestNoChildWithoutConsentIsInAnyByte looks for children whose guardians did not agree, in the folder and in the
// album, unpacked by another program; and for their pictures, by their width.
func TestNoChildWithoutConsentIsInAnyByte(t *testing.T) {
	o := hard(t)
	dir := t.TempDir()
	words := wordsIn(t, "zh-Hans")
	r, err := o.Exhibition().WriteExhibition(t.Context(), exhibition.Request{
		Out: filepath.Join(dir, "展览"), Media: true}, words, nil)
	must(t, err)
	if r.Shown != 8 || len(r.Left) != 4 {
		t.Errorf("%d shown, %d left out", r.Shown, len(r.Left))
	}
	for name, data := range tree(t, filepath.Join(dir, "展览")) {
		for _, secret := range silent {
			if strings.Contains(name+data, secret) {
				t.Errorf("%s holds %s", name, secret)
			}
		}
		if w, _, ok := mediaSize(data); ok && w > 1200 && w < 1205 {
			t.Errorf("%s is the picture of a child who is not shown", name)
		}
	}
	path := filepath.Join(dir, "作品集.pdf")
	must(t, reads(o.Exhibition().WriteAlbum(t.Context(), exhibition.Request{Out: path}, words, nil)))
	text := strings.Join(strings.Fields(run(t, "pdftotext", "-raw", path, "-")), "") + run(t, "pdfinfo", path)
	plain, err := os.ReadFile(path)
	must(t, err)
	for _, secret := range silent {
		if strings.Contains(text, secret) || bytes.Contains(plain, []byte(secret)) {
			t.Errorf("the album holds %s", secret)
		}
	}
	if n := strings.Count(run(t, "pdfimages", "-list", path), "jpeg"); n != 5 {
		t.Errorf("%d pictures", n)
	}
	keep(t, dir)
}

// mediaSize is the size of a JPEG.
func mediaSize(data string) (w, h int, ok bool) {
	p, err := jpeg.Decode(strings.NewReader(data))
	if err != nil {
		return 0, 0, false
	}
	return p.Bounds().Dx(), p.Bounds().Dy(), true
}

type screen struct {
	name string
	w, h int64
	dark bool
	lang string
	bare bool // without scripts
}

// TestAnExhibitionFitsEveryScreenAndAsksNothing opens each page in Chromium, which reports every request, on a phone, a
// tablet and a large screen, light and dark, in both languages: nothing is cut off or sticks out, nothing is asked
// from outside the folder, and without scripts all works are reached.
func TestAnExhibitionFitsEveryScreenAndAsksNothing(t *testing.T) {
	o := hard(t)
	dir := t.TempDir()
	for _, lang := range []string{"zh-Hans", "en"} {
		_, err := o.Exhibition().WriteExhibition(t.Context(), exhibition.Request{
			Out: filepath.Join(dir, lang), Media: true, Lang: lang}, wordsIn(t, lang), nil)
		must(t, err)
	}
	browser := browse(t)
	for _, s := range []screen{
		{"phone", 360, 640, false, "zh-Hans", false}, {"phone-dark", 360, 640, true, "en", true},
		{"tablet", 768, 1024, true, "zh-Hans", false}, {"tablet-light", 768, 1024, false, "en", false},
		{"wide", 1920, 1080, false, "zh-Hans", true}, {"wide-dark", 1920, 1080, true, "en", false},
	} {
		if testing.Short() && s.w == 768 {
			continue
		}
		t.Run(s.name, func(t *testing.T) { visit(t, browser, filepath.Join(dir, s.lang), s) })
	}
}

type step = chromedp.Action[chromedp.Void]

func send[P, R any](c cdp.Command[P, R], params P) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// misfits are the elements that stick out of the screen or hide words, by their names and words.
const misfits = `(() => {
	const out = [], wide = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth > wide) out.push('the page is ' + document.documentElement.scrollWidth);
	for (const e of document.querySelectorAll('body *')) {
		const r = e.getBoundingClientRect(), said = e.tagName + ' ' + (e.textContent || '').trim().slice(0, 20);
		if (r.width && (r.right > wide + 1 || r.left < -1)) out.push(said + ' sticks out');
		const hides = getComputedStyle(e).overflow === 'hidden' && e.textContent.trim();
		if (hides && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1))
			out.push(said + ' is cut');
	}
	for (const i of document.images) if (i.complete && !i.naturalWidth) out.push(i.src + ' is not shown');
	return out.slice(0, 8);
})()`

// browse starts a Chromium with one page for all screens: it lives as long as the context of what it is asked first.
func browse(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("NOT TESTED: there is no Chromium")
	}
	alloc, endAlloc := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(path),
		chromedp.UserDataDir(t.TempDir()), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Env("LC_ALL=C.UTF-8"), chromedp.WSURLReadTimeout(2*time.Minute))
	ctx, end := chromedp.NewContext(alloc)
	t.Cleanup(func() { end(); endAlloc() })
	must(t, chromedp.Do(ctx, send(network.Enable, network.EnableParams{})))
	return ctx
}

func visit(t *testing.T, browser context.Context, dir string, s screen) {
	t.Helper()
	ctx, cancel := context.WithTimeout(browser, 2*time.Minute)
	defer cancel()
	scheme := map[bool]string{true: "dark", false: "light"}[s.dark]
	must(t, chromedp.Do(ctx, chromedp.Steps(
		send(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: s.w, Height: s.h, DeviceScaleFactor: 1, Mobile: s.w < 500}),
		send(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}),
		send(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: s.bare}),
	)))
	var mu sync.Mutex
	var asked []string
	must(t, chromedp.Listen(ctx, func(event any) {
		if e, is := event.(*network.EventRequestWillBeSent); is {
			mu.Lock()
			defer mu.Unlock()
			asked = append(asked, e.Request.URL)
		}
	}))
	pages, err := filepath.Glob(filepath.Join(dir, "works", "*.html"))
	must(t, err)
	for i, p := range append([]string{filepath.Join(dir, "index.html")}, pages...) {
		must(t, chromedp.Do(ctx, chromedp.Navigate("file://"+p)))
		wrong, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](misfits))
		must(t, err)
		if len(wrong) > 0 {
			t.Errorf("%s on %s: %q", filepath.Base(p), s.name, wrong)
		}
		if to := os.Getenv("FAYI_SHOTS"); to != "" && (i < 2 || s.w == 360) {
			shoot(t, ctx, filepath.Join(to, "screen-"+s.name+"-"+strings.TrimSuffix(filepath.Base(p), ".html")+".png"))
		}
	}
	mu.Lock()
	heard := slices.Clone(asked)
	mu.Unlock()
	for _, url := range heard {
		if !strings.HasPrefix(url, "file://"+dir+"/") && !strings.HasPrefix(url, "data:") {
			t.Errorf("it asks for %s", url)
		}
	}
	if len(heard) < len(pages) {
		t.Errorf("%d requests were heard of", len(heard))
	}
	if !s.bare {
		byKeys(t, ctx, dir, len(pages))
	}
}

// byKeys goes from the first work to the last by the keyboard, and back to the list.
func byKeys(t *testing.T, ctx context.Context, dir string, works int) {
	t.Helper()
	must(t, chromedp.Do(ctx, chromedp.Navigate("file://"+filepath.Join(dir, "works", "0001.html"))))
	keys, want := slices.Repeat([]string{"ArrowRight"}, works-1), []string{}
	for n := 2; n <= works; n++ {
		want = append(want, fmt.Sprintf("%04d.html", n))
	}
	keys, want = append(keys, "Escape"), append(want, "index.html")
	for i, key := range keys {
		press := chromedp.Evaluate[any](`setTimeout(() => document.dispatchEvent(
			new KeyboardEvent('keydown', {key: '` + key + `', bubbles: true})), 0)`)
		_, err := chromedp.Run(ctx, press)
		must(t, err)
		for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
			soon, cancel := context.WithTimeout(ctx, 5*time.Second) // a page that is left answers nothing
			at, _ := chromedp.Run(soon, chromedp.Evaluate[string](
				"document.readyState === 'complete' ? location.pathname.split('/').pop() : ''"))
			cancel()
			if at == want[i] {
				break
			}
			if time.Now().After(end) {
				t.Fatalf("%s leads to %s, not to %s", key, at, want[i])
			}
		}
	}
}

func shoot(t *testing.T, ctx context.Context, to string) {
	t.Helper()
	data, err := chromedp.Run(ctx, chromedp.FullScreenshot(90))
	must(t, err)
	must(t, os.WriteFile(to, data, 0o644))
}
