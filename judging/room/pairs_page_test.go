package room_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"fayi/judging"
	"fayi/judging/office/comparisons"
	"fayi/judging/room/roomtest"
)

// desktop is what judges of a county often sit at.
var desktop = screen{"desktop", 1280, 720, 1, false}

// compared is a contest in which works are compared, and its first judge's page.
type compared struct {
	*testing.T
	*roomtest.House

	b  *browser
	id string
}

// comparing has a tie compared by some judges, and opens the page of the first, which goes there by itself.
func comparing(t *testing.T, device screen, judges ...judging.JudgeID) *compared {
	t.Helper()
	h := opened(t, roomtest.Contest{Works: 12, Judges: 3, PerWork: 3, Media: true})
	c := &compared{T: t, House: h, id: tied(t, h.Office, judges...).ID, b: newBrowser(t, device)}
	c.b.open(h.Address("j001"))
	c.ready()
	return c
}

// ready waits until the page takes an answer, and returns the codes of the two works.
func (c *compared) ready() (left, right string) {
	c.Helper()
	c.b.until("a pair that takes an answer", "document.querySelector('[data-better]:not([disabled])')")
	codes := value[[]string](c.b, "Array.from(document.querySelectorAll('.pane')).map(e => e.dataset.code)")
	if len(codes) != 2 || codes[0] == codes[1] {
		c.Fatalf("asked about %v", codes)
	}
	return codes[0], codes[1]
}

// say presses an answer, and says so again where the page asks whether files are to be looked at first.
func (c *compared) say(which string) {
	c.Helper()
	c.ready()
	c.b.press("[data-better=" + which + "]")
	c.b.until("an answer or a question",
		"document.querySelector('[data-unseen],[data-better][disabled],.pairs .sorry')")
	if value[bool](c.b, "!!document.querySelector('[data-unseen]')") {
		c.b.press("[data-unseen]")
	}
}

// count waits until the page says how many answers count, and wants the contest to hold as many.
func (c *compared) count(n int) comparisons.Status {
	c.Helper()
	c.b.until(fmt.Sprintf("%d answers", n), fmt.Sprintf("document.querySelector('[data-said=\"%d\"]')", n))
	s := c.stands()
	if s.Answers != n {
		c.Errorf("%d answers are kept, the page says %d", s.Answers, n)
	}
	return s
}

func (c *compared) stands() comparisons.Status { return stands(c.T, c.Office, c.id) }

// TestThePageComparesPairs answers by touch and by keys, takes an answer back, and looks at how the works stand.
func TestThePageComparesPairs(t *testing.T) {
	for _, device := range []screen{phone, desktop} {
		t.Run(device.name, func(t *testing.T) {
			c := comparing(t, device)
			b := c.b
			b.sees("这两件，哪一件更好？")
			c.looked("zh")
			c.blind()
			left, right := c.ready()
			c.say("left")
			b.sees("您答：" + left + " 比 " + right + " 好。")
			b.until("received", "document.querySelector('.last .sign.received')")
			c.count(1)
			b.shot("pairs_said")
			b.press("[data-undo]")
			b.sees("已撤回")
			if s := c.count(0); s.Back != 1 {
				t.Errorf("%d taken back", s.Back)
			}
			c.say("equal")
			b.until("received", "document.querySelector('.last .sign.received')")
			c.count(1)
			c.byKeys()
			c.toTheEnd()
		})
	}
}

// byKeys answers by an arrow and takes it back by Ctrl+Z.
func (c *compared) byKeys() {
	c.Helper()
	if c.b.device.touch {
		return
	}
	c.ready()
	c.b.keys(kb.ArrowRight)
	c.b.until("an answer or a question", "document.querySelector('[data-unseen],[data-better][disabled]')")
	if value[bool](c.b, "!!document.querySelector('[data-unseen]')") {
		c.b.press("[data-unseen]")
	}
	c.count(2)
	c.ready()
	c.b.js("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'z', ctrlKey: true, bubbles: true}))")
	c.count(1)
}

// toTheEnd answers what is left to ask.
func (c *compared) toTheEnd() {
	c.Helper()
	for n := 2; n < 50; n++ {
		c.say("left")
		c.b.until("the next pair or the end", fmt.Sprintf("document.querySelector('[data-said=\"%d\"]')", n))
		if value[bool](c.b, "!!document.querySelector('.pairs .sorry')") {
			c.b.sees("比较完了")
			c.b.shot("pairs_done")
			for _, j := range c.count(n).Panel {
				if j.Judge == "j001" && (j.N != n || j.More) {
					c.Errorf("%+v", j)
				}
			}
			return
		}
	}
	c.Error("it never ends")
}

// looked wants all of the page to fit the screen: the works next to each other, or one below the other on a phone.
func (c *compared) looked(lang string) {
	c.Helper()
	c.b.untilShown()
	c.b.shot("pairs_" + lang)
	if over := value[int](c.b, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
		c.Errorf("%d pixels wider than the screen", over)
	}
	r := value[[]float64](c.b, `[].concat.apply([], Array.from(document.querySelectorAll('.pane')).map(e => {
		const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; }))`)
	if level := r[4] >= r[2]; level == c.b.device.touch {
		c.Errorf("the works stand at %v", r)
	}
	cut := value[[]string](c.b, `Array.from(document.querySelectorAll('.pairs button')).filter(e =>
		e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1).map(e => e.innerText)`)
	if len(cut) > 0 {
		c.Errorf("cut: %q", cut)
	}
	if low := value[bool](c.b, `Array.from(document.querySelectorAll('[data-better]')).some(e =>
		e.getBoundingClientRect().bottom > innerHeight)`); low {
		c.Error("an answer is out of sight")
	}
}

// blind wants nothing on the page that says who made the works.
func (c *compared) blind() {
	c.Helper()
	text := value[string](c.b, "document.documentElement.outerHTML")
	for _, word := range roomtest.Secrets {
		if strings.Contains(text, word) {
			c.Errorf("%q is on the page", word)
		}
	}
}

// TestThePageComparesPairsInEnglish looks at the page in English, in the largest type.
func TestThePageComparesPairsInEnglish(t *testing.T) {
	for _, device := range []screen{small, desktop} {
		t.Run(device.name, func(t *testing.T) {
			c := comparing(t, device)
			c.b.keys(kb.Escape)
			c.b.look(2, "light", "en")
			c.ready()
			c.b.sees("Which of these two is better?")
			c.looked("en")
			c.say("left")
			c.b.sees("You said:")
			c.count(1)
		})
	}
}

// TestAnAnswerIsNeitherLostNorTwiceWhenTheConnectionBreaks answers without the network, loses a receipt, and loads the
// page again while an answer waits.
func TestAnAnswerIsNeitherLostNorTwiceWhenTheConnectionBreaks(t *testing.T) {
	c := comparing(t, phone)
	b := c.b
	b.offline(true)
	c.say("left")
	b.until("it waits", "document.querySelector('.last .sign.kept')")
	b.sees("连不上评审电脑")
	b.shot("pairs_offline")
	if s := c.stands(); s.Answers != 0 {
		t.Errorf("%d answers without a network", s.Answers)
	}
	b.offline(false)
	c.count(1)

	// the room keeps it and the receipt is lost
	b.js(`window.fetched = window.fetch; window.fetch = (path, o) => window.fetched(path, o).then(r => {
		if (!/api.pairs$/.test(path) || o.method !== 'POST') return r;
		window.fetch = window.fetched; window.lost = true; throw new TypeError('lost'); }); undefined`)
	c.say("right")
	b.until("a receipt is lost", "window.lost")
	c.count(2)

	// the page is loaded again while an answer waits on the device
	b.js(`window.fetch = (path, o) => /api.pairs$/.test(path) && o.method === 'POST'
		? Promise.reject(new TypeError('away')) : window.fetched(path, o); undefined`)
	c.say("equal")
	b.until("it waits", "document.querySelector('.last .sign.kept')")
	if s := c.stands(); s.Answers != 2 {
		t.Errorf("%d answers", s.Answers)
	}
	b.js("window.old = true; location.reload()")
	b.until("the page again", "!window.old && document.querySelector('[data-said]')")
	if s := c.count(3); s.Back != 0 {
		t.Errorf("%d taken back", s.Back)
	}
}

// TestThePageSaysThatAComparisonIsOver has it given up while the judge looks, and while an answer is on its way: the
// answer is not taken, and that is said until the judge has read it.
func TestThePageSaysThatAComparisonIsOver(t *testing.T) {
	c := comparing(t, phone)
	b := c.b
	c.say("left")
	c.count(1)
	must(t, c.Office.Comparisons().Drop(t.Context(), c.id, "改为合议"))
	b.sees("不再收回答")
	b.shot("pairs_over")
	c.id = compares(t, c.Office, 0).ID
	left, right := c.ready() // asked again without being loaded again
	b.offline(true)
	c.say("left")
	b.until("it waits", "document.querySelector('.last .sign.kept')")
	must(t, c.Office.Comparisons().Drop(t.Context(), c.id, "还是合议"))
	b.offline(false)
	b.until("a refusal", "document.querySelector('[data-pair-refused]')")
	b.sees("没有收下（您答：" + left + " 比 " + right + " 好。）")
	b.sees("这次比较已经放弃")
	b.shot("pairs_refused")
	if s := c.stands(); s.Answers != 0 {
		t.Errorf("%d answers", s.Answers)
	}
	b.js("window.old = true; location.reload()")
	b.until("the list", "!window.old && document.querySelector('.works')")
	if value[bool](b, "!!document.querySelector('[data-pairs]')") {
		t.Error("the list leads to a comparison that is over")
	}
}

// TestAJudgeWhoMayNotLookIsNotAskedOnThePage declares conflicts while the judge looks, and opens the page of one who
// was not chosen.
func TestAJudgeWhoMayNotLookIsNotAskedOnThePage(t *testing.T) {
	c := comparing(t, phone, "j001", "j002")
	for _, w := range c.stands().Order {
		must(t, c.Office.Assignment().DeclareConflict(t.Context(), judging.Conflict{
			Judge: "j001", Work: w.Work, Kind: judging.Declared, Reason: "师生",
		}))
	}
	c.b.until("no pair", "!document.querySelector('.pane') && document.querySelector('.pairs .sorry h1')")
	other := newBrowser(t, phone)
	other.open(c.Address("j003"))
	other.until("the list", "document.querySelector('.works')")
	if value[bool](other, "!!document.querySelector('[data-pairs],.pairs')") {
		t.Error("who was not chosen is asked")
	}
}

// TestAxeFindsNothingWherePairsAreCompared looks at a pair, the question about files, and the end, light and dark.
func TestAxeFindsNothingWherePairsAreCompared(t *testing.T) {
	source := axe(t)
	for _, device := range []screen{phone, desktop} {
		c := comparing(t, device)
		c.b.both(func(theme string) { c.b.accessible(source, "a pair, "+theme) })
		c.b.press("[data-better=left]")
		c.b.until("a question", "document.querySelector('[data-unseen]')")
		c.b.accessible(source, "the question about files")
		c.b.press("[data-unseen]")
		c.count(1)
		must(t, c.Office.Comparisons().Drop(t.Context(), c.id, "改为合议"))
		c.b.sees("不再收回答")
		c.b.both(func(theme string) { c.b.accessible(source, "the end, "+theme) })
	}
}
