package room_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"

	"fayi/judging"
	"fayi/judging/room/roomtest"
	"fayi/judging/store"
)

// TestAnotherContestAtTheAddressTakesNothing has the room of another contest, with the same codes and judges, where the
// page's own was: it says so, what waits stays on the device, and goes on when the right room is there again.
func TestAnotherContestAtTheAddressTakesNothing(t *testing.T) {
	own, p := away(t, roomtest.Contest{Works: 6, Judges: 3})
	other := roomtest.NewContest(t, roomtest.Contest{Works: 6, Judges: 3})
	if err := other.Office.Close(); err != nil {
		t.Fatal(err)
	}
	b := newBrowser(t, laptop)
	b.open(own.Address("j001"))
	b.begin()
	first := b.total(criteria(b, 0))
	b.until("received", "document.querySelector('.link.open')")
	b.where()
	p.kill()
	second := b.total(criteria(b, 1))
	b.sees("已存在这台设备上")
	strange := newProgram(t, other.Dir, p.addr)
	b.until("told", "document.body.innerText.indexOf('另一个征集') >= 0")
	b.sees("这台设备上还有")
	b.shot("wrong_contest")
	b.toList()
	if n := b.signs("kept"); n == 0 {
		t.Error("nothing is said to wait on the device")
	}
	b.open(own.At + "/?again#" + own.Tokens["j001"]) // opened again, it still has what waits
	b.sees("这台设备上还有")
	for code, w := range kept(t, other, strange, "j001") {
		if w.State != judging.Open {
			t.Errorf("%s is %s in a contest that the judge never saw", code, w.State)
		}
	}
	p.start()
	b.until("all is sent", allSent+" && document.querySelector('.link.open')")
	got := kept(t, own, p, "j001")
	for _, code := range []string{first, second} {
		if got[code].State != judging.Scored {
			t.Errorf("%s is %s", code, got[code].State)
		}
	}
}

// disk is a store on a disk that can be full: what is written then is refused when it is to stay.
type disk struct {
	store.DB

	full    *atomic.Bool
	refused *atomic.Int64
}

func (d disk) Update(ctx context.Context, fn func(store.Tx) error) error {
	return d.DB.Update(ctx, func(tx store.Tx) error {
		if err := fn(tx); err != nil || !d.full.Load() {
			return err
		}
		d.refused.Add(1)
		return judging.Fail(judging.Unavailable, "store.disk_full", judging.Args{"File": "contest.db"}).
			Because(syscall.ENOSPC)
	})
}

// TestAFullDiskOfTheOfficeIsSaidAndLosesNothing fills the disk of the office's computer while a judge scores.
func TestAFullDiskOfTheOfficeIsSaidAndLosesNothing(t *testing.T) {
	var full atomic.Bool
	var refused atomic.Int64
	h := opened(t, roomtest.Contest{Works: 6, Judges: 3, Disk: func(db store.DB) store.DB {
		return disk{db, &full, &refused}
	}})
	b := newBrowser(t, laptop)
	b.open(h.Address("j001"))
	b.begin()
	first := b.total(criteria(b, 0))
	b.toList()
	b.until("received", allSent)
	b.begin()
	b.where()
	full.Store(true)
	second := b.total(criteria(b, 1))
	b.sees("评审电脑的磁盘满了")
	third := b.total(criteria(b, 2))
	b.toList()
	b.until("two works wait on the device", "document.querySelectorAll('.works .sign.kept').length === 2")
	b.shot("office_full")
	if value[bool](b, "document.body.innerText.indexOf('连不上评审电脑') >= 0") {
		t.Error("a full disk is told as a lost connection")
	}
	for _, w := range listOf(t, h, "j001").Works {
		if string(w.Code) != first && w.State != judging.Open {
			t.Errorf("%s is %s on a full disk", w.Code, w.State)
		}
	}
	b.open(h.At + "/?again#" + h.Tokens["j001"])
	b.until("two works wait after the page was opened again",
		"document.querySelectorAll('.works .sign.kept').length === 2")
	full.Store(false)
	b.allReceived(h, "j001", first, second, third)
	b.until("nothing is said any more", "document.body.innerText.indexOf('磁盘') < 0")
	if refused.Load() == 0 {
		t.Error("nothing was refused")
	}
}

// TestAPhoneThatSleptGoesOn freezes the page as a phone does that was put away, with a score that was not sent. Half an
// hour later by all clocks, the device's set wrong besides, the score is sent and the new list is there.
func TestAPhoneThatSleptGoesOn(t *testing.T) {
	var slept atomic.Int64
	now := func() time.Time { return time.Now().Add(time.Duration(slept.Load())) }
	h := opened(t, roomtest.Contest{Works: 12, Judges: 6, Now: now})
	b := newBrowser(t, phone)
	b.before(`(() => { const real = Date.now; let by = 0; Date.now = () => real() + by;
		window.jump = ms => { by += ms; }; window.ticks = 0; setInterval(() => { window.ticks++; }, 50); })()`)
	b.open(h.Address("j001"))
	in := listOf(t, h, "j001")
	b.begin()
	first, _ := b.where()
	b.typeTotal(in, first, 80)
	b.until("received", "document.querySelector('.saved .sign.received')")
	b.press("[data-next]")
	b.leaves(first)
	second, _ := b.where()
	b.offline(true)
	b.typeTotal(in, second, 70)
	b.until("kept", "document.querySelector('.saved .sign.kept')")
	b.until("the clock of the test", "window.ticks > 0")
	b.run(send(page.Enable, page.EnableParams{}), lifecycle(page.SetWebLifecycleStateStateFrozen))
	ticks := value[int](b, "window.ticks")
	taken := ""
	for _, w := range in.Works {
		if c := string(w.Code); c != first && c != second {
			taken = c
		}
	}
	takeAway(t, h, "j001", taken)
	slept.Store(int64(30 * time.Minute))
	b.js("jump(30 * 60e3 - 6e10)")
	time.Sleep(time.Second) // the page must not run meanwhile
	if more := value[int](b, "window.ticks") - ticks; more > 2 {
		t.Fatalf("the page is not frozen: it went on %d times", more)
	}
	b.run(lifecycle(page.SetWebLifecycleStateStateActive))
	b.offline(false)
	b.until("connected again", "document.querySelector('.link.open')")
	b.until("received", "document.querySelector('.saved .sign.received')")
	b.js("document.querySelector('.head button').click()") // it stays hidden here: no finger reaches it
	b.until("the list", "document.querySelector('.at-list .works')")
	b.until("the list of now", `!document.querySelector('[data-code="`+taken+`"]')`)
	for _, w := range listOf(t, h, "j001").Works {
		if (string(w.Code) == first || string(w.Code) == second) && w.State != judging.Scored {
			t.Errorf("%s is %s", w.Code, w.State)
		}
	}
	b.until("the page goes on", fmt.Sprintf("window.ticks > %d", ticks))
}

func lifecycle(state page.SetWebLifecycleStateState) step {
	return send(page.SetWebLifecycleState, page.SetWebLifecycleStateParams{State: state})
}
