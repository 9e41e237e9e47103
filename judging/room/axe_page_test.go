package room_test

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/assets"
	"fayi/judging"
	onstage "fayi/judging/live"
	"fayi/judging/office/live"
	"fayi/judging/room"
	"fayi/judging/room/host"
	"fayi/judging/room/roomtest"
)

// axe returns the checker of accessibility, which scripts/deps fetches for tests: it is not part of the program.
func axe(t *testing.T) string {
	t.Helper()
	path := os.Getenv("FAYI_AXE")
	if path == "" {
		path = filepath.Join("..", "..", "out", "deps", "axe.min.js")
	}
	source, err := os.ReadFile(path)
	if err != nil {
		t.Skip("NOT TESTED: axe-core is not here; scripts/deps test fetches it where npm is installed")
	}
	return string(source)
}

// accessible wants the checker to find nothing on what the page shows now.
func (b *browser) accessible(source, what string) {
	b.t.Helper()
	if !value[bool](b, "typeof axe === 'object'") {
		b.js(source + "; undefined")
	}
	found := value[[]string](b, `axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v =>
		v.id + ': ' + v.help + ' | ' + v.nodes.map(n => n.html.slice(0, 160)).slice(0, 3).join(' | ')))`)
	for _, f := range found {
		b.t.Errorf("%s on the %s: %s", what, b.device.name, f)
	}
}

// TestAxeFindsNothing looks at each screen of the judges' page, light and dark, on a phone and on a laptop, at the big
// screen, and at the page that says how to trust a room.
func TestAxeFindsNothing(t *testing.T) {
	source := axe(t)
	h := opened(t, roomtest.Contest{Works: 5, Judges: 3, PerWork: 3, Media: true, Names: true, PIN: "2048"})
	for _, device := range []screen{phone, laptop} {
		if err := h.Office.Passes().ReleaseDevice(t.Context(), "j001"); err != nil {
			t.Fatal(err)
		}
		b := newBrowser(t, device)
		b.open(h.At)
		b.sees("请选您的姓名")
		b.accessible(source, "the names")
		b.press(`[data-name="评委A"]`)
		b.until("the PIN", "document.querySelector('[data-pin]')")
		b.accessible(source, "the PIN")
		b.open(h.Address("j001"))
		for _, theme := range []string{"light", "dark"} {
			b.sees("评委A 的评分")
			b.js("document.documentElement.setAttribute('data-theme', " + quote(theme) + ")")
			b.accessible(source, "the list, "+theme)
			for i, w := range listOf(t, h, "j001").Works {
				b.press(`[data-code="` + string(w.Code) + `"]`)
				b.until("the work", "document.querySelector('.sheet .viewer')")
				b.where()
				b.accessible(source, "a "+w.Category+", "+theme)
				if i == 0 {
					b.pressWords("弃权")
					b.until("the question", "document.querySelector('[role=dialog]')")
					b.accessible(source, "a question, "+theme)
					b.keys("\x1b")
					b.until("no question", "!document.querySelector('[role=dialog]')")
				}
				b.press(".head button")
				b.until("the list", "document.querySelector('.works')")
			}
			b.pressWords("显示和帮助")
			b.js("document.querySelectorAll('details').forEach(d => d.open = true)")
			b.accessible(source, "the options, "+theme)
			b.keys("\x1b")
			b.until("no dialog", "!document.querySelector('[role=dialog]')")
		}
	}
	wall := newBrowser(t, laptop)
	wall.open(h.Screen(t))
	wall.until("the screen", "document.querySelector('.wall')")
	wall.accessible(source, "the big screen")
}

// both calls fn under the light theme and the dark one.
func (b *browser) both(fn func(theme string)) {
	b.t.Helper()
	for _, theme := range []string{"light", "dark"} {
		b.js("document.documentElement.setAttribute('data-theme', " + quote(theme) + ")")
		fn(theme)
	}
}

// TestAxeFindsNothingWhereAListEnds looks at the review of a list, at the question before it is handed in, also where
// something is missing, and at the list that was.
func TestAxeFindsNothingWhereAListEnds(t *testing.T) {
	if testing.Short() {
		t.Skip("the page of judges is looked at in the short form")
	}
	source := axe(t)
	h := opened(t, roomtest.Contest{Works: 4, Judges: 3, PerWork: 3, PIN: "2048"})
	desk := h.Office.Scoring().Desk("j001").InRoom()
	in := listOf(t, h, "j001")
	for _, w := range in.Works {
		marks := map[string]float64{}
		for _, c := range in.Rubrics[w.Category].Criteria {
			marks[c.Name] = 8
		}
		if _, err := desk.Save(t.Context(), judging.Ballot{Code: w.Code, Marks: marks, Comment: "章法稳"}); err != nil {
			t.Fatal(err)
		}
	}
	b := newBrowser(t, phone)
	b.open(h.Address("j001"))
	b.sees("评委A 的评分")
	b.press("[data-review]")
	b.until("the review", "document.querySelector('.review')")
	b.both(func(theme string) {
		b.accessible(source, "the review, "+theme)
		b.press("[data-submit]")
		b.until("the question", "document.querySelector('[role=dialog] [data-secret]')")
		b.accessible(source, "the hand-in, "+theme)
		b.press("[data-hand-in]")
		b.until("what is missing", "document.querySelector('[role=dialog] [role=alert]')")
		b.accessible(source, "the hand-in that lacks a tick, "+theme)
		b.keys("\x1b")
		b.until("no question", "!document.querySelector('[role=dialog]')")
	})
	b.shot("review")
	if err := h.Office.Scoring().Desk("j001").InRoom().Submit(t.Context(), "2048"); err != nil {
		t.Fatal(err)
	}
	b.sees("评分已提交，不能再改")
	b.both(func(theme string) { b.accessible(source, "what was handed in, "+theme) })
}

// TestAxeFindsNothingOnAStage looks at a judge's page and at the big screen while a work is on, after its scoring was
// closed, once it is released, and in a break.
func TestAxeFindsNothingOnAStage(t *testing.T) {
	if testing.Short() {
		t.Skip("the page of judges is looked at in the short form")
	}
	source := axe(t)
	h := opened(t, roomtest.Contest{Works: 3, Judges: 3, PerWork: 3, Stage: fiveMinutes(onstage.ShowName)})
	turn := does[live.Turn](t)
	performed(t, h.Office)
	wall, b := newBrowser(t, projector), newBrowser(t, phone)
	wall.open(h.Screen(t))
	b.open(h.Address("j001"))
	look := func(state string) {
		t.Helper()
		wall.both(func(theme string) { wall.accessible(source, "the big screen, "+state+", "+theme) })
		b.both(func(theme string) { b.accessible(source, "a judge's page, "+state+", "+theme) })
	}
	wall.sees("即将开始")
	b.sees("还没有开始叫号")
	look("before the first call")
	on := turn(h.Office.Live().Call(t.Context(), ""))
	wall.onScreen(on.Number, "called")
	turn(h.Office.Live().Start(t.Context()))
	b.goesTo(on.Code)
	b.typeTotal(listOf(t, h, "j001"), string(on.Code), 83)
	b.until("received", "document.querySelector('.saved .sign.received')")
	look("on")
	turn(h.Office.Live().Close(t.Context(), live.CloseRequest{Early: true}))
	wall.onScreen(on.Number, "closed")
	b.sees("打分结束")
	look("closed")
	turn(h.Office.Live().Release(t.Context(), ""))
	wall.onScreen(on.Number, "released")
	look("released")
	if err := h.Office.Live().Break(t.Context(), "休息十分钟"); err != nil {
		t.Fatal(err)
	}
	wall.until("the break", "document.querySelector('[data-break]')")
	look("in a break")
}

func TestAxeFindsNothingOnThePageAboutTrust(t *testing.T) {
	source := axe(t)
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	h := roomtest.NewContest(t, roomtest.Contest{Works: 3, Judges: 3})
	r, err := host.Open(t.Context(), h.Office, host.Config{
		Addr: networkAddress(t), Random: rand.Reader, Now: time.Now, Cache: t.TempDir(), Secure: &host.Secure{},
		Text: func(lang string, called func(string) (string, bool)) room.Words {
			return texts.In(lang).Calling(called)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b := newBrowser(t, phone)
	b.open(r.Trust.Page)
	b.sees("让这台设备信任评审室")
	b.accessible(source, "the page about trust")
	if lang := value[string](b, "document.documentElement.lang"); !strings.HasPrefix(lang, "zh") {
		t.Errorf("the page is in %q", lang)
	}
}
