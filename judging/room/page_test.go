package room_test

import (
	"net"
	"testing"

	"fayi/judging"
	"fayi/judging/room/roomtest"
)

// opened is a contest with its room on the network, in this process.
func opened(t *testing.T, c roomtest.Contest) *roomtest.House {
	t.Helper()
	addr := networkAddress(t)
	h := roomtest.NewContest(t, c)
	l, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	h.Open(t, l)
	return h
}

// listOf reads a judge's list at the contest itself.
func listOf(t *testing.T, h *roomtest.House, judge judging.JudgeID) judging.Duties {
	t.Helper()
	in, err := h.Office.Scoring().Desk(judge).Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestThePageScoresByTouch(t *testing.T) {
	for _, device := range []screen{phone, tablet} {
		if testing.Short() && device != phone {
			continue
		}
		t.Run(device.name, func(t *testing.T) {
			h := opened(t, roomtest.Contest{Works: 20, Judges: 3, Media: true, PIN: "2048"})
			b := newBrowser(t, device)
			b.open(h.Address("j001"))
			b.sees("评委A 的评分")
			b.shot("list")
			said := scoreByTouch(b, listOf(t, h, "j001"))
			b.shot("review")
			handIn(b, "2048")
			in := listOf(t, h, "j001")
			if !in.Submitted {
				t.Error("the list is not handed in")
			}
			checkAll(t, in, said)
		})
	}
}

// TestAQuickDigitIsNotReplaced presses the first digit before the pad was drawn, and the second some frames later.
func TestAQuickDigitIsNotReplaced(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 3, Judges: 3, Media: true})
	b := newBrowser(t, phone)
	b.open(h.Address("j001"))
	b.press("[data-go]")
	code, _ := b.where()
	name := quote(rubricOf(b, listOf(t, h, "j001"), code).Criteria[0].Name)
	b.js(`new Promise(done => {
		const digit = d => Array.from(document.querySelectorAll('.pad .keys button'))
			.filter(e => e.innerText.trim() === d)[0].click();
		const seen = new MutationObserver(() => {
			if (!document.querySelector('.pad')) return;
			seen.disconnect();
			digit('2');
			setTimeout(() => { digit('5'); done(); }, 500);
		});
		seen.observe(document.body, {childList: true, subtree: true});
		const mark = document.querySelector('[data-mark=' + JSON.stringify(` + name + `) + ']');
		mark.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true, pointerType: 'touch'}));
		mark.click();
	})`)
	b.until("both digits", `document.querySelector('.pad-value').innerText.indexOf('25') === 0`)
}

func TestThePageScoresByKeys(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 20, Judges: 3, Media: true})
	b := newBrowser(t, laptop)
	b.open(h.Address("j001"))
	b.sees("评委A 的评分")
	b.shot("list")
	said := scoreByKeys(b, listOf(t, h, "j001"))
	handIn(b, "")
	in := listOf(t, h, "j001")
	if !in.Submitted {
		t.Error("the list is not handed in")
	}
	checkAll(t, in, said)
}

// mark is what judges of tests give for criterion k of work i: no two works the same.
func mark(most float64, i, k int) int { return int(most)/2 + (i+k)%(int(most)/2) }

// checkAll wants every work scored as the judge did.
func checkAll(t *testing.T, in judging.Duties, said given) {
	t.Helper()
	for _, w := range in.Works {
		if w.State != judging.Scored || w.Total != said[string(w.Code)] {
			t.Errorf("%s is %s with %v, want %v", w.Code, w.State, w.Total, said[string(w.Code)])
		}
	}
	if len(in.Works) != 20 || len(said) != 20 {
		t.Errorf("%d works, %d were scored", len(in.Works), len(said))
	}
}

func handIn(b *browser, pin string) {
	b.t.Helper()
	b.until("the review", "document.querySelector('.at-review')")
	b.until("hand in", "document.querySelector('[data-submit]')")
	b.press("[data-submit]")
	b.press(".dialog .tick")
	if pin != "" {
		b.press("[data-secret]")
		b.keys("1")
		b.press("[data-hand-in]")
		b.sees("个人密码")
		b.until("a refusal", "document.querySelector('.dialog .fault')")
		b.js("document.querySelector('[data-secret]').select()")
		for _, d := range pin {
			b.keys(string(d))
		}
	}
	b.shot("hand_in")
	b.untilHandedIn()
}

// untilHandedIn presses again while a wrong one has to wait.
func (b *browser) untilHandedIn() {
	b.t.Helper()
	const ended = "!document.querySelector('.dialog')"
	for range 8 {
		b.press("[data-hand-in]")
		b.until("an answer", ended+" || document.querySelector('[data-hand-in]:not([disabled])')")
		if value[bool](b, `new Promise(r => setTimeout(() => r(`+ended+`), 700))`) {
			break
		}
	}
	b.sees("评分已提交")
}
