package room_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp/kb"

	"fayi/judging"
	onstage "fayi/judging/live"
	"fayi/judging/office/live"
	"fayi/judging/room/roomtest"
)

var (
	projector = screen{"projector", 1280, 720, 1, false}
	beamer    = screen{"beamer", 1920, 1080, 1, false}
)

// fiveMinutes is a rule of a stage under which something can be exceeded.
func fiveMinutes(show onstage.Show) *onstage.Rule {
	return &onstage.Rule{Minutes: 5, Grace: 10, Points: .5, Step: 30, Most: 2, Show: show}
}

// typeTotal types marks for the work that is shown, by keys, so that they make a total.
func (b *browser) typeTotal(in judging.Duties, code string, total int) {
	b.t.Helper()
	at, _ := b.where()
	if at != code {
		b.t.Fatalf("%s is shown, not %s", at, code)
	}
	for _, c := range rubricOf(b, in, code).Criteria {
		m := min(total, int(c.Weight))
		total -= m
		b.js(`document.querySelector('[data-mark="` + c.Name + `"]').focus()`)
		b.keys(kb.Delete)
		for _, d := range strconv.Itoa(m) {
			b.keys(string(d))
		}
	}
}

// goesTo waits until a judge's page shows a work.
func (b *browser) goesTo(code judging.WorkCode) {
	b.t.Helper()
	b.until(string(code), `document.querySelector('.sheet h1 small') &&
		document.querySelector('.sheet h1 small').innerText.indexOf(`+quote(string(code))+`) >= 0`)
}

// onScreen waits until a number stands on the big screen in a state.
func (b *browser) onScreen(number int, state string) {
	b.t.Helper()
	b.until(fmt.Sprintf("number %d %s", number, state), fmt.Sprintf(
		`document.querySelector('.now[data-number="%d"][data-state=%s]')`, number, state))
}

// TestFiveJudgesAndAScreenPlayThreeWorks has five judges in browsers of their own score three works as they are called;
// the big screen shows each result as the ranking has it.
func TestFiveJudgesAndAScreenPlayThreeWorks(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 5, Judges: 5, PerWork: 5, Stage: fiveMinutes(onstage.ShowTitle)})
	turn := does[live.Turn](t)
	order := performed(t, h.Office)
	wall := newBrowser(t, projector)
	wall.open(h.Screen(t))
	wall.sees("即将开始")
	devices := []screen{phone, tablet, laptop, laptop, laptop}
	var judges []*browser
	for i, d := range devices {
		b := newBrowser(t, d)
		b.open(h.Address(judging.JudgeID(fmt.Sprintf("j%03d", i+1))))
		b.sees("还没有开始叫号")
		judges = append(judges, b)
	}
	judges[0].shot("stage_list")
	for n := range 3 {
		on := turn(h.Office.Live().Call(t.Context(), ""))
		wall.onScreen(on.Number, "called")
		turn(h.Office.Live().Start(t.Context()))
		for i, b := range judges {
			code, _ := b.where()
			if code != string(on.Code) {
				t.Errorf("judge %d is at %s, called is %s", i+1, code, on.Code)
			}
			b.sees(fmt.Sprintf("第 %d 号在台上，请打分", on.Number))
			if n == 0 {
				b.shot("stage_called")
			}
			b.typeTotal(listOf(t, h, judging.JudgeID(fmt.Sprintf("j%03d", i+1))), code, 70+3*i+n)
		}
		wall.until("all have scored", `document.querySelector('[data-scored="5"]')`)
		for _, b := range judges {
			b.until("received", "document.querySelector('.saved .sign.received')")
			b.sees("停止打分前可以改")
		}
		judges[0].shot("stage_given")
		turn(h.Office.Live().Stop(t.Context()))
		turn(h.Office.Live().Close(t.Context(), live.CloseRequest{}))
		wall.onScreen(on.Number, "closed")
		judges[0].sees("打分结束")
		turn(h.Office.Live().Release(t.Context(), ""))
		wall.onScreen(on.Number, "released")
		want := judging.Exact(float64(76 + n)).String() // the mean of the middle three
		if got := value[string](wall, "document.querySelector('[data-total]').innerText"); got != want {
			t.Errorf("number %d: the screen says %s, want %s", on.Number, got, want)
		}
		if n := value[int](wall, "document.querySelectorAll('.marks s').length"); n != 2 {
			t.Errorf("%d marks are struck out, want 2", n)
		}
		wall.until("the places", fmt.Sprintf("document.querySelectorAll('.standing li').length === %d", n+1))
	}
	judges[0].shot("stage_released")
	if err := h.Office.Live().Break(t.Context(), "休息十分钟"); err != nil {
		t.Fatal(err)
	}
	wall.until("the break", "document.querySelector('[data-break]')")
	judges[1].sees("幕间：休息十分钟")
	judges[1].shot("stage_break")
	if first := value[string](wall, "document.querySelector('[data-break]').innerText"); first != "休息十分钟" {
		t.Errorf("the break says %q", first)
	}
	if order[4].Number != 5 {
		t.Error("the order")
	}
}

// TestACallLosesNothingThatIsTyped calls a work while a judge has typed half a mark for another, and while a question
// is open.
func TestACallLosesNothingThatIsTyped(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 4, Judges: 3, PerWork: 3, Stage: &onstage.Rule{}})
	turn := does[live.Turn](t)
	performed(t, h.Office)
	b := newBrowser(t, laptop)
	b.open(h.Address("j001"))
	first := turn(h.Office.Live().Call(t.Context(), ""))
	in := listOf(t, h, "j001")
	r := in.Rubrics["歌曲"]
	code, _ := b.where()
	if code != string(first.Code) {
		t.Fatalf("at %s", code)
	}
	b.js(`document.querySelector('[data-mark="` + r.Criteria[0].Name + `"]').focus()`)
	b.keys("7")
	b.js(`document.querySelector('[data-mark="` + r.Criteria[1].Name + `"]').focus()`)
	b.keys("9", "9") // out of range: no mark yet
	b.until("the fault", "document.querySelector('.mark.bad')")
	turn(h.Office.Live().Close(t.Context(), live.CloseRequest{Early: true}))
	b.until("locked", `document.querySelector('[data-mark]').getAttribute('aria-disabled') === 'true'`)
	b.sees("打分结束")
	b.shot("stage_locked")
	b.until("only what is a mark counts", `document.querySelector('.foot .sum b').innerText === '7'`)
	second := turn(h.Office.Live().Call(t.Context(), ""))
	b.goesTo(second.Code)
	turn(h.Office.Live().Close(t.Context(), live.CloseRequest{Early: true}))
	turn(h.Office.Live().Reopen(t.Context(), string(first.Code)))
	b.goesTo(first.Code)
	b.until("what was typed", `document.querySelector('[data-mark="`+r.Criteria[1].Name+`"]').innerText === '99'`)
	b.until("the mark", `document.querySelector('[data-mark="`+r.Criteria[0].Name+`"]').innerText === '7'`)
	b.pressWords("弃权")
	b.until("the question", "document.querySelector('[role=dialog]')")
	turn(h.Office.Live().Close(t.Context(), live.CloseRequest{Early: true}))
	third := turn(h.Office.Live().Call(t.Context(), ""))
	b.sees(fmt.Sprintf("第 %d 号在台上", third.Number))
	time.Sleep(time.Second)
	if !value[bool](b, "!!document.querySelector('[role=dialog]')") {
		t.Error("the question was taken away")
	}
	b.shot("stage_question")
	b.keys(kb.Escape)
	b.goesTo(third.Code)
	b.sees("没填完的也留着")
	b.shot("stage_followed")
}

// TestAMarkThatComesAfterTheCloseIsRefusedInWords has a judge without a connection type until scoring is closed.
func TestAMarkThatComesAfterTheCloseIsRefusedInWords(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 4, Judges: 3, PerWork: 3, Stage: &onstage.Rule{}})
	turn := does[live.Turn](t)
	performed(t, h.Office)
	b := newBrowser(t, phone)
	b.open(h.Address("j001"))
	on := turn(h.Office.Live().Call(t.Context(), ""))
	b.where()
	b.offline(true)
	b.typeTotal(listOf(t, h, "j001"), string(on.Code), 80)
	b.until("kept", "document.querySelector('.saved .sign.kept')")
	turn(h.Office.Live().Close(t.Context(), live.CloseRequest{Early: true}))
	b.offline(false)
	b.until("the refusal", `document.body.innerText.indexOf('已经停止打分') >= 0`)
	b.sees("还在这台设备上")
	if n := value[int](b, `document.body.innerText.split('还在这台设备上').length - 1`); n != 1 {
		t.Errorf("the refusal stands on the sheet %d times", n)
	}
	b.shot("stage_refused")
	turn(h.Office.Live().Reopen(t.Context(), string(on.Code)))
	b.until("open again", `document.querySelector('[data-mark]').getAttribute('aria-disabled') !== 'true'`)
	b.until("received", "document.querySelector('.saved .sign.received')")
	for _, w := range listOf(t, h, "j001").Works {
		if w.Code == on.Code && (w.State != judging.Scored || w.Total != 80) {
			t.Errorf("%+v", w)
		}
	}
}

// TestTheScreenComesBackByItself kills the server under a screen, starts it again, and reloads the screen in between.
func TestTheScreenComesBackByItself(t *testing.T) {
	addr := networkAddress(t)
	h := roomtest.NewContest(t, roomtest.Contest{Works: 4, Judges: 3, PerWork: 3, Stage: &onstage.Rule{}})
	h.At = "http://" + addr
	turn := does[live.Turn](t)
	performed(t, h.Office)
	on := turn(h.Office.Live().Call(t.Context(), ""))
	for i := range 3 {
		gives(t, h, judging.JudgeID(fmt.Sprintf("j%03d", i+1)), on.Code, 80+i)
	}
	turn(h.Office.Live().Close(t.Context(), live.CloseRequest{}))
	turn(h.Office.Live().Release(t.Context(), ""))
	at := h.Screen(t)
	if err := h.Office.Close(); err != nil {
		t.Fatal(err)
	}
	p := newProgram(t, h.Dir, addr)
	wall := newBrowser(t, projector)
	wall.open(at)
	wall.onScreen(on.Number, "released")
	stays := func() {
		t.Helper()
		if got := value[string](wall, "document.querySelector('[data-total]').innerText"); got != "81" {
			t.Errorf("the screen says %q, want 81", got)
		}
	}
	p.kill()
	wall.until("the sign", "document.querySelector('[data-link=away]')")
	stays()
	wall.shot("screen_away")
	wall.open(at) // the page is kept, and what was shown
	wall.until("the sign", "document.querySelector('[data-link=away]')")
	stays()
	p.start()
	wall.until("connected", "document.querySelector('[data-link=open]')")
	stays()
	p.kill()
	o, err := roomtest.Reopen(t.Context(), h.Dir)
	if err != nil {
		t.Fatal(err)
	}
	next := turn(o.Live().Call(t.Context(), ""))
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	p.start()
	wall.onScreen(next.Number, "called")
	wall.until("the place stays", "document.querySelectorAll('.standing li').length === 1")
}

// smallest is a script that measures what the big screen shows: the height of the smallest text as a part of the
// screen's, those of the name and the total, and whether something is cut off.
const smallest = `(() => {
	const high = Math.min(innerHeight, innerWidth * 9 / 16); // what lies further away is not larger on an old projector
	const size = e => parseFloat(getComputedStyle(e).fontSize) / high;
	const all = Array.from(document.querySelectorAll('.wall *')).filter(e => e.offsetParent &&
		Array.from(e.childNodes).some(n => n.nodeType === 3 && n.textContent.trim()));
	const part = s => { const e = document.querySelector(s); return e ? size(e) : 1; };
	const top = document.querySelector('header').getBoundingClientRect().bottom;
	const end = document.querySelector('footer').getBoundingClientRect().top;
	const cut = all.filter(e => e.closest('main')).filter(e => { const r = e.getBoundingClientRect();
		return r.top < top - 1 || r.bottom > end + 1 || r.left < 0 || r.right > innerWidth + 1; });
	document.querySelectorAll('.marks li, .sum').forEach(e => {
		const r = e.getBoundingClientRect();
		e.querySelectorAll('b, s, small, .total, .place').forEach(x => { const i = x.getBoundingClientRect();
			if (i.left < r.left - 1 || i.right > r.right + 1) cut.push(x); }); });
	return [Math.min.apply(null, all.map(size)), part('h1'), part('[data-total]'),
		cut.map(e => e.innerText).join(' | ')].map(String);
})()`

// readable wants the screen to be readable at 15 m: names 6 % of the height, the total 14 %, nothing below 3 %.
func (b *browser) readable(what string) {
	b.t.Helper()
	got := value[[]string](b, smallest)
	for i, least := range []float64{.03, .06, .14} {
		if v, err := strconv.ParseFloat(got[i], 64); err != nil || v < least {
			b.t.Errorf("%s: size %d is %s of the height, at least %v", what, i, got[i], least)
		}
	}
	if got[3] != "" {
		b.t.Errorf("%s: cut off: %s", what, got[3])
	}
}

// TestTheScreenIsReadableFarAway plays a stage with 15 judges, looks at every kind of slide in two sizes, light and
// dark, in two languages, and measures the type.
func TestTheScreenIsReadableFarAway(t *testing.T) {
	h := opened(t, roomtest.Contest{
		Works: 24, Judges: 15, PerWork: 15, Stage: fiveMinutes(onstage.ShowName)})
	turn := does[live.Turn](t)
	performed(t, h.Office)
	walls := []*browser{newBrowser(t, projector), newBrowser(t, beamer)}
	for _, w := range walls {
		w.open(h.Screen(t))
		w.sees("即将开始")
	}
	looks := 0
	look := func(what string) {
		t.Helper()
		for _, w := range walls {
			for range 2 {
				for range 2 {
					words := value[string](w, `(e => e.lang + '-' + e.dataset.theme)(document.documentElement)`)
					w.readable(what + " " + words + " " + w.device.name)
					w.shot("screen_" + what + "-" + words)
					w.js("document.querySelector('[data-theme-button]').click()")
					looks++
				}
				w.js("document.querySelector('[data-lang-button]').click()")
			}
		}
	}
	look("begin")
	for n := range 10 {
		on := turn(h.Office.Live().Call(t.Context(), ""))
		if n == 0 || n == 9 {
			turn(h.Office.Live().Start(t.Context()))
		}
		for i := range 15 {
			if n == 9 && i == 9 {
				walls[0].onScreen(on.Number, "called")
				walls[1].onScreen(on.Number, "called")
				walls[0].until("nine", `document.querySelector('[data-scored="9"]')`)
				walls[1].until("nine", `document.querySelector('[data-scored="9"]')`)
				look("called")
			}
			gives(t, h, judging.JudgeID(fmt.Sprintf("j%03d", i+1)), on.Code, 70+(i*7+n*5)%30)
		}
		if n == 0 {
			walls[0].until("all", `document.querySelector('[data-scored="15"]')`)
			walls[1].until("all", `document.querySelector('[data-scored="15"]')`)
			look("first")
		}
		turn(h.Office.Live().Close(t.Context(), live.CloseRequest{}))
		if n == 9 {
			walls[0].onScreen(on.Number, "closed")
			walls[1].onScreen(on.Number, "closed")
			look("closed")
		}
		turn(h.Office.Live().Release(t.Context(), ""))
	}
	for _, w := range walls {
		w.onScreen(10, "released")
	}
	look("released")
	for i, words := range []string{
		"休息十分钟", "幕间休息，十五分钟后继续。请评委老师不要离开座位，节目单在门口领取，手机请调到静音。",
	} {
		if err := h.Office.Live().Break(t.Context(), words); err != nil {
			t.Fatal(err)
		}
		for _, w := range walls {
			w.sees(words)
		}
		look(fmt.Sprintf("break%d", i))
	}
	if looks < 56 {
		t.Errorf("only %d looks", looks)
	}
	if os.Getenv("FAYI_SHOTS") == "" {
		t.Log("FAYI_SHOTS=FOLDER keeps the pictures")
	}
}

// TestOvertimeIsOnTheScreen lets a clock run beyond the limit and the grace, and sees the points taken off when they
// are released.
func TestOvertimeIsOnTheScreen(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 3, Judges: 3, PerWork: 3,
		Stage: &onstage.Rule{Minutes: .05, Grace: 2, Points: 1.5, Show: onstage.ShowTitle}})
	turn := does[live.Turn](t)
	performed(t, h.Office)
	wall := newBrowser(t, projector)
	wall.open(h.Screen(t))
	on := turn(h.Office.Live().Call(t.Context(), ""))
	turn(h.Office.Live().Start(t.Context()))
	wall.until("within the limit", `document.querySelector('.timer[data-over=no]')`)
	wall.until("in the grace", `document.querySelector('.timer.near')`)
	wall.until("over time", `document.querySelector('.timer[data-over=yes]')`)
	wall.sees("超时 0:0")
	wall.readable("overtime")
	wall.shot("screen_overtime")
	late := newBrowser(t, projector) // comes while the clock runs, and sees the same
	late.open(h.Screen(t))
	late.until("over time", `document.querySelector('.timer[data-over=yes]')`)
	for i := range 3 {
		gives(t, h, judging.JudgeID(fmt.Sprintf("j%03d", i+1)), on.Code, 80+i)
	}
	turn(h.Office.Live().Close(t.Context(), live.CloseRequest{Reason: "超时"}))
	turn(h.Office.Live().Release(t.Context(), ""))
	wall.onScreen(on.Number, "released")
	wall.sees("加减分 −1.5")
	wall.readable("overtime, released")
	wall.shot("screen_overtime_released")
	if got := value[string](wall, "document.querySelector('[data-total]').innerText"); got != "79.5" {
		t.Errorf("the screen says %s, want 79.5", got)
	}
}

// noEvents is a browser in which server-sent events never arrive, as behind a phone's data saver.
const noEvents = `window.EventSource = class {
	constructor() { window.lines = (window.lines || 0) + 1; setTimeout(() => this.onerror && this.onerror(), 20); }
	addEventListener() {}
	close() {}
};`

// TestNewsComesWhereEventsDoNot has a judge's page and a screen ask, since they can't listen.
func TestNewsComesWhereEventsDoNot(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 4, Judges: 3, PerWork: 3, Stage: &onstage.Rule{}})
	turn := does[live.Turn](t)
	performed(t, h.Office)
	wall, b := newBrowser(t, projector), newBrowser(t, laptop)
	for at, who := range map[string]*browser{h.Screen(t): wall, h.Address("j001"): b} {
		who.run(send(page.AddScriptToEvaluateOnNewDocument,
			page.AddScriptToEvaluateOnNewDocumentParams{Source: noEvents}))
		who.open(at)
	}
	wall.sees("即将开始")
	b.sees("还没有开始叫号")
	for _, who := range []*browser{wall, b} {
		who.until("a line that was given up", "window.lines >= 2")
	}
	for range 3 {
		begun := time.Now()
		on := turn(h.Office.Live().Call(t.Context(), ""))
		wall.onScreen(on.Number, "called")
		b.goesTo(on.Code)
		t.Logf("a call arrived within %v", time.Since(begun))
		if took := time.Since(begun); took > time.Minute {
			t.Errorf("it took %v", took)
		}
		wall.until("connected", "document.querySelector('[data-link=open]')")
		turn(h.Office.Live().Close(t.Context(), live.CloseRequest{Early: true}))
	}
}

// TestLongNamesAndManyJudgesFit has screens show boards that they are said to have kept: panels of every size, long
// names, scores with decimals, on three shapes of projectors. The short form takes the oldest and three panels.
func TestLongNamesAndManyJudgesFit(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 3, Judges: 3, PerWork: 3, Stage: &onstage.Rule{}})
	devices := []screen{{"old", 1024, 768, 1, false}, projector, beamer}
	panels := []int{1, 9, 21, 3, 5, 7, 8, 12, 15, 50}
	if testing.Short() {
		devices, panels = devices[:1], panels[:3]
	}
	for _, device := range devices {
		wall := newBrowser(t, device)
		for _, judges := range panels {
			for _, official := range []float64{98.25, 87.333} {
				wall.open(h.At + "/screen#kept")
				wall.js("localStorage.setItem('fayi-wall kept', " + quote(keptBoard(judges, official)) + ")")
				wall.open("about:blank")
				wall.open(h.At + "/screen#kept")
				wall.sees("大屏幕的网址已不能用")
				wall.onScreen(12, "released")
				wall.readable(fmt.Sprintf("%d judges, %v, %s", judges, official, device.name))
				if official == 98.25 {
					wall.shot(fmt.Sprintf("screen_long%02d", judges))
				}
			}
		}
	}
}

// keptBoard is a board in which everything is long.
func keptBoard(judges int, official float64) string {
	title := "《宪法伴我成长》青少年法治文艺汇演朗诵与合唱联合节目第十二章"
	now := fmt.Sprintf(`{"number":12,"code":"HY-0012","title":%q,"authors":["甲某某","乙某某","丙某某","丁某某"],`+
		`"unit":"某某市某某区某某实验学校教育集团东校区","list":"文艺汇演 中学生组","state":"released",`+
		`"place":10,"seats":%d,"scored":%d,"shown":{"at":"x","official":%v,"offset":-1.5,"marks":[`,
		title, judges, judges, official)
	for i := range judges {
		if i > 0 {
			now += ","
		}
		now += fmt.Sprintf(`{"total":%v,"dropped":%v}`, 99.75-float64(i), i == 0 && judges > 4)
	}
	now += "]}}"
	rows := now
	for i := range 11 {
		rows += fmt.Sprintf(`,{"number":%d,"code":"HY-00%02d","title":%q,"list":"文艺汇演 中学生组","state":"released",`+
			`"place":%d,"shown":{"at":"x","official":79.5,"marks":[{"total":79.5}]}}`, 20+i, 20+i, title, 2+i)
	}
	return `{"contest":"某某市2026年法治文化作品征集暨文艺汇演决赛","standing":[` + rows + `],"now":` + now +
		`,"next":{"number":13,"code":"HY-0013","title":"` + title + `","list":"x","state":"waiting"},` +
		`"done":12,"total":40}`
}
