package room_test

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"

	"fayi/judging"
	onstage "fayi/judging/live"
	"fayi/judging/office/live"
	"fayi/judging/office/scoredjudges"
	"fayi/judging/room/client"
	"fayi/judging/room/roomtest"
)

// The cases that happen once in many rooms: each says a clear sentence on the screen, and nothing is lost.

// before runs a script in every page that is opened from now on, ahead of the page's own.
func (b *browser) before(script string) {
	b.t.Helper()
	b.run(send(page.Enable, page.EnableParams{}), send(page.AddScriptToEvaluateOnNewDocument,
		page.AddScriptToEvaluateOnNewDocumentParams{Source: script}))
}

// allReceived waits until nothing waits on the device, and wants these works scored at the contest.
func (b *browser) allReceived(h *roomtest.House, judge judging.JudgeID, codes ...string) {
	b.t.Helper()
	b.toList()
	b.until("all is sent", allSent)
	states := map[string]judging.BallotState{}
	for _, w := range listOf(b.t, h, judge).Works {
		states[string(w.Code)] = w.State
	}
	for _, c := range codes {
		if states[c] != judging.Scored {
			b.t.Errorf("%s is %q", c, states[c])
		}
	}
}

// TestAWrongClockLosesNothing has a device whose clock is five years behind, and jumps ten years while it is cut off.
func TestAWrongClockLosesNothing(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 6, Judges: 3})
	b := newBrowser(t, laptop)
	b.before(`(() => { const real = Date.now; let by = -1.6e11; Date.now = () => real() + by;
		window.jump = ms => { by += ms; }; })()`)
	b.open(h.Address("j001"))
	b.begin()
	first := b.total(criteria(b, 0))
	b.offline(true)
	second := b.total(criteria(b, 1))
	b.js("jump(3.2e11)")
	third := b.total(criteria(b, 2))
	b.js("jump(-4e11)")
	b.offline(false)
	b.allReceived(h, "j001", first, second, third)
}

// TestABrowserThatKeepsNothingSaysSoAndStillSends is private mode of some browsers.
func TestABrowserThatKeepsNothingSaysSoAndStillSends(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 6, Judges: 3})
	b := newBrowser(t, phone)
	b.before(`Object.defineProperty(window, 'indexedDB', { value: { open() {
		throw new DOMException('private', 'SecurityError'); } } })`)
	b.open(h.Address("j001"))
	b.sees("浏览器不让这一页存东西")
	b.begin()
	code, _ := b.where()
	b.typeTotal(listOf(t, h, "j001"), code, 80)
	b.until("received", "document.querySelector('.saved .sign.received')")
	b.shot("private")
	b.open(h.At + "/?again#" + h.Tokens["j001"]) // the tab is still known as the same device
	b.sees("评委A 的评分")
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) { // signs come only with what was kept
		works := listOf(t, h, "j001").Works
		if slices.ContainsFunc(works, func(w judging.Duty) bool {
			return string(w.Code) == code && w.State == judging.Scored
		}) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s is not scored", code)
		}
	}
}

// TestADeviceThatIsFullSaysSoAndStillSends has the device refuse to keep anything in the middle of the judging, while
// it is cut off.
func TestADeviceThatIsFullSaysSoAndStillSends(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 6, Judges: 3})
	b := newBrowser(t, laptop)
	b.open(h.Address("j001"))
	b.begin()
	first := b.total(criteria(b, 0))
	b.offline(true)
	second := b.total(criteria(b, 1))
	b.js(`IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }`)
	third := b.total(criteria(b, 2))
	b.sees("浏览器不让这一页存东西")
	b.shot("full")
	b.offline(false)
	b.allReceived(h, "j001", first, second, third)
	if value[bool](b, "document.body.innerText.indexOf('连不上评审电脑') >= 0") {
		t.Error("a full device is told as a lost connection")
	}
}

// TestAnOldPageIsToldOfTheNewOneAndReloadingKeepsWhatWaits has a page of an older version, with a score that could not
// be sent.
func TestAnOldPageIsToldOfTheNewOneAndReloadingKeepsWhatWaits(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 6, Judges: 3})
	b := newBrowser(t, laptop)
	b.open(h.Address("j001"))
	b.begin()
	b.where()
	b.js(`document.querySelector('meta[name=page]').setAttribute('content', 'old');
		(() => { const real = window.fetch;
		window.fetch = (at, how) => how && how.method === 'PUT' ? new Promise(() => 0) : real(at, how); })()`)
	code := b.total(criteria(b, 0))
	b.toList()
	b.until("kept", "document.querySelectorAll('.works .sign.kept').length === 1")
	other, err := client.Open(http.DefaultClient, h.Address("j001"), "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Duties(t.Context()); judging.CodeOf(err) != judging.Forbidden { // it makes the page ask
		t.Fatal(err)
	}
	b.sees("评分页有了新版本")
	b.shot("renewed")
	b.until("connected", "document.querySelector('.link.open')")
	b.pressWords("换新")
	b.until("the new page's list", `document.querySelector('.works') &&
		document.querySelector('meta[name=page]').getAttribute('content') !== 'old'`)
	b.until("all is sent", allSent)
	if value[bool](b, "document.body.innerText.indexOf('新版本') >= 0") {
		t.Error("the new page takes itself for old")
	}
	for _, w := range listOf(t, h, "j001").Works {
		if string(w.Code) == code && w.State != judging.Scored {
			t.Errorf("%s is %s", code, w.State)
		}
	}
}

// TestAJudgeWhoIsStruckOffIsTold has a judge struck off while a score waits on their device.
func TestAJudgeWhoIsStruckOffIsTold(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 6, Judges: 4})
	b := newBrowser(t, laptop)
	b.open(h.Address("j001"))
	b.begin()
	b.total(criteria(b, 0))
	b.toList()
	b.until("received", allSent)
	b.begin()
	b.offline(true)
	b.total(criteria(b, 1))
	b.sees("1 件已存在这台设备上")
	if _, err := h.Office.ScoredJudges().StrikeJudge(t.Context(), "j001", scoredjudges.KeepScores, "泄密"); err != nil {
		t.Fatal(err)
	}
	b.offline(false)
	b.until("told", "document.body.innerText.indexOf('组织者已把您从评委名单中移出') >= 0")
	b.sees("这台设备上还有 1 件没有上传")
	b.shot("struck")
	if value[bool](b, "document.body.innerText.indexOf('泄密') >= 0") {
		t.Error("the reason is told to the judge's device")
	}
}

// takeAway takes a work from a judge by another plan.
func takeAway(t *testing.T, h *roomtest.House, judge judging.JudgeID, code string) {
	t.Helper()
	all, err := h.Office.Assignment().Assignments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Judge != judge || string(d.Code) != code {
			continue
		}
		err := h.Office.Assignment().DeclareConflict(t.Context(), judging.Conflict{
			Judge: judge, Work: d.Work, Kind: judging.Declared, Reason: "师生"})
		if err != nil {
			t.Fatal(err)
		}
	}
	seed := uint64(3)
	if _, _, err := h.Office.Assignment().AdjustPlan(t.Context(), &seed, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Office.Assignment().PublishPlan(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
}

// TestAPlanThatIsAdjustedUnderWayIsFollowed takes one work from a judge who has scored it without a connection, and
// lets them go on with the others.
func TestAPlanThatIsAdjustedUnderWayIsFollowed(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 12, Judges: 6})
	b := newBrowser(t, laptop)
	b.open(h.Address("j001"))
	b.begin()
	b.where()
	b.offline(true)
	taken := b.total(criteria(b, 0))
	stays := b.total(criteria(b, 1))
	takeAway(t, h, "j001", taken)
	b.offline(false)
	b.toList()
	refused := "document.body.innerText.indexOf(" + quote(taken+" 有改动没有收下") + ") >= 0"
	b.until("the refusal", refused)
	b.shot("adjusted")
	b.until("the others are sent", "!document.querySelector('.works .sign.kept, .works .sign.typed')")
	works := listOf(t, h, "j001").Works
	rows := fmt.Sprintf("document.querySelectorAll('.works .row').length === %d", len(works))
	b.until("the list is the new one", rows)
	for _, w := range works {
		if string(w.Code) == taken || string(w.Code) == stays && w.State != judging.Scored {
			t.Errorf("%s is %s", w.Code, w.State)
		}
	}
}

// TestARunningOrderThatIsMovedIsFollowed moves the last work to the front while judges look at the list.
func TestARunningOrderThatIsMovedIsFollowed(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 5, Judges: 3, PerWork: 3, Stage: &onstage.Rule{}})
	order := performed(t, h.Office)
	b := newBrowser(t, phone)
	b.open(h.Address("j001"))
	firstIs := func(code judging.WorkCode) string {
		return `document.querySelector('.works .row') && document.querySelector('.works .row').dataset.code === ` +
			quote(string(code))
	}
	b.until("the order that was drawn", firstIs(order[0].Code))
	last := order[len(order)-1].Code
	does[[]live.Turn](t)(h.Office.Live().Move(t.Context(), string(last), 1))
	b.until("the order as it was moved", firstIs(last))
	seed := uint64(99)
	again := does[[]live.Turn](t)(h.Office.Live().Draw(t.Context(), live.DrawRequest{
		Categories: []string{"歌曲"}, Seed: &seed, Again: true}))
	b.until("the order that was drawn again", firstIs(again[0].Code))
	b.until("numbers from one", `document.querySelector('.works .row small').innerText.indexOf('第 1 号') === 0`)
}
