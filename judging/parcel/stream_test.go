package parcel_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"fayi/judging"
	"fayi/judging/media/archive"
	"fayi/judging/media/mediatest"
	"fayi/judging/parcel"
)

// longFilms are two films that make more than one part together, of which the disk keeps a few bytes only.
func longFilms(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, name := range []string{"甲.mp4", "乙.mp4"} {
		path := filepath.Join(t.TempDir(), name)
		rest := 600 << 20
		head := []byte("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42")
		head = append(head, byte(rest>>24), byte(rest>>16), byte(rest>>8), byte(rest), 'm', 'd', 'a', 't')
		mediatest.Must(t, os.WriteFile(path, head, 0o600))
		mediatest.Must(t, os.Truncate(path, int64(24+rest)))
		out = append(out, path)
	}
	return out
}

// served opens a page at an address where a browser lets pages write files, fills it in with long films, and puts in
// the place of the browser's dialog, which no test can press, what refuses as the dialog does when nobody pressed
// anything within the last seconds.
func served(t *testing.T, page, chooses string) *tab {
	t.Helper()
	data, err := os.ReadFile(page)
	mediatest.Must(t, err)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(data) // a browser that has gone asks again
	}))
	t.Cleanup(srv.Close)
	b := open(t, page, 1280, 720)
	b.run(send(network.OverrideNetworkState, network.OverrideNetworkStateParams{
		DownloadThroughput: -1, UploadThroughput: -1}), chromedp.Navigate(srv.URL))
	b.until("document.querySelector('#pack')")
	b.js(`window.asked = 0;
		window.showSaveFilePicker = async o => {
			window.asked++;
			if (!navigator.userActivation.isActive) throw new DOMException('no user gesture', 'SecurityError');
			window.suggested = o.suggestedName;
			` + chooses + `
		};`)
	b.unit("甲县第一小学")
	b.paste(`[data-at="1-title"]`, "甲\t微视频\t小学组\t张三\n乙\t微视频\t小学组\t李四")
	for i, film := range longFilms(t) {
		row := string(rune('1' + i))
		b.chooses(`tbody[data-row="`+row+`"] input[type=file]`, film)
		b.untilIn(`document.querySelector('tbody[data-row="`+row+`"] .was')`, 15*time.Minute)
	}
	b.js(`document.querySelectorAll('.reason input').forEach(e => {
		Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(e, '试');
		e.dispatchEvent(new Event('input', {bubbles: true})); })`)
	return b
}

// wholeOf reads files as an import does, and wants one parcel of two long films.
func wholeOf(t *testing.T, c judging.Contest, rules judging.Rules, paths ...string) {
	t.Helper()
	var in parcel.Inbox
	for _, path := range paths {
		tree, err := archive.Open(context.Background(), path, archive.Usual)
		mediatest.Must(t, err)
		defer tree.Close()
		_, err = in.Take(t.Context(), filepath.Base(path), tree.Entries)
		mediatest.Must(t, err)
	}
	all, _, err := in.Parcels(t.Context(), c, rules, nil)
	mediatest.Must(t, err)
	if len(all) != 1 || len(all[0].Files) != 2 || all[0].Parts != len(paths) {
		t.Errorf("%d parcels", len(all))
	}
}

// TestALongParcelIsWrittenAsOneFileOrSavedInParts packs more than a part holds in a browser: written where the person
// says, and in parts where they say nothing.
func TestALongParcelIsWrittenAsOneFileOrSavedInParts(t *testing.T) {
	if os.Getenv("FAYI_LARGE") == "" {
		t.Skip("packs 1.2 GB twice: make test-large")
	}
	o, page := newOffice(t, parcel.Request{})
	c, err := o.Contest(t.Context())
	mediatest.Must(t, err)
	rules, err := o.Rules(t.Context())
	mediatest.Must(t, err)
	t.Run("one file", func(t *testing.T) {
		b := served(t, page, `const root = await navigator.storage.getDirectory();
			return window.place = await root.getFileHandle('a.zip', {create: true});`)
		b.press("#pack")
		b.untilIn(`document.body.innerText.indexOf('已写好') >= 0 || document.querySelector('[data-part]')`,
			15*time.Minute)
		if value[bool](b, `!!document.querySelector('[data-part]')`) {
			t.Fatal("it was packed in parts although a place was chosen")
		}
		if got := value[string](b, "window.suggested"); got != "报送包-甲县第一小学-第1次.zip" {
			t.Errorf("it is called %s", got)
		}
		b.js(`window.place.getFile().then(f => { const a = document.createElement('a');
			a.href = URL.createObjectURL(f); a.download = 'a.zip'; document.body.appendChild(a); a.click(); })`)
		wholeOf(t, c, rules, b.download(1, 15*time.Minute))
	})
	t.Run("parts", func(t *testing.T) {
		b := served(t, page, `throw new DOMException('the person closed it', 'AbortError');`)
		parts := b.pack(15 * time.Minute)
		if asked := value[int](b, "window.asked"); len(parts) != 2 || asked != 1 {
			t.Fatalf("%d parts, asked %d times", len(parts), asked)
		}
		wholeOf(t, c, rules, parts...)
	})
	t.Run("a place that can't be written", func(t *testing.T) {
		b := served(t, page,
			`return {createWritable: async () => { throw new DOMException('full', 'QuotaExceededError'); }};`)
		b.press("#pack")
		b.untilIn(`document.body.innerText.indexOf('没有写成') >= 0`, 15*time.Minute)
	})
}
