package room_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"fayi/judging"
	"fayi/judging/room/roomtest"
)

// TestJudgesChooseTheirNamesInThePage comes in by name on one device, is refused on a second one until it is released,
// and gives the device to another judge.
func TestJudgesChooseTheirNamesInThePage(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 6, Judges: 3, Names: true, PIN: "2048"})
	if _, err := h.Office.Secrets().SetPIN(t.Context(), "j002", "3141"); err != nil {
		t.Fatal(err)
	}
	b := newBrowser(t, phone)
	b.open(h.At)
	b.sees("请选您的姓名")
	b.shot("names")
	b.press(`[data-name="评委A"]`)
	b.typePIN("9999")
	b.sees("不对，请再核对一遍")
	b.typePIN("2048")
	b.until("a wait is told, or in", `document.querySelector('.fault, .works')`)
	b.enters("2048")
	b.sees("评委A 的评分")
	b.open(h.At) // the device knows who it belongs to
	b.sees("评委A 的评分")

	other := newBrowser(t, laptop)
	other.open(h.At)
	other.press(`[data-name="评委A"]`)
	other.typePIN("2048")
	other.sees("您的评分已在另一台设备上打开")
	b.sees("另一台设备（Linux 电脑）想以您的身份打开评分，没有放行")
	b.shot("knock")
	b.press("[data-heard]")
	b.until("it is gone", `document.body.innerText.indexOf('没有放行') < 0`)
	if err := h.Office.Passes().ReleaseDevice(t.Context(), "j001"); err != nil {
		t.Fatal(err)
	}
	other.enters("2048")
	other.sees("评委A 的评分")
	b.sees("您的评分已在另一台设备上打开")
	if value[bool](other, "!!document.querySelector('[data-heard]')") {
		t.Error("the judge's own former device is taken for a stranger's")
	}

	other.begin()
	code := other.total(criteria(other, 1))
	other.toList()
	other.until("received", allSent)
	other.pressWords("显示和帮助")
	other.press("[data-leave]")
	other.until("the names", "document.body && document.querySelector('.names')")
	other.press(`[data-name="评委B"]`)
	other.typePIN("3141")
	other.sees("评委B 的评分")
	for _, w := range listOf(t, h, "j001").Works {
		if string(w.Code) == code && w.State != judging.Scored {
			t.Errorf("%s is %s", code, w.State)
		}
	}
}

// typePIN types a PIN in place of what stands there, and enters.
func (b *browser) typePIN(pin string) {
	b.t.Helper()
	b.until("nothing is being checked", "document.querySelector('[data-enter]:not([disabled]), .works')")
	if value[bool](b, "!!document.querySelector('.works')") {
		return // a try before was right
	}
	b.js("document.querySelector('[data-pin]').focus(); document.querySelector('[data-pin]').select()")
	for _, d := range pin {
		b.keys(string(d))
	}
	b.keys(kb.Enter)
}

// enters types the PIN again while a wrong one has to wait.
func (b *browser) enters(pin string) {
	b.t.Helper()
	for range 8 {
		if value[bool](b, `new Promise(r => setTimeout(() => r(!!document.querySelector('.works')), 1200))`) {
			return
		}
		b.typePIN(pin)
	}
}
