package room_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"fayi/judging"
	"fayi/judging/room/roomtest"
)

// away is a contest whose room runs in a process of its own, and can be killed.
func away(t *testing.T, c roomtest.Contest) (*roomtest.House, *program) {
	t.Helper()
	addr := networkAddress(t)
	h := roomtest.NewContest(t, c)
	if err := h.Office.Close(); err != nil {
		t.Fatal(err)
	}
	h.At = "http://" + addr
	return h, newProgram(t, h.Dir, addr)
}

// kept reads a judge's list from the contest after its program has ended.
func kept(t *testing.T, h *roomtest.House, p *program, judge judging.JudgeID) map[string]judging.Duty {
	t.Helper()
	p.kill()
	o, err := roomtest.Reopen(t.Context(), h.Dir)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	in, err := o.Scoring().Desk(judge).Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]judging.Duty{}
	for _, w := range in.Works {
		out[string(w.Code)] = w
	}
	return out
}

// total opens the next open work, types a total into its marks, and returns its code.
func (b *browser) total(marks []string) string {
	b.t.Helper()
	code, _ := b.where()
	b.until("the cursor in a mark", "document.activeElement.hasAttribute('data-mark')")
	for _, m := range marks {
		b.keys(m)
		b.keys(kb.Enter)
	}
	b.leaves(code)
	return code
}

// begin opens the first work by the keyboard.
func (b *browser) begin() {
	b.t.Helper()
	b.until("the list", "document.querySelector('[data-go]')")
	b.js("document.querySelector('[data-go]').focus()")
	b.keys(kb.Enter)
}

// fives is a mark for each criterion that every rubric allows.
func fives(n int) []string {
	return []string{strconv.Itoa(5 + n), "6", "7", "8", "9"}
}

// signs counts the works of the list by what is said of their saving.
func (b *browser) signs(which string) int {
	b.t.Helper()
	return value[int](b, "document.querySelectorAll('.works .sign."+which+"').length")
}

// allSent holds where a list is shown and nothing of it waits on the device, or on its way there.
const allSent = "document.querySelector('.works .row') && !document.querySelector('.works .sign')"

func (b *browser) toList() {
	b.t.Helper()
	b.keys(kb.Escape)
	b.until("the list", "document.querySelector('.at-list .works')")
}

func TestNothingIsLostWhenTheServerIsKilled(t *testing.T) {
	h, p := away(t, roomtest.Contest{Works: 12, Judges: 3})
	b := newBrowser(t, laptop)
	b.open(h.Address("j001"))
	b.begin()
	first := b.total(criteria(b, 0))
	b.toList()
	b.until("received", allSent)
	b.begin()
	p.kill()
	second := b.total(criteria(b, 1))
	third := b.total(criteria(b, 2))
	b.sees("已存在这台设备上")
	b.toList()
	b.until("two works are said to wait on the device", "document.querySelectorAll('.works .sign.kept').length === 2")
	b.shot("server_gone")
	if value[bool](b, `Array.from(document.querySelectorAll('.works .row')).some(r =>
		r.innerText.indexOf(`+quote(second)+`) >= 0 && r.innerText.indexOf('已收到') >= 0)`) {
		t.Error("what nobody received is said to be received")
	}
	p.start()
	b.until("all is sent", allSent)
	b.until("connected", "document.querySelector('.link.open')")
	got := kept(t, h, p, "j001")
	for i, code := range []string{first, second, third} {
		if w := got[code]; w.State != judging.Scored {
			t.Errorf("score %d, of %s, is %s", i+1, code, w.State)
		}
	}
}

// criteria are marks for the work that is shown: as many as it has criteria, the n-th set of them.
func criteria(b *browser, n int) []string {
	b.t.Helper()
	b.where()
	count := value[int](b, `Array.from(document.querySelectorAll('[data-mark]'))
		.filter(e => e.dataset.mark !== '只给总分').length`) // which is there while no mark is
	return fives(n)[:count]
}

func TestTheNetworkMayGoAndComeBack(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 12, Judges: 3})
	b := newBrowser(t, laptop)
	b.open(h.Address("j001"))
	b.begin()
	b.where()
	b.offline(true)
	code := b.total(criteria(b, 3))
	b.sees("已存在这台设备上")
	b.shot("offline")
	b.offline(false)
	b.until("connected again", "document.querySelector('.link.open')")
	b.toList()
	b.until("all is sent", allSent)
	for _, w := range listOf(t, h, "j001").Works {
		if string(w.Code) == code && w.State != judging.Scored {
			t.Errorf("%s is %s", code, w.State)
		}
	}
}

func TestThePageOpensAgainWithTheServerGoneAndStillHasWhatWasTyped(t *testing.T) {
	h, p := away(t, roomtest.Contest{Works: 12, Judges: 3})
	b := newBrowser(t, laptop)
	b.open(h.Address("j001"))
	b.begin()
	b.where()
	p.kill()
	code := b.total(criteria(b, 4))
	b.sees("已存在这台设备上")
	other := b.tab()
	other.open(h.Address("j001"))
	other.sees("评委A 的评分")
	if n := other.signs("kept"); n != 1 {
		t.Errorf("%d works wait in the second tab, want 1", n)
	}
	b.end() // as if the whole browser were closed
	b.start()
	b.open(h.Address("j001"))
	b.sees("评委A 的评分")
	b.shot("opened_offline")
	if n := b.signs("kept"); n != 1 {
		t.Errorf("%d works wait after the browser was closed, want 1", n)
	}
	p.start()
	b.until("all is sent", allSent)
	if w := kept(t, h, p, "j001")[code]; w.State != judging.Scored {
		t.Errorf("%s is %s", code, w.State)
	}
}

func TestTwoTabsOfOneDeviceScoreTheSameList(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 12, Judges: 3})
	b := newBrowser(t, laptop)
	b.open(h.Address("j001"))
	b.begin()
	first := b.total(criteria(b, 0))
	other := b.tab()
	other.open(h.Address("j001"))
	other.begin()
	second := other.total(criteria(other, 1))
	b.total(criteria(b, 2)) // the work that is shown here may be the same: the later one counts, both are kept
	b.toList()
	b.until("all is sent", allSent)
	// the second tab may have kept its work later than the first one looked
	desk := h.Office.Scoring().Desk("j001")
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		if said, err := desk.History(t.Context(), judging.WorkCode(second)); err != nil || len(said) > 0 {
			break
		}
	}
	for _, w := range listOf(t, h, "j001").Works {
		if (string(w.Code) == first || string(w.Code) == second) && w.State != judging.Scored {
			t.Errorf("%s is %s", w.Code, w.State)
		}
	}
	for _, code := range []string{first, second} {
		said, err := h.Office.Scoring().Desk("j001").History(t.Context(), judging.WorkCode(code))
		if err != nil || len(said) == 0 {
			t.Errorf("%s has %d versions, %v", code, len(said), err)
		}
	}
}

// TestTheServerIsKilledAtRandomUnderABrowser scores works while the server is killed and started again; what the page
// says of each at the end is what the contest has. That is 20 times, in the short form 3.
func TestTheServerIsKilledAtRandomUnderABrowser(t *testing.T) {
	kills := 20
	if testing.Short() {
		kills = 3
	}
	h, p := away(t, roomtest.Contest{Works: 24, Judges: 3})
	b := newBrowser(t, laptop)
	b.open(h.Address("j001"))
	b.begin()
	var codes []string
	for i := range kills {
		codes = append(codes, b.total(criteria(b, i%5)))
		time.Sleep(time.Duration(rand.IntN(700)) * time.Millisecond)
		p.kill()
		time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond)
		p.start()
	}
	b.toList()
	b.until("all is sent", allSent)
	got := kept(t, h, p, "j001")
	for _, code := range codes {
		if got[code].State != judging.Scored {
			t.Errorf("%s is %s after %d kills", code, got[code].State, kills)
		}
	}
}

// typed are the marks that stand in the fields of the work that is shown.
func (b *browser) typed() []string {
	b.t.Helper()
	b.where()
	return value[[]string](b, `Array.from(document.querySelectorAll('[data-mark]'))
		.filter(e => e.dataset.mark !== '只给总分').map(e => e.innerText.trim())`)
}

// opens goes to the list and opens a work of it.
func (b *browser) opens(code string) {
	b.t.Helper()
	b.toList()
	b.js(`Array.from(document.querySelectorAll('.works .row')).find(r => r.dataset.code === ` + quote(code) + `)
		.setAttribute('data-again', '')`)
	b.press("[data-again]")
	b.until(code, `document.querySelector('.sheet h1 small') &&
		document.querySelector('.sheet h1 small').innerText.indexOf(`+quote(code)+`) >= 0`)
}

// TestAWorkIsNotEmptyWhileASlowDiskStillWrites has the device write nothing for as long as the judge types two works
// and looks at them again.
func TestAWorkIsNotEmptyWhileASlowDiskStillWrites(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 6, Judges: 3})
	b := newBrowser(t, laptop)
	b.open(h.Address("j001"))
	b.begin()
	b.where()
	b.js(`(async () => { const all = await indexedDB.databases();
		indexedDB.open(all[0].name).onsuccess = e => {
			const outbox = e.target.result.transaction('outbox', 'readwrite').objectStore('outbox');
			const hold = () => { if (!window.goOn) outbox.count().onsuccess = hold; };
			hold();
			window.held = true;
		}; })()`)
	b.until("a busy disk", "window.held")
	said := map[string][]string{}
	for n := range 2 {
		marks := criteria(b, n)
		said[b.total(marks)] = marks
	}
	codes := slices.Sorted(maps.Keys(said))
	for _, code := range codes {
		b.opens(code)
		if got := b.typed(); !slices.Equal(got, said[code]) {
			t.Errorf("%s shows %v while it is written, want %v", code, got, said[code])
		}
	}
	b.js("window.goOn = true")
	b.allReceived(h, "j001", codes...)
	checkMarks(t, h, said)
}

// TestAWorkThatCannotBeFetchedShowsTheMarksItWasGiven scores works that the device never had, and opens them again.
func TestAWorkThatCannotBeFetchedShowsTheMarksItWasGiven(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 12, Judges: 3})
	b := newBrowser(t, laptop)
	b.open(h.Address("j001"))
	b.until("the list", "document.querySelector('[data-go]')")
	b.offline(true)
	b.begin()
	said := map[string][]string{}
	for n := range 3 {
		marks := criteria(b, n)
		said[b.total(marks)] = marks
	}
	codes := slices.Sorted(maps.Keys(said))
	for _, code := range codes {
		b.opens(code)
		if got := b.typed(); !slices.Equal(got, said[code]) {
			t.Errorf("%s shows %v, want %v", code, got, said[code])
		}
	}
	b.offline(false)
	b.allReceived(h, "j001", codes...)
	checkMarks(t, h, said)
}

// checkMarks wants the totals of these marks at the contest.
func checkMarks(t *testing.T, h *roomtest.House, said map[string][]string) {
	t.Helper()
	for _, w := range listOf(t, h, "j001").Works {
		total := 0
		for _, m := range said[string(w.Code)] {
			n, err := strconv.Atoi(m)
			if err != nil {
				t.Fatal(err)
			}
			total += n
		}
		if w.Total != float64(total) {
			t.Errorf("%s has %v points, want %d", w.Code, w.Total, total)
		}
	}
}
